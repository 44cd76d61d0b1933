"""Which reminders a meeting has, and that none of them comes wrongly, late or in a heap."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.meetings.decision import Drop, Send, Wait
from afsaet.meetings.kinds import KINDS, Kind
from afsaet.meetings.meeting import Meeting, cancelled, changed
from afsaet.meetings.reminders import Rules, decide, left_out, offered, plan
from tests.meetings.making import COPENHAGEN, RULES, WALLS, WEEKENDS_TOO, at, meeting, shown, wall

LONG_AGO = at("2026-01-01 00:00")
KINDS_OF_MEETING = st.sampled_from(sorted(KINDS))


def planned(when: str, rules: Rules = RULES, **values: object) -> dict[int, str]:
    """When each reminder goes out, by its offset."""
    found = plan(meeting(when, **values), rules, LONG_AGO)
    return {each.offset: shown(each.at) for each in found}


def test_two_reminders_three_days_and_one_day_before() -> None:
    assert planned("2026-12-04 10:00") == {3: "Tue 2026-12-01 10:00 +0100", 1: "Thu 2026-12-03 10:00 +0100"}


def test_the_large_meeting_has_a_question_two_days_before() -> None:
    found = plan(meeting("2026-12-04 10:00", kind="rehabiliteringsmoede"), RULES, LONG_AGO)
    assert [(each.offset, each.sort) for each in found] == [(3, "reminder"), (2, "ready"), (1, "reminder")]


def test_the_question_takes_the_place_of_a_reminder_on_the_same_day() -> None:
    both = replace(RULES, before=(2, 1))
    assert offered(meeting(kind="rehabiliteringsmoede"), both) == ((2, "ready"), (1, "reminder"))
    assert offered(meeting(kind="samtale"), both) == ((2, "reminder"), (1, "reminder"))


def test_the_first_reminder_that_is_left_asks_whether_the_citizen_comes() -> None:
    friday = meeting("2026-12-04 10:00")
    assert [each.confirm for each in plan(friday, RULES, LONG_AGO)] == [True, False]
    assert [each.confirm for each in plan(friday, RULES, at("2026-12-02 09:00"))] == [True]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        # The days the clocks are changed, with weekends as ordinary days: always at ten on the wall.
        ("2027-03-29 09:00", {3: "Fri 2027-03-26 10:00 +0100", 1: "Sun 2027-03-28 10:00 +0200"}),
        ("2027-11-01 09:00", {3: "Fri 2027-10-29 10:00 +0200", 1: "Sun 2027-10-31 10:00 +0100"}),
        # Leap day and New Year.
        ("2028-03-01 09:00", {3: "Sun 2028-02-27 10:00 +0100", 1: "Tue 2028-02-29 10:00 +0100"}),
        ("2028-02-29 09:00", {3: "Sat 2028-02-26 10:00 +0100", 1: "Mon 2028-02-28 10:00 +0100"}),
        ("2027-01-02 09:00", {3: "Wed 2026-12-30 10:00 +0100", 1: "Fri 2027-01-01 10:00 +0100"}),
    ],
)
def test_days_before_are_days_of_the_calendar(when: str, expected: dict[int, str]) -> None:
    assert planned(when, WEEKENDS_TOO) == expected


def test_a_reminder_at_an_hour_that_is_skipped_comes_an_hour_later_on_the_wall() -> None:
    night = Rules((1,), time(2, 30), replace(WEEKENDS_TOO.hours, start=time(20), end=time(1)))
    assert planned("2027-03-29 12:00", night) == {1: "Sun 2027-03-28 03:30 +0200"}


# A meeting on each day of one week: a day that falls in the weekend gives way to the last one before it that is free.
EACH_WEEKDAY = [
    ("Mon", "2026-12-07", ("Wed 2026-12-02", "Thu 2026-12-03", "Fri 2026-12-04")),
    ("Tue", "2026-12-08", ("Thu 2026-12-03", "Fri 2026-12-04", "Mon 2026-12-07")),
    ("Wed", "2026-12-09", ("Fri 2026-12-04", "Mon 2026-12-07", "Tue 2026-12-08")),
    ("Thu", "2026-12-10", ("Mon 2026-12-07", "Tue 2026-12-08", "Wed 2026-12-09")),
    ("Fri", "2026-12-11", ("Tue 2026-12-08", "Wed 2026-12-09", "Thu 2026-12-10")),
    ("Sat", "2026-12-12", ("Wed 2026-12-09", "Thu 2026-12-10", "Fri 2026-12-11")),
    ("Sun", "2026-12-13", ("Wed 2026-12-09", "Thu 2026-12-10", "Fri 2026-12-11")),
]


@pytest.mark.parametrize(("name", "day", "expected"), EACH_WEEKDAY, ids=[name for name, *_rest in EACH_WEEKDAY])
def test_a_meeting_on_any_day_of_the_week_has_all_three_each_on_a_working_day(
    name: str, day: str, expected: tuple[str, ...]
) -> None:
    found = planned(f"{day} 08:15", kind="rehabiliteringsmoede", arrival_minutes=15)
    assert wall(day).strftime("%a") == name
    assert found == {3 - index: f"{when} 10:00 +0100" for index, when in enumerate(expected)}
    assert left_out(meeting(f"{day} 08:15", kind="rehabiliteringsmoede", arrival_minutes=15), RULES, LONG_AGO) == ()


@pytest.mark.parametrize(("name", "day", "expected"), EACH_WEEKDAY, ids=[name for name, *_rest in EACH_WEEKDAY])
def test_one_that_is_not_asked_for_takes_no_other_s_day(name: str, day: str, expected: tuple[str, ...]) -> None:
    """A talk has no "Er du klar?": where that is what pushed the first one, it comes a day later."""
    later = {"Mon": "Thu 2026-12-03", "Tue": "Fri 2026-12-04", "Sun": "Thu 2026-12-10"}
    found = planned(f"{day} 13:00")
    assert found == {3: f"{later.get(name, expected[0])} 10:00 +0100", 1: f"{expected[2]} 10:00 +0100"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Clocks go forward on Sunday the 28th of March, and back on Sunday the 31st of October.
        ("2027-03-28", ("Wed 2027-03-24", "Thu 2027-03-25", "Fri 2027-03-26")),
        ("2027-03-29", ("Wed 2027-03-24", "Thu 2027-03-25", "Fri 2027-03-26")),
        ("2027-03-30", ("Thu 2027-03-25", "Fri 2027-03-26", "Mon 2027-03-29")),
        ("2027-10-31", ("Wed 2027-10-27", "Thu 2027-10-28", "Fri 2027-10-29")),
        ("2027-11-01", ("Wed 2027-10-27", "Thu 2027-10-28", "Fri 2027-10-29")),
        ("2027-11-02", ("Thu 2027-10-28", "Fri 2027-10-29", "Mon 2027-11-01")),
    ],
)
def test_around_the_days_clocks_are_changed_it_is_ten_on_the_wall_before_the_weekend_too(
    day: str, expected: tuple[str, ...]
) -> None:
    found = planned(f"{day} 09:00", kind="rehabiliteringsmoede")
    assert [when.rsplit(" ", 1)[0] for when in (found[3], found[2], found[1])] == [f"{day} 10:00" for day in expected]
    assert found[3].endswith("+0100" if "-03-" in day else "+0200")


def test_where_the_day_before_the_weekend_is_past_it_waits_for_monday_if_that_still_helps() -> None:
    monday, early = meeting("2026-12-07 10:00"), meeting("2026-12-07 08:10", arrival_minutes=15)
    friday = at("2026-12-04 12:00")
    assert [shown(each.at) for each in plan(monday, RULES, friday)] == ["Mon 2026-12-07 08:00 +0100"]
    assert plan(early, RULES, friday) == ()
    assert [(each.offset, each.why) for each in left_out(early, RULES, friday)] == [(3, "booked_late"),
                                                                                   (1, "booked_late")]


def test_what_would_come_just_before_the_next_one_is_left_out_and_said() -> None:
    # Booked on Friday at noon: the Saturday's and the Sunday's could only come on Monday, where the last one is.
    tuesday, booked = meeting("2026-12-08 10:00", kind="rehabiliteringsmoede"), at("2026-12-04 12:00")
    assert [each.offset for each in plan(tuesday, RULES, booked)] == [1]
    assert [(each.offset, each.sort, each.why) for each in left_out(tuesday, RULES, booked)] == [
        (3, "reminder", "next_is_near"), (2, "ready", "next_is_near")]  # fmt: skip


def test_what_the_citizen_has_not_kept_is_left_out_for_that() -> None:
    friday = meeting("2026-12-04 10:00")
    assert [(each.offset, each.why) for each in left_out(friday, RULES, LONG_AGO, {3})] == [(1, "unwanted")]
    assert left_out(cancelled(friday), RULES, LONG_AGO, ()) == ()


def test_quiet_hours_move_a_reminder_to_their_end() -> None:
    early = replace(RULES, at=time(6))
    assert planned("2026-12-04 10:00", early)[1] == "Thu 2026-12-03 08:00 +0100"


def test_the_citizen_may_keep_one_or_none() -> None:
    friday = meeting("2026-12-04 10:00")
    assert [each.offset for each in plan(friday, RULES, LONG_AGO, wanted={1})] == [1]
    assert plan(friday, RULES, LONG_AGO, wanted=()) == ()


def test_the_citizen_cannot_choose_what_the_municipality_does_not_offer() -> None:
    assert plan(meeting("2026-12-04 10:00"), RULES, LONG_AGO, wanted={7}) == ()


@pytest.mark.parametrize(
    ("added", "left"),
    [("2026-12-01 09:59", [3, 1]), ("2026-12-01 10:00", [1]), ("2026-12-03 10:00", []), ("2026-12-05 10:00", [])],
)
def test_a_meeting_added_after_a_reminder_s_time_has_none_for_the_past(added: str, left: list[int]) -> None:
    assert [each.offset for each in plan(meeting("2026-12-04 10:00"), RULES, at(added))] == left


def test_a_reminder_whose_day_was_a_weekend_now_past_is_of_the_past_too() -> None:
    # Tuesday's reminder three days before was Saturday's, and that day is over.
    late = replace(RULES, before=(3,))
    assert plan(meeting("2026-12-08 10:00"), late, at("2026-12-06 12:00")) == ()


def test_a_meeting_that_is_called_off_has_none() -> None:
    assert plan(cancelled(meeting("2026-12-04 10:00")), RULES, LONG_AGO) == ()


# At fire time


def decision(now: str, *, offset: int = 1, version: int = 0, on: Meeting | None = None) -> object:
    """What becomes of a reminder of Friday's meeting."""
    friday = meeting("2026-12-04 10:00", arrival_minutes=15)
    reminders = plan(friday, RULES, LONG_AGO)
    (mine,) = (each for each in reminders if each.offset == offset)
    return decide(mine, version, on or friday, reminders, at(now), RULES.hours)


