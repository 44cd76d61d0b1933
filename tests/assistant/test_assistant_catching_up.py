"""A meeting that was booked, moved or called off while there was no chat is told of once, when there is one."""

from __future__ import annotations

from afsaet.assistant.unasked import announcing
from afsaet.store import outbox
from tests.assistant.desk import add, cancel, local, move, notices, seen

TUESDAY, WEDNESDAY = "2026-03-24 10:00", "2026-03-25 10:00"
ADDED = "Du har fået en aftale med kommunen tirsdag den 24. marts kl. 10.00. Skriv /moede for at se mere."
MOVED = "Din aftale med kommunen er flyttet til onsdag den 25. marts kl. 10.00. Skriv /moede for at se mere."
OFF = "Din aftale med kommunen tirsdag den 24. marts kl. 10.00 er aflyst. Skriv /moede for at se mere."


def talk(world, citizen, at=TUESDAY):
    return add(world, citizen, at, "samtale").kept.meeting.id


def told(*phones):
    for phone in phones:
        phone.reads()
    return notices([bubble.text for phone in phones for bubble in phone.screen])


def states(world, citizen):
    return [(each.sort, each.state) for meeting in seen(world, citizen) for each in meeting.notices]


def test_one_who_says_yes_hears_of_the_meetings_to_come_before_the_welcome(world):
    citizen = world.citizen()
    late, early = talk(world, citizen, WEDNESDAY), talk(world, citizen)
    cancel(world, talk(world, citizen, "2026-03-26 10:00"))
    phone = world.joins(citizen)
    agreed, first, second, welcome = phone.screen
    assert "Tak, og velkommen" in agreed.text
    assert first.text == ADDED and "onsdag den 25. marts" in second.text
    assert [button.action for button in first.buttons.values()] == [f"m.moede.{early}", f"m.moede.calendar.{early}"]
    assert [button.action for button in second.buttons.values()] == [f"m.moede.{late}", f"m.moede.calendar.{late}"]
    assert "Begynd" in welcome.buttons
    phone.taps("Begynd")
    assert "Hvad vil du gerne arbejde med" in phone.last.text
    assert states(world, citizen) == [("added", "sent")] * 2


def test_also_in_the_evening_since_they_are_there_just_now(world):
    citizen = world.citizen()
    talk(world, citizen, "2026-03-04 07:00")
    world.clock.now = local("2026-03-03 22:00")
    assert len(told(world.joins(citizen))) == 1


def test_a_meeting_that_has_begun_is_not_told_of(world):
    citizen = world.citizen()
    talk(world, citizen, "2026-03-03 13:00")
    world.clock.now = local("2026-03-03 13:00")
    assert told(world.joins(citizen)) == []


def test_what_was_told_is_not_told_again_in_another_chat(world):
    citizen = world.citizen()
    talk(world, citizen)
    old = world.joins(citizen)
    new = world.joins(citizen)
    world.joins(citizen, old)
    assert told(old, new) == [ADDED]
    assert states(world, citizen) == [("added", "sent")]


def test_it_is_in_the_citizen_s_language(world):
    citizen, phone = world.joined()
    phone.says("/sprog")
    phone.taps("English")
    talk(world, citizen)
    lost(world, citizen, phone)
    phone.unblocks()
    assert "24 March" in phone.last.text


def lost(world, citizen, phone):
    """What waits for the phone can never be delivered, since it has shut the assistant out."""
    [row] = phone.waiting()
    with world.database.write() as tx:
        outbox.give_up(tx, row.id, world.clock(), whole_chat=True, why="blocked")
    phone.blocks()


def test_what_could_not_be_delivered_is_told_on_the_next_phone(world):
    citizen, old = world.joined()
    talk(world, citizen)
    lost(world, citizen, old)
    assert states(world, citizen) == [("added", "failed")]
    new = world.joins(citizen)
    assert told(old, new) == [ADDED]
    assert states(world, citizen) == [("added", "sent")]


def test_and_on_the_same_phone_once_the_assistant_is_let_in_again(world):
    for back in ("unblocks", "says"):
        citizen, phone = world.joined()
        talk(world, citizen)
        lost(world, citizen, phone)
        phone.unblocks() if back == "unblocks" else phone.says("/menu")
        phone.says("/menu")
        assert told(phone) == [ADDED]


def test_one_who_had_deleted_it_all_is_told_what_has_changed_meanwhile(world):
    citizen, phone = world.joined()
    moved, off, same = talk(world, citizen), talk(world, citizen), talk(world, citizen, "2026-03-26 10:00")
    phone.reads()
    phone.says("/slet")
    phone.taps("Ja, slet alle mine svar")
    assert move(world, moved, WEDNESDAY).untold == announcing.NOT_YET
    assert cancel(world, off).untold == announcing.NO_CHAT
    before = len(told(phone))
    new = world.joins(citizen, name="Kirsten Lund")
    assert told(new) == [OFF, MOVED]
    assert len(told(phone)) == before
    assert same not in str([bubble.buttons for bubble in new.screen])


def test_what_waits_for_the_morning_in_a_chat_they_have_left_is_told_in_the_new_one(world):
    citizen, old = world.joined()
    which = talk(world, citizen)
    told(old)
    world.clock.now = local("2026-03-03 21:00")
    move(world, which, room="3")
    cancel(world, talk(world, citizen, WEDNESDAY))
    new = world.joins(citizen)
    world.clock.now = local("2026-03-04 09:00")
    assert told(old) == [ADDED]
    assert told(new) == ["Der er nyt om din aftale med kommunen tirsdag den 24. marts kl. 10.00. "
                         "Skriv /moede for at se mere."]


def test_a_cancellation_that_waits_is_told_in_the_new_chat_too(world):
    citizen, old = world.joined()
    which = talk(world, citizen)
    told(old)
    world.clock.now = local("2026-03-03 21:00")
    cancel(world, which)
    new = world.joins(citizen)
    world.clock.now = local("2026-03-04 09:00")
    assert (told(old), told(new)) == ([ADDED], [OFF])


def test_a_change_after_that_is_told_as_a_change(world):
    citizen = world.citizen()
    which = talk(world, citizen)
    phone = world.joins(citizen)
    move(world, which, WEDNESDAY)
    assert told(phone) == [ADDED, MOVED]
