"""A meeting is what clocks on the wall show; what moment that is depends on the night in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.meetings.localtime import days_before, doubt, moment_of, next_showing, wall_of
from afsaet.meetings.meeting import Meeting, cancelled, changed, overlap
from tests.meetings.making import COPENHAGEN, WALLS, at, meeting, shown, wall


@pytest.mark.parametrize(
    ("when", "offset"),
    [
        ("2026-12-01 10:00", "+0100"),
        ("2027-03-28 01:59", "+0100"),
        ("2027-03-28 03:00", "+0200"),
        ("2027-10-31 01:59", "+0200"),
        ("2027-10-31 03:00", "+0100"),
        ("2028-02-29 10:00", "+0100"),
    ],
)
def test_an_ordinary_time_is_one_moment(when: str, offset: str) -> None:
    assert doubt(wall(when), COPENHAGEN) is None
    assert shown(moment_of(wall(when), COPENHAGEN))[4:] == f"{when} {offset}"


def test_a_time_that_is_skipped_is_told_and_moved_on_by_an_hour() -> None:
    assert doubt(wall("2027-03-28 02:30"), COPENHAGEN) == "missing"
    assert shown(moment_of(wall("2027-03-28 02:30"), COPENHAGEN)) == "Sun 2027-03-28 03:30 +0200"


def test_a_time_that_comes_twice_is_told_and_means_the_first() -> None:
    assert doubt(wall("2027-10-31 02:30"), COPENHAGEN) == "twice"
    assert shown(moment_of(wall("2027-10-31 02:30"), COPENHAGEN)) == "Sun 2027-10-31 02:30 +0200"


def test_a_time_with_a_zone_of_its_own_is_a_programmer_s_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        moment_of(at("2026-12-01 10:00"), COPENHAGEN)


@given(WALLS)
def test_a_moment_shows_the_wall_time_it_was_made_from(when: datetime) -> None:
    back = wall_of(moment_of(when, COPENHAGEN), COPENHAGEN)
    assert back == when + timedelta(hours=1) if doubt(when, COPENHAGEN) == "missing" else back == when


def test_the_next_showing_in_an_hour_that_comes_twice_may_be_the_second() -> None:
    when = wall("2027-10-31 02:30")
    first, again = at("2027-10-31 02:30"), at("2027-10-31 02:30", fold=1)
    assert again - first == timedelta(hours=1)
    assert next_showing(when.date(), when.time(), COPENHAGEN, first - timedelta(minutes=1)) == first
    assert next_showing(when.date(), when.time(), COPENHAGEN, first) == again


@pytest.mark.parametrize(
    ("when", "days", "before"),
    [
        ("2027-03-29 10:00", 1, "2027-03-28 10:00"),
        ("2028-03-01 10:00", 1, "2028-02-29 10:00"),
        ("2027-03-01 10:00", 1, "2027-02-28 10:00"),
        ("2027-01-02 10:00", 3, "2026-12-30 10:00"),
    ],
)
def test_days_before_are_counted_in_the_calendar(when: str, days: int, before: str) -> None:
    assert days_before(wall(when), days, wall(when).time()) == wall(before)


def test_the_day_before_is_23_hours_before_across_the_change_in_spring() -> None:
    begins = meeting("2027-03-28 10:00").start
    assert begins - at("2027-03-27 10:00") == timedelta(hours=23)


def test_a_meeting_lasts_its_minutes_also_in_the_night_when_clocks_go_back() -> None:
    night = meeting("2027-10-31 02:30", minutes=60)
    assert shown(night.end) == "Sun 2027-10-31 02:30 +0100"


def test_the_arrival_is_some_minutes_before() -> None:
    early = meeting(arrival_minutes=15)
    assert (early.arrival, early.arrival_wall) == (at("2026-12-01 09:45"), wall("2026-12-01 09:45"))
    spring = meeting("2027-03-28 03:00", arrival_minutes=15)
    assert spring.arrival_wall == wall("2027-03-28 01:45")


def test_a_meeting_is_past_from_its_first_minute() -> None:
    talk = meeting()
    assert not talk.is_past(talk.start - timedelta(seconds=1))
    assert talk.is_past(talk.start)


def test_a_meeting_survives_json() -> None:
    whole = meeting(agenda=("Et", "To"), place="Rådhuset", people="Mette", version=3, cancelled=True)
    assert Meeting.from_json(whole.to_json()) == whole


def test_every_change_makes_the_next_version_and_keeps_the_uid() -> None:
    first = meeting()
    moved = changed(first, wall=wall("2026-12-02 10:00"))
    gone = cancelled(moved)
    assert [each.version for each in (first, moved, gone)] == [0, 1, 2]
    assert {each.uid for each in (first, moved, gone)} == {"u1@afsaet"}
    assert gone.cancelled


def test_a_change_to_the_same_is_none() -> None:
    first = meeting()
    assert changed(first, wall=first.wall) is first
    gone = cancelled(first)
    assert cancelled(gone) is gone


def test_a_meeting_moved_across_the_change_keeps_its_time_on_the_wall() -> None:
    summer = changed(meeting("2027-03-26 10:00"), wall=wall("2027-03-29 10:00"))
    assert shown(summer.start) == "Mon 2027-03-29 10:00 +0200"


@pytest.mark.parametrize(
    ("other", "overlapping"),
    [("09:00", False), ("09:01", True), ("10:30", True), ("10:59", True), ("11:00", False)],
)
def test_meetings_overlap_where_both_go_on(other: str, overlapping: bool) -> None:
    assert overlap(meeting(), meeting(f"2026-12-01 {other}")) is overlapping


def test_what_is_called_off_overlaps_with_nothing() -> None:
    assert not overlap(meeting(), cancelled(meeting()))


@given(WALLS, WALLS, st.integers(1, 600), st.integers(1, 600))
def test_overlapping_is_mutual_and_means_a_common_minute(one: datetime, other: datetime, mine: int, yours: int) -> None:
    first, second = meeting(one, minutes=mine), meeting(other, minutes=yours)
    assert overlap(first, second) == overlap(second, first)
    common = min(first.end, second.end) - max(first.start, second.start)
    assert overlap(first, second) == (common > timedelta())


def test_all_moments_are_in_utc() -> None:
    assert {each.tzinfo for each in (meeting().start, meeting().end, meeting().arrival)} == {UTC}
