"""An added, moved or cancelled meeting is told once, neutrally, in waking hours, and as it is at last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from afsaet.assistant.unasked import announcing
from afsaet.assistant.unasked.firing import look_again
from afsaet.store import outbox
from tests.assistant.desk import add, cancel, local, move, notices, seen

TUESDAY = "2026-12-01 10:00"
COME = "Kom kl. 09.45. Skriv /moede for at se mere."
ADDED = f"Du har fået en aftale med kommunen tirsdag den 1. december 2026 kl. 10.00. {COME}"


@pytest.fixture
def joined(world):
    return world.joined()


def evening(world):
    world.clock.now = local("2026-03-03 21:00")


def morning(world, phone):
    """Nothing arrives before eight o'clock; returned is what does then."""
    seen_before = len(phone.screen)
    world.clock.now = local("2026-03-04 07:59")
    phone.reads()
    assert len(phone.screen) == seen_before
    world.clock.now = local("2026-03-04 08:00")
    phone.reads()
    return [bubble.text for bubble in phone.screen[seen_before:]]


def told(phone):
    phone.reads()
    return notices([bubble.text for bubble in phone.screen])


def test_each_change_is_told_once_with_a_button_to_the_meeting(world, joined):
    citizen, phone = joined
    which = add(world, citizen, TUESDAY, place="Jobcentret", people="Team 3").kept.meeting.id
    assert told(phone) == [ADDED]
    assert [button.action for button in phone.last.buttons.values()] == [
        f"m.moede.{which}", f"m.moede.calendar.{which}"]
    move(world, which, "2026-12-02 10:00")
    move(world, which, "2026-12-02 10:00")
    assert told(phone)[1:] == [f"Din aftale med kommunen er flyttet til onsdag den 2. december 2026 kl. 10.00. {COME}"]
    move(world, which, room="3")
    assert told(phone)[2:] == [f"Der er nyt om din aftale med kommunen onsdag den 2. december 2026 kl. 10.00. {COME}"]
    cancel(world, which)
    cancel(world, which)
    assert told(phone)[3:] == ["Din aftale med kommunen onsdag den 2. december 2026 kl. 10.00 er aflyst. "
                               "Skriv /moede for at se mere."]
    move(world, which, TUESDAY)
    assert told(phone)[4:] == [ADDED]


def test_a_notice_is_not_an_answer_and_does_not_take_the_question_s_place(world, joined):
    citizen, phone = joined
    phone.taps("Begynd")
    question = phone.last
    add(world, citizen, TUESDAY)
    [row] = phone.waiting()
    assert (row.reply, row.payload["ask"], "live" in row.payload) == (False, 0, False)
    phone.reads()
    phone.taps("Spring over", question)
    assert world.answers(citizen)["maal_droem"]


def test_what_is_written_below_a_notice_is_no_answer_to_a_question_left_long_ago(world, joined):
    citizen, phone = joined
    phone.taps("Begynd")
    world.clock.passes(hours=2)
    add(world, citizen, TUESDAY)
    phone.reads()
    phone.says("Tak for det")
    assert world.answers(citizen) == {}
    phone.says("/fortsaet")
    which = add(world, citizen, "2026-12-08 10:00", "samtale").kept.meeting.id
    move(world, which, "2026-12-09 10:00")
    phone.says("Noget med dyr")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]


def test_it_is_told_in_the_citizen_s_language(world, joined):
    citizen, phone = joined
    phone.says("/sprog")
    phone.taps("English")
    add(world, citizen, TUESDAY)
    phone.reads()
    assert "aftale" not in phone.last.text
    assert "December" in phone.last.text


def test_at_night_it_waits_for_the_morning(world, joined):
    citizen, phone = joined
    evening(world)
    assert add(world, citizen, TUESDAY).told_at == local("2026-03-04 08:00")
    assert morning(world, phone) == [ADDED]


def test_added_and_moved_before_the_morning_is_told_once_as_it_is_at_last(world, joined):
    citizen, phone = joined
    evening(world)
    which = add(world, citizen, "2026-12-08 10:00").kept.meeting.id
    move(world, which, "2026-12-09 10:00")
    move(world, which, TUESDAY)
    assert morning(world, phone) == [ADDED]


def test_added_and_called_off_before_the_morning_is_not_told_at_all(world, joined):
    citizen, phone = joined
    evening(world)
    which = add(world, citizen, TUESDAY).kept.meeting.id
    assert cancel(world, which).untold == announcing.UNKNOWN
    assert morning(world, phone) == []


def test_moved_called_off_and_moved_again_in_one_evening_is_one_move(world, joined):
    citizen, phone = joined
    which = add(world, citizen, "2026-12-08 10:00").kept.meeting.id
    phone.reads()
    evening(world)
    move(world, which, "2026-12-09 10:00")
    cancel(world, which)
    move(world, which, TUESDAY)
    assert morning(world, phone) == [
        f"Din aftale med kommunen er flyttet til tirsdag den 1. december 2026 kl. 10.00. {COME}"]


