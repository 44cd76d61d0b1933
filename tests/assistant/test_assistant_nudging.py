"""A kind word to one who has left their plan half-way: at most twice a pause, within the ration, and easy to be rid of."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta

import pytest

from afsaet.assistant.unasked import nudging, own_list
from afsaet.assistant.unasked.firing import fire
from afsaet.meetings.wording import faults
from afsaet.municipality import Municipality
from afsaet.municipality.tables import Ration, Reminders
from afsaet.store import own_tasks, timers
from tests.assistant.diary import Diary
from tests.assistant.world import World, recorded

WORD = "Du har noget liggende hos mig."
TODAY = "Du har noget på din liste i dag."


@pytest.fixture
def diary(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    diary = Diary(world, citizen)
    diary.phone = phone
    return diary


def days(diary, count):
    """So many days pass, with a look and a firing now and then; what the citizen gets, with the local time."""
    zone, seen, got = diary.world.municipality.zone, len(diary.phone.screen), []
    today = diary.world.clock().astimezone(zone).replace(minute=0)
    looks = [(today + timedelta(days=day)).replace(hour=hour) for day in range(count + 1) for hour in (8, 10, 12, 21)]
    for look in looks:
        if look <= diary.world.clock():
            continue
        diary.world.clock.now = look.astimezone(UTC)
        nudging.look(diary.world.assistant())
        fire(diary.world.assistant())
        diary.phone.reads()
        new, seen = diary.phone.screen[seen:], len(diary.phone.screen)
        got += [(diary.world.clock().astimezone(zone).strftime("%a %d %H:%M"), bubble) for bubble in new]
    return got


def times(got):
    return [when for when, _bubble in got]


def test_two_words_a_week_apart_and_then_silence(diary):
    """The citizen was there last on Tuesday the 3rd of March at noon."""
    got = days(diary, 60)
    assert times(got) == ["Wed 11 10:00", "Wed 18 10:00"]
    for _when, bubble in got:
        assert bubble.text.startswith(WORD) and faults(bubble.text) == []
        assert list(bubble.buttons) == ["Fortsæt", "Ikke flere påmindelser"]


def test_one_tap_goes_on(diary):
    days(diary, 9)
    diary.phone.taps("Fortsæt")
    assert "Hvad vil du helst hen imod" in diary.phone.last.text


def test_one_tap_ends_them_even_when_the_button_is_old(diary):
    days(diary, 9)
    word = diary.phone.last
    diary.phone.taps("Fortsæt", word)
    diary.phone.taps("Ikke flere påmindelser", word)
    assert "slået fra" in diary.phone.last.text
    assert days(diary, 30) == []


def test_a_new_pause_may_have_two_more(diary):
    days(diary, 9)
    diary.phone.taps("Fortsæt")
    assert times(days(diary, 40)) == ["Fri 20 10:00", "Fri 27 10:00"]


def test_one_who_comes_back_just_before_hears_nothing(diary):
    days(diary, 7)
    assert [timer.state for timer in diary.timers()] == ["planned"]
    diary.phone.says("/fortsaet")
    assert days(diary, 2) == []
    assert [timer.why for timer in diary.timers()] == ["returned"]


def test_nobody_is_nudged_who_has_sent(world):
    citizen, phone = world.joined()
    phone.plays(recorded())
    diary = Diary(world, citizen)
    diary.phone = phone
    assert world.tasks(citizen) == ["plan_sent"]
    assert days(diary, 20) == []


def test_nobody_is_nudged_who_has_not_begun(world):
    citizen, phone = world.joined()
    diary = Diary(world, citizen)
    diary.phone = phone
    assert days(diary, 20) == []


def test_after_a_crisis_everything_is_as_after_any_pause(world):
    """Two who leave at the same moment: one with words of despair, one with others."""
    kept = []
    for words in ("Jeg vil ikke leve mere", "Jeg vil holde en pause"):
        citizen, phone = world.joined()
        phone.plays(["Begynd", words, "/pause"])
        diary = Diary(world, citizen)
        diary.phone = phone
        kept.append(diary)
    got = times(days(kept[0], 30))
    kept[1].phone.reads()
    assert len(got) == 2
    rows = [[(t.sort, t.subject, t.offset, t.version, t.due_at, t.state, t.why) for t in each.timers()] for each in kept]
    assert rows[0] == rows[1] and len(rows[0]) == 2
    words = [[bubble.text for bubble in each.phone.screen if WORD in bubble.text] for each in kept]
    assert words[0] == words[1] and len(words[0]) == 2


def test_a_turn_writes_no_timer(diary):
    before = diary.world.counts()["timers"]
    diary.phone.says("Ved ikke endnu")
    assert diary.world.counts()["timers"] == before == 0


def test_looking_again_and_again_plans_once(diary):
    diary.world.clock.passes(days=7)
    for _time in range(3):
        nudging.look(diary.world.assistant())
    assert len(diary.timers()) == 1


def test_more_than_one_batch_of_people_are_found(world, monkeypatch):
    monkeypatch.setattr(nudging, "BATCH", 2)
    for _number in range(5):
        world.joined()
        world.clock.passes(minutes=1)
    world.clock.passes(days=7)
    nudging.look(world.assistant())
    assert world.counts()["timers"] == 5


# The citizen's own list


def task(diary, day, text="Ring til banken"):
    with diary.world.database.write() as tx:
        tx.lock(diary.citizen)
        added = own_tasks.add(tx, diary.citizen, text, day, diary.world.clock())
        own_list.plan(tx, diary.world.municipality, diary.citizen, added, diary.world.clock())
    return added


def change(diary, changed):
    with diary.world.database.write() as tx:
        tx.lock(diary.citizen)
        own_tasks.change(tx, diary.citizen, changed)
        own_list.plan(tx, diary.world.municipality, diary.citizen, changed, diary.world.clock())


def march(day):
    return date(2026, 3, day)


def test_on_its_day_the_citizen_hears_that_there_is_something_and_not_what(diary):
    task(diary, march(5))
    [(when, bubble)] = days(diary, 5)
    assert when == "Thu 05 10:00"
    assert bubble.text.startswith(TODAY) and "banken" not in bubble.text
    assert list(bubble.buttons) == ["Se mere", "Ikke flere påmindelser"]


def test_two_things_on_one_day_are_told_of_once(diary):
    task(diary, march(5))
    task(diary, march(5), "Køb mælk")
    assert times(days(diary, 5)) == ["Thu 05 10:00"]


def test_what_is_moved_done_or_gone_is_not_told_of_on_its_old_day(diary):
    moved, done, gone = (task(diary, march(day)) for day in (4, 5, 6))
    change(diary, replace(moved, on=march(9)))
    change(diary, replace(done, done=True))
    with diary.world.database.write() as tx:
        own_tasks.remove(tx, diary.citizen, gone.id)
        own_list.drop(tx, diary.citizen, gone.id, diary.world.clock())
    assert times(days(diary, 6)) == ["Mon 09 10:00"]


def test_of_what_should_have_come_by_now_nothing_is_planned(diary):
    """It is Tuesday noon."""
    for day in (march(1), march(3)):
        task(diary, day)
    assert diary.timers() == []


@pytest.mark.parametrize(("day", "says"), [(7, "i morgen"), (8, "i overmorgen")])
def test_what_falls_in_a_weekend_is_told_of_on_friday_and_for_which_day(diary, day, says):
    task(diary, march(day))
    [(when, bubble)] = days(diary, 7)
    assert when == "Fri 06 10:00"
    assert bubble.text.startswith(f"Du har noget på din liste {says}.") and faults(bubble.text) == []


def test_where_weekends_are_days_like_others_it_is_told_of_on_its_day(database):
    world = World(database, municipality=Municipality(weekends=True))
    citizen, phone = world.joined()
    diary = Diary(world, citizen)
    diary.phone = phone
    task(diary, march(7))
    assert times(days(diary, 7)) == ["Sat 07 10:00"]


def test_on_friday_afternoon_it_is_too_late_for_the_weekend(diary):
    diary.at("2026-03-06 15:00")
    task(diary, march(7))
    assert diary.timers() == []


@pytest.mark.parametrize("order", [(6, 7, 8), (8, 7, 6)])
def test_one_word_on_friday_for_that_day_and_the_weekend(database, order):
    world = World(database, municipality=Municipality(ration=Ration(per_day=3)))
    citizen, phone = world.joined()
    diary = Diary(world, citizen)
    diary.phone = phone
    for day in order:
        task(diary, march(day))
    [(when, bubble)] = days(diary, 7)
    assert (when, bubble.text.startswith(TODAY)) == ("Fri 06 10:00", True)


def test_a_time_in_the_quiet_hours_does_not_move_it_beyond_its_day(database):
    world = World(database, municipality=Municipality(reminders=Reminders(at=time(21))))
    citizen, phone = world.joined()
    diary = Diary(world, citizen)
    diary.phone = phone
    task(diary, march(5))
    task(diary, march(8))
    assert times(days(diary, 7)) == ["Thu 05 08:00", "Fri 06 08:00"]


def test_one_a_day_and_three_a_week_with_everything_counted_together(diary):
    for day in (4, 5, 6, 9, 10, 11, 12, 13):
        task(diary, march(day))
    got = times(days(diary, 11))
    assert got == ["Wed 04 10:00", "Thu 05 10:00", "Fri 06 10:00", "Wed 11 10:00", "Thu 12 10:00", "Fri 13 10:00"]
    assert {timer.why for timer in diary.timers() if timer.state == "dropped" and timer.sort == "own_task"} == {"ration"}


def test_reminders_of_meetings_are_outside_the_ration(diary):
    for day in (4, 5, 6):
        task(diary, march(day))
    diary.add("2026-03-06 13:00")
    assert times(days(diary, 4)) == ["Wed 04 10:00", "Thu 05 10:00", "Thu 05 10:00", "Fri 06 10:00"]


def test_one_who_wants_none_gets_none(diary):
    task(diary, march(5))
    diary.prefers(reminders=False)
    assert days(diary, 5) == []
    assert [timer.why for timer in diary.timers()] == ["unwanted"]


# What the citizen chooses


def test_the_page_narrows_the_reminders_down_at_once(diary):
    meeting = diary.add("2026-03-20 13:00", kind="rehabiliteringsmoede")
    diary.phone.says("/paamindelser")
    assert list(diary.phone.last.buttons) == ["3 dage før", "2 dage før", "1 dag før", "Slå fra", "Fortsæt", "Menu"]
    for label in ("3 dage før", "1 dag før"):
        diary.phone.taps(label)
    assert [button.label for button in diary.phone.last.buttons.values()][:3] == [
        "☐ 3 dage før", "☑ 2 dage før", "☐ 1 dag før"]
    assert list(diary.planned(meeting)) == [2]
    none = "så jeg minder dig ikke om møder"
    assert none not in diary.phone.last.text
    diary.phone.taps("2 dage før")
    assert diary.planned(meeting) == {}
    assert none in diary.phone.last.text
    diary.phone.taps("3 dage før")
    assert list(diary.planned(meeting)) == [3]
    assert none not in diary.phone.last.text
    diary.phone.taps("Slå fra")
    assert diary.planned(meeting) == {}
    diary.phone.taps("Slå til")
    assert list(diary.planned(meeting)) == [3]
    with diary.world.database.read() as tx:
        assert timers.due(tx, diary.world.clock(), 10) == []