def test_a_reminder_in_time_is_sent() -> None:
    assert decision("2026-12-03 10:00") == Send()


def test_a_timer_that_fires_too_early_waits() -> None:
    assert decision("2026-12-03 09:00") == Wait(at("2026-12-03 10:00"))


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        ("2026-12-03 19:59", Send()),
        ("2026-12-03 20:30", Wait(at("2026-12-04 08:00"))),
        ("2026-12-04 09:44", Send()),
        ("2026-12-04 09:45", Drop("too_late")),
        ("2026-12-04 12:00", Drop("too_late")),
    ],
)
def test_after_a_standstill_the_last_reminder_helps_until_the_arrival(now: str, outcome: object) -> None:
    assert decision(now) == outcome


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        ("2026-12-02 19:00", Send()),
        ("2026-12-02 20:30", Drop("next_is_near")),
        ("2026-12-03 07:59", Drop("next_is_near")),
        ("2026-12-03 12:00", Drop("next_is_near")),
    ],
)
def test_after_a_standstill_an_earlier_reminder_is_not_sent_close_to_the_next(now: str, outcome: object) -> None:
    assert decision(now, offset=3) == outcome


def test_a_reminder_of_an_earlier_version_is_not_sent() -> None:
    friday = meeting("2026-12-04 10:00")
    moved = changed(friday, wall=wall("2026-12-04 11:00"))
    assert decision("2026-12-03 10:00", on=moved) == Drop("moved")
    assert decision("2026-12-03 10:00", on=cancelled(friday)) == Drop("cancelled")


