"""Days as people write them are read as the day they mean, and written back in plain Danish."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.flows.dates import Unclear, danish_date, danish_moment, danish_time, read_date

TODAY = date(2026, 11, 24)  # a Tuesday, in week 48
MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/3", date(2027, 3, 3)),
        ("3.3", date(2027, 3, 3)),
        ("3.3.", date(2027, 3, 3)),
        ("03-03", date(2027, 3, 3)),
        ("3-3-2027", date(2027, 3, 3)),
        ("03.03.27", date(2027, 3, 3)),
        ("3/3-27", date(2027, 3, 3)),
        ("3/3 2027", date(2027, 3, 3)),
        ("3. 3. 2027", date(2027, 3, 3)),
        ("3 / 3", date(2027, 3, 3)),
        ("030327", date(2027, 3, 3)),
        ("03032027", date(2027, 3, 3)),
        ("2026-12-01", date(2026, 12, 1)),
        ("3. marts", date(2027, 3, 3)),
        ("3 marts", date(2027, 3, 3)),
        ("3.marts", date(2027, 3, 3)),
        ("3. mar.", date(2027, 3, 3)),
        ("2. sept", date(2027, 9, 2)),
        ("3. Febuar", date(2027, 2, 3)),
        ("DEN 3. MARTS 2027", date(2027, 3, 3)),
        ("den 3. marts, 2028", date(2028, 3, 3)),
        ("3. marts 28", date(2028, 3, 3)),
        ("3. marts næste år", date(2027, 3, 3)),
        ("1. december", date(2026, 12, 1)),
        ("24/11", TODAY),
        ("23/11", date(2027, 11, 23)),
        ("29/2", date(2028, 2, 29)),
        ("d. 1/12 kl 10", date(2026, 12, 1)),
        ("d.1/12 kl. 10.30", date(2026, 12, 1)),
        ("1/12 klokken 9-10", date(2026, 12, 1)),
        ("1/12 10.15", date(2026, 12, 1)),
        ("1/12 10.12", date(2026, 12, 1)),
        ("1/12 10:12", date(2026, 12, 1)),
        ("1/12 i Aarhus", date(2026, 12, 1)),
        ("23/11 i Aarhus", date(2027, 11, 23)),
        ("onsdag d. 3. marts", date(2027, 3, 3)),
        ("Ons. d. 3/3 kl. 8.00", date(2027, 3, 3)),
        ("Jeg har en tid onsdag den 3. marts hos min læge", date(2027, 3, 3)),
        ("den 3. i 3.", date(2027, 3, 3)),
        ("den 3 i 12", date(2026, 12, 3)),
        ("den 26.", date(2026, 11, 26)),
        ("d. 3", date(2026, 12, 3)),
        ("d. 31", date(2026, 12, 31)),
        ("12.", date(2026, 12, 12)),
        ("den 26. i næste måned", date(2026, 12, 26)),
        ("i dag", TODAY),
        ("idag kl 14", TODAY),
        ("i morgen", date(2026, 11, 25)),
        ("imorgen tidlig", date(2026, 11, 25)),
        ("i overmorgen", date(2026, 11, 26)),
        ("overmorgen", date(2026, 11, 26)),
        ("på tirsdag", date(2026, 12, 1)),
        ("på onsdag", date(2026, 11, 25)),
        ("paa loerdag", date(2026, 11, 28)),
        ("søndag", date(2026, 11, 29)),
        ("tors kl. 9", date(2026, 11, 26)),
        ("tirsdag morgen kl. 8", date(2026, 12, 1)),
        ("tirsdag 14.30", date(2026, 12, 1)),
        ("tisdag", date(2026, 12, 1)),
        ("næste mandag", date(2026, 11, 30)),
        ("tirsdag i næste uge", date(2026, 12, 1)),
        ("fredag i denne uge", date(2026, 11, 27)),
        ("mandag i uge 50", date(2026, 12, 7)),
        ("mandag uge 2", date(2027, 1, 11)),
        ("om 2 uger", date(2026, 12, 8)),
        ("om en uge", date(2026, 12, 1)),
        ("om en 14 dages tid", date(2026, 12, 8)),
        ("om tre dage", date(2026, 11, 27)),
        ("om 1 måned", date(2026, 12, 24)),
        ("i morgen om en uge", date(2026, 12, 2)),
        ("tirsdag om 2 uger", Unclear("several", (date(2026, 12, 8), date(2026, 12, 15)))),
        ("mandag om en uge", Unclear("several", (date(2026, 11, 30), date(2026, 12, 7)))),
    ],
)
def test_the_usual_ways_to_write_a_day_are_read(text: str, day: date | Unclear) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["31/2", "31. februar", "29/2-2027", "32/1", "3/13", "0/3", "den 32.", "mandag i uge 60"]
)
def test_a_day_that_no_calendar_has_is_named_as_impossible(text: str) -> None:
    assert read_date(text, TODAY) == Unclear("impossible")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/3-2020", date(2020, 3, 3)),
        ("23/11-26", date(2026, 11, 23)),
        ("3. marts 1999", date(1999, 3, 3)),
        ("03.03.73", date(1973, 3, 3)),
        ("3. marts i år", date(2026, 3, 3)),
        ("i går", date(2026, 11, 23)),
        ("i forgårs", date(2026, 11, 22)),
        ("sidste tirsdag", date(2026, 11, 17)),
        ("i mandags", date(2026, 11, 23)),
        ("mandag i denne uge", date(2026, 11, 23)),
    ],
)
def test_a_day_that_is_over_is_named_as_past(text: str, day: date) -> None:
    assert read_date(text, TODAY) == Unclear("past", (day,))


def test_a_weekday_that_does_not_fit_the_day_is_asked_about() -> None:
    assert read_date("tirsdag d. 3. marts", TODAY) == Unclear("weekday", (date(2027, 3, 3),))
    assert read_date("fredag den 26.", TODAY) == Unclear("weekday", (date(2026, 11, 26),))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3/3 eller 4/3", (date(2027, 3, 3), date(2027, 3, 4))),
        ("3. eller 4. marts", (date(2027, 3, 3), date(2027, 3, 4))),
        ("3.-4. marts 2028", (date(2028, 3, 3), date(2028, 3, 4))),
        ("tirsdag eller onsdag", (date(2026, 12, 1), date(2026, 11, 25))),
        ("næste fredag", (date(2026, 11, 27), date(2026, 12, 4))),
    ],
)
def test_a_text_that_may_mean_several_days_names_them(text: str, days: tuple[date, ...]) -> None:
    assert read_date(text, TODAY) == Unclear("several", days)


def test_next_weekday_is_plain_when_the_coming_one_is_in_next_week() -> None:
    assert read_date("næste tirsdag", TODAY) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "ved ikke",
        "næste uge",
        "i uge 50",
        "10.30",
        "kl. 10",
        "12",
        "3 gange om ugen",
        "om ugen",
        "om lidt",
        "min søn ved det",
        "man ringer til mig",
        "jeg har fridag",
        "tersdag",  # as near to one weekday as to another
        "ring på 20 10 30 40",
        "ring 20102030",
        "1234567",
    ],
)
def test_a_text_without_a_day_gives_none(text: str) -> None:
    assert read_date(text, TODAY) is None


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.integers(0, 500))
def test_every_spelling_of_a_coming_day_is_read_as_that_day(today: date, ahead: int) -> None:
    day = today + timedelta(ahead)
    number, month, year, short = day.day, day.month, day.year, f"{day.year % 100:02}"
    for text in (
        day.isoformat(),
        f"{number}/{month} {year}",
        f"{number:02}.{month:02}.{short}",
        f"{number}-{month}-{year}",
        f"d. {number}. {MONTHS[month - 1]} {year}",
        f"{danish_date(day)} kl. 10.30",
        *([f"{number}/{month}", danish_date(day, year=False)] if ahead < 365 else []),
    ):
        assert read_date(text, today) == day


@given(
    st.text("0123456789 ./-:abcdeimnorsuvgåøæ٣²", max_size=30) | st.text(), st.dates(date(1990, 1, 1), date(2090, 1, 1))
)
def test_no_text_makes_it_fail_and_no_day_it_gives_is_over(text: str, today: date) -> None:
    found = read_date(text, today)
    assert not isinstance(found, date) or found >= today


def test_a_day_is_written_in_plain_danish() -> None:
    day = date(2026, 12, 1)
    assert danish_date(day) == "tirsdag den 1. december 2026"
    assert danish_date(day, year=False) == "tirsdag den 1. december"
    assert danish_date(day, language="en") == "Tuesday 1 December 2026"


def test_a_time_is_written_with_a_dot_and_24_hours() -> None:
    assert danish_time(time(10)) == "kl. 10.00"
    assert danish_time(time(15, 5)) == "kl. 15.05"
    assert danish_time(time(15, 5), language="en") == "15:05"


def test_a_moment_is_written_in_its_own_zone() -> None:
    moment = datetime(2026, 7, 1, 23, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert danish_moment(moment) == "onsdag den 1. juli 2026 kl. 23.30"
    assert danish_moment(moment, language="en") == "Wednesday 1 July 2026 23:30"
