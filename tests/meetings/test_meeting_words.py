"""Days and times as people say them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.meetings.words import day_words, near_words, relative_day, wall_words
from tests.meetings.making import WALLS, setting, wall


@pytest.mark.parametrize(
    ("now", "day", "words"),
    [
        ("2026-11-28 09:00", "2026-11-28", "i dag"),
        ("2026-11-28 09:00", "2026-11-29", "i morgen"),
        ("2026-11-28 09:00", "2026-11-30", "i overmorgen"),
        ("2026-11-28 09:00", "2026-12-01", "om 3 dage"),
        ("2026-11-28 09:00", "2027-01-12", "om 45 dage"),
        ("2026-11-28 09:00", "2026-11-27", "i går"),
        ("2026-11-28 09:00", "2026-11-26", "i forgårs"),
        ("2026-11-28 09:00", "2026-11-20", "for 8 dage siden"),
        # A minute to midnight, the days the clocks are changed, leap day and New Year.
        ("2026-11-28 23:59", "2026-11-29", "i morgen"),
        ("2027-03-27 23:59", "2027-03-28", "i morgen"),
        ("2027-03-27 00:01", "2027-03-30", "om 3 dage"),
        ("2027-10-30 23:59", "2027-11-02", "om 3 dage"),
        ("2028-02-28 12:00", "2028-02-29", "i morgen"),
        ("2028-02-27 12:00", "2028-03-01", "om 3 dage"),
        ("2026-12-31 23:59", "2027-01-01", "i morgen"),
    ],
)
def test_a_day_is_told_by_how_near_it_is(now: str, day: str, words: str) -> None:
    assert relative_day(wall(day).date(), setting(now)) == words


def test_other_languages_count_days_in_their_own_way() -> None:
    english = replace(setting("2026-11-28 09:00"), language="en")
    assert relative_day(wall("2026-12-01").date(), english) == "in 3 days"
    assert wall_words(wall("2026-12-01 10:00"), english) == "Tuesday 1 December 10:00"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-12-01 08:00", "i dag kl. 10.00"),
        ("2026-11-30 08:00", "i morgen, tirsdag den 1. december kl. 10.00"),
        ("2026-11-29 08:00", "tirsdag den 1. december kl. 10.00"),
    ],
)
def test_today_and_tomorrow_are_said(now: str, words: str) -> None:
    assert near_words(wall("2026-12-01 10:00"), setting(now)) == words


def test_the_year_is_told_only_where_it_could_be_another() -> None:
    assert day_words(wall("2027-01-05").date(), setting("2026-12-20 09:00")) == "tirsdag den 5. januar"
    assert day_words(wall("2027-12-01").date(), setting("2026-12-20 09:00")) == "onsdag den 1. december 2027"


@given(WALLS, st.integers(-400, 400))
def test_how_near_a_day_is_depends_on_days_and_not_on_hours(now: datetime, days: int) -> None:
    day = now.date() + timedelta(days=days)
    seen = {relative_day(day, setting(now.replace(hour=hour).isoformat())) for hour in (0, 2, 3, 12, 23)}
    assert len(seen) == 1
