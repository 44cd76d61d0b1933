"""Days as people write them are read as the day they mean, and written back in plain Danish."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.flows.dates import Unclear, danish_date, danish_moment, danish_time, read_date
from afsaet.flows.dates.words import in_danish, plain

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
        ("3-dec", date(2026, 12, 3)),
        ("4de december", date(2026, 12, 4)),
        ("1ste december", date(2026, 12, 1)),
        ("03 12 2026", date(2026, 12, 3)),
        ("den tredje", date(2026, 12, 3)),
        ("på mandag den syvende", date(2026, 12, 7)),
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
        ("23/9", date(2027, 9, 23)),
        ("29/2", date(2028, 2, 29)),
        ("d. 1/12 kl 10", date(2026, 12, 1)),
        ("d.1/12 kl. 10.30", date(2026, 12, 1)),
        ("1/12 klokken 9-10", date(2026, 12, 1)),
        ("1/12 10.15", date(2026, 12, 1)),
        ("1/12 10.12", date(2026, 12, 1)),
        ("1/12 10:12", date(2026, 12, 1)),
        ("1/12 i Aarhus", date(2026, 12, 1)),
        ("23/9 i Aarhus", date(2027, 9, 23)),
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
        ("om tre dage", date(2026, 11, 27)),
        ("om 1 måned", date(2026, 12, 24)),
        ("i morgen om en uge", date(2026, 12, 2)),
        ("første mandag i december", date(2026, 12, 7)),
        ("sidste fredag i måneden", date(2026, 11, 27)),
        ("anden tirsdag i marts 2027", date(2027, 3, 9)),
        ("1. mandag i marts", date(2027, 3, 1)),
        ("den første mandag i næste måned", date(2026, 12, 7)),
        ("næstsidste torsdag i januar", date(2027, 1, 21)),
        ("tredje onsdag i november næste år", date(2027, 11, 17)),
        ("sidste dag i februar", date(2027, 2, 28)),
        ("den tredje marts", date(2027, 3, 3)),
        ("d. enogtyvende i tolvte", date(2026, 12, 21)),
        ("den første i første", date(2027, 1, 1)),
        ("3. marts i 2028", date(2028, 3, 3)),
        ("den 3. i maj", date(2027, 5, 3)),
        ("mandag i uge 12 2028", date(2028, 3, 20)),
        ("mandag i uge 12 næste år", date(2027, 3, 22)),
        ("man d. 30.", date(2026, 11, 30)),
        ("i dag tirsdag", TODAY),
        ("i morgen, onsdag", date(2026, 11, 25)),
        ("den 29. februar", date(2028, 2, 29)),
        ("den 3/3 kl 9.30", date(2027, 3, 3)),
        ("tirsdag halv ti", date(2026, 12, 1)),
        ("lægen ringede i dag, tiden er 3. marts", date(2027, 3, 3)),
        ("tirsdag om 2 uger", Unclear("several", (date(2026, 12, 8), date(2026, 12, 15)))),
        ("mandag om en uge", Unclear("several", (date(2026, 11, 30), date(2026, 12, 7)))),
    ],
)
def test_the_usual_ways_to_write_a_day_are_read(text: str, day: date | Unclear) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["31/2", "31. februar", "den 31. april", "femte mandag i februar", "29/2-2027", "32/1", "3/13", "0/3", "den 32.", "mandag i uge 60"]
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
        ("første mandag i måneden", date(2026, 11, 2)),
        ("den 3. i denne måned", date(2026, 11, 3)),
        ("onsdag 3/3-2020", date(2020, 3, 3)),
    ],
)
def test_a_day_that_is_over_is_named_as_past(text: str, day: date) -> None:
    assert read_date(text, TODAY) == Unclear("past", (day,))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23/11", date(2027, 11, 23)),
        ("23. november", date(2027, 11, 23)),
        ("den 23/11 kl. 10", date(2027, 11, 23)),
        ("mandag den 23. november", date(2027, 11, 23)),
        ("24. september", date(2027, 9, 24)),
        ("første mandag i november", date(2027, 11, 1)),
        ("sidste fredag i oktober", date(2027, 10, 29)),
        ("mandag i uge 47", date(2027, 11, 22)),
        ("November 2", date(2027, 11, 2)),
    ],
)
def test_a_day_without_a_year_that_is_just_over_is_never_a_year_off_unasked(text: str, day: date) -> None:
    assert read_date(text, TODAY) == Unclear("over", (day,))


@pytest.mark.parametrize("text", ["2/3", "2. marts", "28/2", "3/1"])
def test_the_time_just_over_reaches_two_months_back(text: str) -> None:
    found = read_date(text, date(2026, 3, 3))
    assert isinstance(found, Unclear)
    assert (found.reason, [day.year for day in found.days]) == ("over", [2027])
    assert read_date("2/1", date(2026, 3, 3)) == date(2027, 1, 2)
    assert read_date("31/12", date(2027, 1, 2)) == Unclear("over", (date(2027, 12, 31),))


def test_a_weekday_that_does_not_fit_the_day_is_asked_about() -> None:
    assert read_date("tirsdag d. 3. marts", TODAY) == Unclear("weekday", (date(2027, 3, 3),))
    assert read_date("fredag den 26.", TODAY) == Unclear("weekday", (date(2026, 11, 26),))
    assert read_date("mandag den første", TODAY) == Unclear("weekday", (date(2026, 12, 1),))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3/3 eller 4/3", (date(2027, 3, 3), date(2027, 3, 4))),
        ("den 12. marts eller den 13.", (date(2027, 3, 12), date(2027, 3, 13))),
        ("12/3 og d. 13 kl. 10", (date(2027, 3, 12), date(2027, 3, 13))),
        ("March 12 or the 13th", (date(2027, 3, 12), date(2027, 3, 13))),
        ("den 30. december 2027 eller den 2.", (date(2027, 12, 30), date(2028, 1, 2))),
        ("den 23. november eller den 25.", (date(2027, 11, 23), date(2026, 11, 25))),
        ("3. eller 4. marts", (date(2027, 3, 3), date(2027, 3, 4))),
        ("3.-4. marts 2028", (date(2028, 3, 3), date(2028, 3, 4))),
        ("tirsdag eller onsdag", (date(2026, 12, 1), date(2026, 11, 25))),
        ("næste fredag", (date(2026, 11, 27), date(2026, 12, 4))),
        ("d. 3 eller 4 marts", (date(2027, 3, 3), date(2027, 3, 4))),
        ("3/4 marts", (date(2027, 3, 3), date(2027, 3, 4))),
        ("den 3. eller 4.", (date(2026, 12, 3), date(2026, 12, 4))),
        ("fra 1. til 3. marts", (date(2027, 3, 1), date(2027, 3, 3))),
        ("i morgen torsdag", (date(2026, 11, 26), date(2026, 11, 25))),
        ("i morgen den 3. marts", (date(2027, 3, 3), date(2026, 11, 25))),
        ("om 8 dage", (date(2026, 12, 1), date(2026, 12, 2))),
        ("mandag om 14 dage", (date(2026, 12, 7), date(2026, 12, 14))),
    ],
)
def test_a_text_that_may_mean_several_days_names_them(text: str, days: tuple[date, ...]) -> None:
    assert read_date(text, TODAY) == Unclear("several", days)


@pytest.mark.parametrize(
    "text",
    [
        "første mandag efter nytår",
        "første mandag",
        "overnæste mandag",
        "om en uges tid",
        "om en 14 dages tid",
        "om en uge eller to",
        "torsdag om 8 dage",
        "mandag otte dage",
        "mandag i ugen efter",
        "to uger fra i dag",
        "mandag for to uger siden",
        "mandag i marts",
        "mandag i decmber",
        "mandag i næste måned",
        "mandag til næste år",
        "onsdag om en måned",
        "mandag i påsken",
        "torsdag i vinterferien",
        "den 2. påskedag",
        "den 2. uge i marts",
        "efter mandag",
        "dagen efter den 3. marts",
        "senest den 3. marts",
        "ca. 3. marts",
        "30/11 eller senere",
        "fra mandag",
        "3. marts om to år",
        "den 3 eller 4/3",
        "mandag den 30. eller tirsdag den 1.",
        "mandag eller tirsdag den 3. marts",
        "mandag den første gang",
        "mandag 7",
        "den 10. i næste uge",
        "mandag den 7. december i uge 51",
        "uge 12 eller 13 mandag",
        "before Monday",
        "a week from Monday",
        "Tuesday week",
        "it may be Tuesday",
    ],
)
def test_a_day_that_something_beside_it_may_change_is_asked_about(text: str) -> None:
    found = read_date(text, TODAY)
    assert isinstance(found, Unclear)
    assert found.reason == "unsure"
    assert len(found.days) == 1


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
        "i næste måned",
        "midt i marts",
        "ultimo marts",
        "uge 12",
        "nytårsdag",
        "påske",
        "2. påskedag",
        "ikke mandag",
        "mandag kan jeg ikke",
        "hver mandag",
        "hver første mandag i måneden",
        "om mandagen",
        "alle mandage",
        "om et par uger",
        "om tre hverdage",
        "om 1/2 år",
        "1/2 time",
        "den anden",
        "december 3 gange",
        "i december 3 gange",
        "not Monday",
        "I can't do Monday",
        "every Monday",
        "on Mondays",
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
        *([f"{number}/{month}", danish_date(day, year=False)] if ahead < 300 else []),
    ):
        assert read_date(text, today) == day


@given(
    st.text("0123456789 ./-:abcdeimnorsuvgåøæ٣²", max_size=30) | st.text(), st.dates(date(1990, 1, 1), date(2090, 1, 1))
)
def test_no_text_makes_it_fail_and_no_day_it_gives_is_over(text: str, today: date) -> None:
    found = read_date(text, today)
    assert not isinstance(found, date) or found >= today


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 March", date(2027, 3, 3)),
        ("3rd of March", date(2027, 3, 3)),
        ("March 3rd", date(2027, 3, 3)),
        ("March 3", date(2027, 3, 3)),
        ("March 3, 2028", date(2028, 3, 3)),
        ("Wednesday, March 3", date(2027, 3, 3)),
        ("the first of March", date(2027, 3, 1)),
        ("December 3", date(2026, 12, 3)),
        ("December 3rd at 10.30 am", date(2026, 12, 3)),
        ("December 3, 2027", date(2027, 12, 3)),
        ("May 3", date(2027, 5, 3)),
        ("on the 3rd", date(2026, 12, 3)),
        ("3/4", date(2027, 4, 3)),
        ("3/4/2027", date(2027, 4, 3)),
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 25)),
        ("the day after tomorrow", date(2026, 11, 26)),
        ("Monday", date(2026, 11, 30)),
        ("this Thursday at 10am", date(2026, 11, 26)),
        ("next Tuesday", date(2026, 12, 1)),
        ("Tuesday next week", date(2026, 12, 1)),
        ("in two weeks", date(2026, 12, 8)),
        ("in a week", date(2026, 12, 1)),
        ("in 3 days", date(2026, 11, 27)),
        ("in a month", date(2026, 12, 24)),
        ("two weeks from today", date(2026, 12, 8)),
        ("first Monday in December", date(2026, 12, 7)),
        ("the last Friday of the month", date(2026, 11, 27)),
        ("next Friday", Unclear("several", (date(2026, 11, 27), date(2026, 12, 4)))),
        ("Monday or Tuesday", Unclear("several", (date(2026, 11, 30), date(2026, 12, 1)))),
        ("Tuesday, March 3", Unclear("weekday", (date(2027, 3, 3),))),
        ("March 32", Unclear("impossible")),
        ("yesterday", Unclear("past", (date(2026, 11, 23),))),
        ("last Tuesday", Unclear("past", (date(2026, 11, 17),))),
    ],
)
def test_a_day_written_in_english_is_read(text: str, day: date | Unclear) -> None:
    assert read_date(text, TODAY) == day


def test_no_danish_word_is_taken_for_an_english_one() -> None:
    recorded = files("afsaet.cli").joinpath("recorded_citizen.txt").read_text(encoding="utf-8")
    shipped = files("afsaet.flows").joinpath("definitions", "forberedelse.yaml").read_text(encoding="utf-8")
    said = "man søn fri lørdag fre ons mon sat by at en to på and last ten tue december 3 gange maj marts"
    for text in (recorded, shipped.partition("sections:")[2], said):
        for line in text.splitlines():
            words = plain(line.partition(": ")[2] or line)
            assert in_danish(words) == words, line


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.integers(1, 5), st.integers(0, 6), st.integers(1, 12))
def test_a_place_in_a_month_is_that_weekday_counted_from_its_first(
    today: date, place: int, weekday: int, month: int
) -> None:
    names = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
    ordinal = ["første", "anden", "tredje", "fjerde", "femte"][place - 1]
    found = read_date(f"{ordinal} {names[weekday]} i {MONTHS[month - 1]}", today)
    if found == Unclear("impossible"):
        assert place == 5
        return
    if isinstance(found, Unclear):  # it was a short while ago
        assert found.reason == "over"
        [found] = found.days
    assert isinstance(found, date)
    assert found >= today
    assert (found.weekday(), found.month, (found.day - 1) // 7 + 1) == (weekday, month, place)
    assert (found - today).days < 366 + 31


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


def test_the_other_one_is_no_second_of_the_month() -> None:
    assert read_date("den anden", TODAY) is None
    assert read_date("jeg tager den første", TODAY) is None
    assert read_date("tirsdag den anden", TODAY) == Unclear("weekday", (date(2026, 12, 2),))
