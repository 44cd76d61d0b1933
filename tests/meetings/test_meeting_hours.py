"""Unasked messages keep quiet hours and weekends; news that a meeting is moved may break them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.meetings.hours import Hours, tell_at
from tests.meetings.making import ALWAYS, COPENHAGEN, RULES, WALLS, at, shown

WEEKDAYS = RULES.hours
TIMES = st.times().map(lambda time: time.replace(microsecond=0))


@pytest.mark.parametrize(
    ("when", "then"),
    [
        ("2026-12-01 08:00", "2026-12-01 08:00"),
        ("2026-12-01 19:59", "2026-12-01 19:59"),
        ("2026-12-01 20:00", "2026-12-02 08:00"),
        ("2026-12-01 07:59", "2026-12-01 08:00"),
        ("2026-12-04 20:00", "2026-12-07 08:00"),
        ("2026-12-05 12:00", "2026-12-07 08:00"),
        ("2026-12-06 23:30", "2026-12-07 08:00"),
        ("2026-12-31 22:00", "2027-01-01 08:00"),
        ("2028-02-28 21:00", "2028-02-29 08:00"),
        ("2027-03-26 21:00", "2027-03-29 08:00"),
    ],
)
def test_a_message_waits_for_the_end_of_quiet_hours_and_weekends(when: str, then: str) -> None:
    assert WEEKDAYS.next_allowed(at(when)) == at(then)


def test_weekends_are_ordinary_days_where_the_municipality_says_so() -> None:
    assert ALWAYS.next_allowed(at("2026-12-05 12:00")) == at("2026-12-05 12:00")
    assert ALWAYS.next_allowed(at("2026-12-05 21:00")) == at("2026-12-06 08:00")


def test_quiet_hours_may_lie_within_a_day() -> None:
    midday = Hours(time(12), time(14), weekends=True, zone=COPENHAGEN)
    assert midday.next_allowed(at("2026-12-01 13:00")) == at("2026-12-01 14:00")
    assert midday.next_allowed(at("2026-12-01 23:00")) == at("2026-12-01 23:00")


def test_quiet_hours_that_end_in_the_night_of_a_change_end_once_they_can() -> None:
    early = Hours(time(22), time(2, 30), weekends=True, zone=COPENHAGEN)
    assert shown(early.next_allowed(at("2027-03-28 01:00"))) == "Sun 2027-03-28 03:30 +0200"
    assert shown(early.next_allowed(at("2027-10-31 01:00"))) == "Sun 2027-10-31 02:30 +0200"
    assert shown(early.next_allowed(at("2027-10-31 02:10", fold=1))) == "Sun 2027-10-31 02:30 +0100"


@given(WALLS, TIMES, TIMES, st.booleans(), st.integers(0, 1))
def test_the_next_moment_allowed_is_not_before_is_allowed_and_is_the_first(
    when: datetime, start: time, end: time, weekends: bool, fold: int
) -> None:
    if start == end:
        return
    hours = Hours(start, end, weekends, COPENHAGEN)
    moment = when.replace(tzinfo=COPENHAGEN, fold=fold).astimezone(UTC)  # adding to wall time would drop the fold
    allowed = hours.next_allowed(moment)
    assert allowed >= moment
    assert hours.next_allowed(allowed) == allowed
    passed_by = moment + (allowed - moment) / 2
    assert hours.next_allowed(passed_by) == allowed


def test_a_new_meeting_is_told_within_the_hours_unless_it_has_begun_by_then() -> None:
    night = at("2026-11-30 21:00")
    assert tell_at(night, WEEKDAYS, [at("2026-12-01 10:00")], changed=False) == at("2026-12-01 08:00")
    assert tell_at(night, WEEKDAYS, [at("2026-12-01 07:30")], changed=False) is None


@pytest.mark.parametrize(
    ("now", "starts", "told"),
    [
        # Far off: it waits for the morning.
        ("2026-11-30 21:00", ["2026-12-02 10:00"], "2026-12-01 08:00"),
        # Within 12 hours of either time: at once, at night and on a Saturday.
        ("2026-11-30 22:30", ["2026-12-01 10:00"], "2026-11-30 22:30"),
        ("2026-11-30 22:30", ["2026-12-09 10:00", "2026-12-01 10:00"], "2026-11-30 22:30"),
        ("2026-12-05 12:00", ["2026-12-05 14:00"], "2026-12-05 12:00"),
        # The morning would be too late: as soon as it may break the hours.
        ("2026-12-05 12:00", ["2026-12-07 08:30"], "2026-12-06 20:30"),
        ("2026-12-05 12:00", ["2026-12-07 10:00"], "2026-12-07 08:00"),
        # The old time is past; only the new one counts.
        ("2026-11-30 21:00", ["2026-11-30 20:00", "2026-12-03 10:00"], "2026-12-01 08:00"),
    ],
)
def test_a_change_is_told_before_anybody_sets_out(now: str, starts: list[str], told: str) -> None:
    assert tell_at(at(now), WEEKDAYS, [at(start) for start in starts], changed=True) == at(told)


def test_nothing_is_told_of_a_meeting_that_is_over() -> None:
    assert tell_at(at("2026-12-01 12:00"), WEEKDAYS, [at("2026-12-01 10:00")], changed=True) is None


@given(WALLS, st.integers(1, 60 * 24 * 10))
def test_a_change_is_never_told_later_than_two_hours_before_unless_it_came_later(now: datetime, minutes: int) -> None:
    moment = now.replace(tzinfo=COPENHAGEN)
    start = moment + timedelta(minutes=minutes)
    told = tell_at(moment, WEEKDAYS, [start], changed=True)
    assert told is not None
    assert moment <= told <= max(moment, start - timedelta(hours=2))
    assert told == WEEKDAYS.next_allowed(told) or start - told <= timedelta(hours=12)