def test_a_meeting_moved_back_to_what_was_told_is_not_said_to_be_moved(world, joined):
    citizen, phone = joined
    which = add(world, citizen, TUESDAY).kept.meeting.id
    phone.reads()
    evening(world)
    move(world, which, "2026-12-09 10:00")
    move(world, which, TUESDAY)
    [text] = morning(world, phone)
    assert text.startswith("Der er nyt om din aftale med kommunen tirsdag den 1. december")


def test_what_may_be_on_its_way_is_not_taken_back(world, joined):
    """Else a meeting could be called off that the citizen believes in."""
    citizen, phone = joined
    which = add(world, citizen, TUESDAY).kept.meeting.id
    cancel(world, which)
    added, off = told(phone)
    assert (added, off.split(". S")[0][-9:]) == (ADDED, "er aflyst")


def test_what_failed_once_and_waits_is_not_taken_back(world, joined):
    citizen, phone = joined
    which = add(world, citizen, TUESDAY).kept.meeting.id
    [row] = phone.waiting()
    with world.database.write() as tx:
        outbox.postpone(tx, row.id, world.clock() + timedelta(hours=1), error="timeout")
    cancel(world, which)
    world.clock.passes(hours=2)
    assert len(told(phone)) == 2


def test_shortly_before_a_move_breaks_the_quiet_hours_and_a_new_meeting_does_not(world, joined):
    citizen, _phone = joined
    which = add(world, citizen, "2026-03-04 07:00").kept.meeting.id
    evening(world)
    assert move(world, which, "2026-03-04 07:30").told_at == world.clock()
    late = add(world, citizen, "2026-03-04 07:00", "samtale")
    assert (late.told_at, late.untold) == (None, announcing.TOO_LATE)
    assert cancel(world, which).told_at == world.clock()


def test_a_meeting_that_is_over_is_called_off_without_a_word(world, joined):
    citizen, phone = joined
    which = add(world, citizen, "2026-03-04 10:00").kept.meeting.id
    phone.reads()
    world.clock.now = local("2026-03-04 12:00")
    assert cancel(world, which).told_at is None
    assert len(told(phone)) == 1


def test_a_cancellation_names_the_time_that_was_told_and_not_one_it_was_moved_to_since(world, joined):
    """Else they would set out for the one they know."""
    citizen, phone = joined
    which = add(world, citizen, TUESDAY).kept.meeting.id
    phone.reads()
    evening(world)
    move(world, which, "2026-12-09 10:00")
    cancel(world, which)
    assert morning(world, phone) == [
        "Din aftale med kommunen tirsdag den 1. december 2026 kl. 10.00 er aflyst. Skriv /moede for at se mere."]


def test_a_second_move_is_told_in_time_before_the_meeting_that_was_told(world, joined):
    """On Sunday it waits for the night before Monday's meeting; another move that day does not make it wait longer."""
    citizen, phone = joined
    which = add(world, citizen, "2026-03-09 09:00").kept.meeting.id
    phone.reads()
    world.clock.now = local("2026-03-08 10:00")
    assert move(world, which, "2026-03-18 10:00").told_at == local("2026-03-08 21:00")
    world.clock.passes(hours=2)
    assert move(world, which, "2026-03-19 10:00").told_at == local("2026-03-08 21:00")


def test_one_who_has_no_chat_is_told_nothing_yet(world):
    citizen = world.citizen()
    booked = add(world, citizen, TUESDAY)
    assert (booked.told_at, booked.untold, seen(world, citizen)[0].notices) == (None, announcing.NOT_YET, [])
    assert cancel(world, booked.kept.meeting.id).untold == announcing.NO_CHAT


def test_the_caseworker_sees_what_became_of_each_notice(world, joined):
    citizen, phone = joined
    which = add(world, citizen, TUESDAY).kept.meeting.id
    phone.reads()
    evening(world)
    move(world, which, "2026-12-02 10:00")
    cancel(world, which)
    [meeting] = seen(world, citizen)
    assert [(each.sort, each.version, each.state) for each in meeting.notices] == [
        ("added", 0, "sent"), ("moved", 1, "dropped"), ("cancelled", 2, "planned")]
    assert meeting.notices[2].at == local("2026-03-04 08:00")


def test_what_telegram_could_not_be_given_is_not_told_of_a_meeting_that_has_begun(world, joined):
    citizen, phone = joined
    which = add(world, citizen, "2026-03-05 10:00").kept.meeting.id
    world.clock.now = local("2026-03-05 09:59")
    look_again(world.assistant())
    assert len(phone.waiting()) == 1
    world.clock.now = local("2026-03-05 10:00")
    look_again(world.assistant())
    assert phone.waiting() == []
    [notice] = seen(world, citizen)[0].notices
    assert (notice.sort, notice.state, notice.why) == ("added", "failed", "too_late")
    move(world, which, "2026-03-12 10:00")
    [text] = told(phone)
    assert "torsdag den 12. marts" in text


def test_a_new_meeting_that_could_not_be_told_by_day_is_not_told_at_night(world, joined):
    citizen, phone = joined
    add(world, citizen, TUESDAY)
    world.clock.now = local("2026-03-03 23:00")
    look_again(world.assistant())
    assert morning(world, phone) == [ADDED]
