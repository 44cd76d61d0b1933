"""The file for the citizen's own calendar: two parsers read it, and nobody else can read anything from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from afsaet.meetings.calendar_file import calendar_file
from afsaet.meetings.localtime import doubt
from afsaet.meetings.meeting import Meeting, cancelled, changed
from afsaet.meetings.wording import faults
from tests.meetings.making import COPENHAGEN, WALLS, at, meeting, setting, wall

STAMP = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TELLING = meeting(kind="rehabiliteringsmoede", place="Misbrugscenteret", room="Venteværelse 2", people="Mette Holm",
                  agenda=("Fleksjob",), arrival_minutes=15)  # fmt: skip
NAMES = count()


def written(one: Meeting) -> str:
    return calendar_file(one, setting(), STAMP).decode()


def read(text: str) -> icalendar.Event:
    """The only event, as icalendar reads it."""
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event.errors == []
    return event


def read_strictly(text: str) -> Any:
    """The only event, as vobject reads it once it has checked all of it."""
    (calendar,) = vobject.readComponents(text, validate=True)
    calendar.validate(raiseException=True)
    (event,) = calendar.vevent_list
    return event


def with_unknown_zone(text: str) -> str:
    """The same file with a zone nobody has heard of, so that readers depend on what it says itself."""
    return text.replace("Europe/Copenhagen", f"Solvang/Torvet{next(NAMES)}")


def starts(text: str) -> list[datetime]:
    """The moment the event begins, as each parser works it out from the file alone."""
    found = [read(with_unknown_zone(text)).decoded("dtstart"), read_strictly(with_unknown_zone(text)).dtstart.value]
    return [each.astimezone(UTC) for each in found]


def test_the_file_says_when_and_nothing_else() -> None:
    event = read(written(TELLING))
    assert (event.decoded("dtstart"), event.decoded("duration")) == (at("2026-12-01 10:00"), timedelta(minutes=60))
    assert (event["summary"], event["location"]) == ("Aftale med kommunen", "Skriv /moede for at se stedet")
    assert (event["class"], event["status"], event["sequence"]) == ("PRIVATE", "CONFIRMED", 0)


@pytest.mark.parametrize("one", [TELLING, cancelled(TELLING)])
def test_nothing_in_the_file_tells_what_it_is_about(one: Meeting) -> None:
    text = written(one)
    seen = read(text)
    assert [name for name in seen if name not in {
        "UID", "DTSTAMP", "DTSTART", "DURATION", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "CLASS", "TRANSP",
        "ORGANIZER",
    }] == []  # fmt: skip
    assert faults(str(seen["summary"]), TELLING) == faults(str(seen["location"]), TELLING) == []
    for part in ("Misbrug", "Vente", "Mette", "Fleks", "rehab", "team", "09:45", "0945"):
        assert part.lower() not in text.lower()


def test_both_parsers_find_the_same() -> None:
    event = read_strictly(written(TELLING))
    assert event.uid.value == "u1@afsaet"
    assert event.summary.value == "Aftale med kommunen"
    assert (event.organizer.value, event.organizer.params["CN"]) == ("invalid:nomail", ["Kommunen"])


def test_every_change_is_the_same_event_with_a_higher_sequence() -> None:
    moved = changed(TELLING, wall=wall("2026-12-02 11:00"))
    events = [read(written(each)) for each in (TELLING, moved, cancelled(moved))]
    assert [event["uid"] for event in events] == ["u1@afsaet"] * 3
    assert [event["sequence"] for event in events] == [0, 1, 2]
    assert [event.decoded("dtstart") for event in events] == [
        at("2026-12-01 10:00"), at("2026-12-02 11:00"), at("2026-12-02 11:00")]  # fmt: skip


def test_a_meeting_called_off_leaves_the_calendar() -> None:
    text = written(cancelled(TELLING))
    assert icalendar.Calendar.from_ical(text)["method"] == "CANCEL"
    assert read(text)["status"] == "CANCELLED"
    assert read_strictly(text).status.value == "CANCELLED"
    assert icalendar.Calendar.from_ical(written(TELLING))["method"] == "PUBLISH"


def test_the_same_meeting_is_the_same_file_to_the_byte() -> None:
    assert calendar_file(TELLING, setting(), STAMP) == calendar_file(TELLING, setting("2026-11-30 09:00"), STAMP)


def test_lines_end_as_the_standard_says_and_are_not_too_long() -> None:
    data = calendar_file(replace(TELLING, uid="u" * 90), setting(), STAMP)
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)


@pytest.mark.parametrize(
    "when",
    [
        # The hours around both changes, told by the file's own rules.
        "2027-03-28 01:30", "2027-03-28 03:00", "2027-03-28 03:30", "2027-03-28 04:00", "2027-03-27 10:00",
        "2027-03-29 10:00", "2027-10-31 01:30", "2027-10-31 03:00", "2027-10-31 03:30", "2027-10-30 10:00",
        "2027-11-01 10:00", "2028-02-29 10:00", "2026-12-31 23:30", "2027-01-01 00:30",
    ],
)  # fmt: skip
def test_both_parsers_work_out_the_moment_from_the_rules_in_the_file(when: str) -> None:
    assert starts(written(meeting(when))) == [at(when)] * 2


def test_the_rules_in_the_file_are_those_of_the_zone() -> None:
    lines = written(meeting("2027-07-01 10:00")).split("\r\n")
    summer, winter = lines.index("BEGIN:DAYLIGHT"), lines.index("BEGIN:STANDARD")
    assert lines[summer : lines.index("END:DAYLIGHT")] == [
        "BEGIN:DAYLIGHT", "DTSTART:20270328T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "TZNAME:CEST",
        "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
    ]  # fmt: skip
    assert lines[winter : lines.index("END:STANDARD")] == [
        "BEGIN:STANDARD", "DTSTART:20261025T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "TZNAME:CET",
        "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
    ]  # fmt: skip


@given(WALLS, st.integers(1, 600), st.integers(0, 9))
def test_any_meeting_is_read_back_as_it_was(when: datetime, minutes: int, version: int) -> None:
    one = meeting(when, minutes=minutes, version=version)
    if doubt(when, COPENHAGEN) is not None:
        return
    text = written(one)
    event = read(text)
    assert starts(text) == [one.start] * 2
    assert (event.decoded("duration"), event["sequence"]) == (timedelta(minutes=minutes), version)


@pytest.mark.parametrize("zone", ["Atlantic/Faroe", "America/Nuuk", "Atlantic/Reykjavik"])
@pytest.mark.parametrize("when", ["2027-01-15 10:00", "2027-03-29 10:00", "2027-07-01 10:00", "2027-11-01 10:00"])
def test_other_zones_have_their_own_rules(zone: str, when: str) -> None:
    text = written(meeting(when, zone=zone)).replace(zone, f"Solvang/Torvet{next(NAMES)}")
    assert read(text).decoded("dtstart").astimezone(UTC) == wall(when).replace(tzinfo=ZoneInfo(zone))