def test_move_cancel_move_leaves_only_the_reminders_of_the_last() -> None:
    first = meeting("2026-12-04 10:00")
    second = changed(first, wall=wall("2026-12-09 10:00"))
    third = cancelled(second)
    fourth = changed(third, wall=wall("2026-12-10 10:00"), cancelled=False)
    old = [(each, one) for one in (first, second, third) for each in plan(one, RULES, LONG_AGO)]
    answers = {decide(each, one.version, fourth, (), each.at, RULES.hours) for each, one in old}
    assert len(old) == 4
    assert answers == {Drop("moved")}
    assert [shown(each.at) for each in plan(fourth, RULES, LONG_AGO)] == [
        "Mon 2026-12-07 10:00 +0100", "Wed 2026-12-09 10:00 +0100"]  # fmt: skip


# Whatever happens

OFFSETS = st.lists(st.integers(1, 20), min_size=1, max_size=4, unique=True).map(tuple)
RULE_SETS = st.builds(
    lambda before, hour, weekends: Rules(before, time(hour), replace(RULES.hours, weekends=weekends)),
    OFFSETS, st.integers(0, 23), st.booleans(),
)  # fmt: skip


@given(WALLS, KINDS_OF_MEETING, RULE_SETS, st.integers(0, 30 * 24 * 60), st.integers(0, 60))
def test_a_plan_is_in_order_unique_allowed_apart_and_before_the_arrival(
    when: datetime, kind: Kind, rules: Rules, minutes_ahead: int, arrival: int
) -> None:
    one = meeting(when, kind=kind, arrival_minutes=arrival)
    known = one.start - timedelta(minutes=minutes_ahead)
    found = plan(one, rules, known)
    assert len({each.offset for each in found}) == len(found)
    assert {each.offset for each in found} <= {offset for offset, _sort in offered(one, rules)}
    for each in found:
        days = (when.date() - each.due.astimezone(COPENHAGEN).date()).days
        assert days == each.offset
        assert known < each.at == rules.hours.next_allowed(each.at) < one.arrival
        assert known < each.due
    assert [each.offset for each in found] == sorted((each.offset for each in found), reverse=True)
    assert all(later.at - earlier.at > timedelta(hours=2) for earlier, later in pairwise(found))
    assert [each.confirm for each in found] == [True, False, False, False, False][: len(found)]


@given(WALLS, KINDS_OF_MEETING, RULE_SETS, st.integers(0, 30 * 24 * 60), st.data())
def test_each_that_is_offered_is_planned_or_said_to_be_left_out(
    when: datetime, kind: Kind, rules: Rules, minutes_ahead: int, data: st.DataObject
) -> None:
    one = meeting(when, kind=kind)
    known = one.start - timedelta(minutes=minutes_ahead)
    wanted = data.draw(st.none() | st.sets(st.sampled_from([offset for offset, _sort in offered(one, rules)])))
    there = [*plan(one, rules, known, wanted), *left_out(one, rules, known, wanted)]
    assert sorted(((each.offset, each.sort) for each in there), reverse=True) == list(offered(one, rules))


@given(WALLS, KINDS_OF_MEETING, RULE_SETS, st.integers(0, 60))
def test_a_meeting_known_long_before_loses_none_to_the_weekend(
    when: datetime, kind: Kind, rules: Rules, arrival: int
) -> None:
    one = meeting(when, kind=kind, arrival_minutes=arrival)
    at_ten = replace(rules, at=time(10))
    assert left_out(one, at_ten, one.start - timedelta(days=60)) == ()


@given(WALLS, KINDS_OF_MEETING, RULE_SETS, st.data())
def test_what_is_wanted_is_all_there_is(when: datetime, kind: Kind, rules: Rules, data: st.DataObject) -> None:
    one = meeting(when, kind=kind)
    wanted = data.draw(st.sets(st.sampled_from([offset for offset, _sort in offered(one, rules)])))
    assert {each.offset for each in plan(one, rules, LONG_AGO, wanted)} <= wanted


@given(WALLS, KINDS_OF_MEETING, RULE_SETS, st.lists(st.integers(0, 25 * 24 * 60), min_size=1, max_size=12))
def test_whenever_the_timers_are_looked_at_nothing_comes_twice_late_or_in_a_heap(
    when: datetime, kind: Kind, rules: Rules, looks: list[int]
) -> None:
    """A worker that stands still between its looks, and looks once more when it was told to wait."""
    one = meeting(when, kind=kind, arrival_minutes=15)
    reminders = plan(one, rules, LONG_AGO)
    waiting, sent = list(reminders), list[datetime]()
    moments = sorted(one.start - timedelta(days=22) + timedelta(minutes=minutes) for minutes in looks)
    while moments:
        now = moments.pop(0)
        for each in [each for each in waiting if each.at <= now or each.due <= now]:
            outcome = decide(each, 0, one, reminders, now, rules.hours)
            if isinstance(outcome, Wait):
                assert outcome.until > now
                moments = sorted({*moments, outcome.until})
                continue
            waiting.remove(each)
            if isinstance(outcome, Send):
                sent.append(now)
    assert all(rules.hours.next_allowed(moment) == moment < one.arrival for moment in sent)
    assert all(later - earlier > timedelta(hours=2) for earlier, later in pairwise(sent))


@given(WALLS, RULE_SETS)
def test_a_worker_that_is_always_there_sends_the_whole_plan(when: datetime, rules: Rules) -> None:
    one = meeting(when)
    reminders = plan(one, rules, LONG_AGO)
    assert [decide(each, 0, one, reminders, each.at, rules.hours) for each in reminders] == [Send()] * len(reminders)
