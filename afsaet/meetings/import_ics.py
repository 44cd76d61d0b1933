"""Rows of meetings from a calendar file. Each event has to name the citizen's reference.

What a calendar has no field for is written as a line of the description, under the headings of the CSV: "reference:
4711", "type: samtale", "lokale: 2". The reference may stand in the title instead, and the title or a category may be
the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

from afsaet.meetings.import_row import HEADINGS, BadFile, Raw, decoded
from afsaet.meetings.kinds import kind_named
from afsaet.meetings.localtime import wall_of

_BEGIN = re.compile(rb"BEGIN:VEVENT[ \t]*", re.IGNORECASE)
_NAMED = re.compile(rf"^\s*({'|'.join(HEADINGS)})\s*:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


def is_calendar(data: bytes) -> bool:
    """Whether the file is a calendar file."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper() == b"BEGIN:VCALENDAR"


def ics_rows(data: bytes, zone: ZoneInfo) -> Iterator[Raw]:
    """Every event, with the line it begins on. Times are given as clocks in `zone` show. Raises BadFile."""
    lines = [number for number, line in enumerate(data.splitlines(), 1) if _BEGIN.fullmatch(line)]
    try:
        calendars = Calendar.from_ical(decoded(data), multiple=True)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):  # as icalendar tells of misfits
        raise BadFile("The calendar file cannot be read; export it once more.") from None
    events = [(event, _is_cancelling(calendar)) for calendar in calendars for event in calendar.walk("VEVENT")]
    if not events or len(events) != len(lines):
        raise BadFile("There is no event in the calendar file." if not lines else
                      "The calendar file cannot be read; export it once more.")
    for line, (event, called_off) in zip(lines, events, strict=True):
        yield _row(line, event, zone, called_off=called_off)


def _is_cancelling(calendar: Component) -> bool:
    """Whether the calendar takes its events out of others', as one does that is sent when they are called off."""
    return str(calendar.get("method", "")).upper() == "CANCEL"


def _row(line: int, event: Component, zone: ZoneInfo, *, called_off: bool) -> Raw:
    start, end = _value(event, "dtstart"), _value(event, "dtend")
    if not isinstance(start, datetime):
        return Raw(line, fault="The event has no time of the day." if isinstance(start, date) else
                   "The event has no time that can be read.")
    if any(isinstance(event.get(name), list) for name in ("summary", "description", "location", "status")):
        return Raw(line, fault="The event has its title, description, place or status more than once.")
    if start.tzinfo is None and "TZID" in event["dtstart"].params:
        return Raw(line, fault="The event's time zone is not known.")
    if "rrule" in event or "rdate" in event:
        return Raw(line, fault="The event is repeated; each meeting has to stand by itself.")
    if called_off or str(event.get("status", "")).upper() == "CANCELLED":
        return Raw(line, fault="The event is called off.")
    length = _value(event, "duration")
    if (length is None and "duration" in event) or (end is None and "dtend" in event):
        return Raw(line, fault="The event has no length that can be read.")
    if isinstance(end, datetime) and (end.tzinfo is None) == (start.tzinfo is None):
        length = end - start
    title = str(event.get("summary", ""))
    described = dict(reversed([(name.casefold(), value) for name, value in
                               _NAMED.findall(f"{title}\n{event.get('description', '')}")]))
    cells = {"sted": str(event.get("location", "")), "type": _kind(event, title), **described}
    if isinstance(length, timedelta) and "minutter" not in cells:
        cells["minutter"] = str(int(length.total_seconds() // 60))
    try:
        wall = wall_of(start, zone) if start.tzinfo else start
    except OverflowError:  # in the first or the last hours there are
        return Raw(line, fault="The event has no time that can be read.")
    return Raw(line, cells, wall.replace(second=0, microsecond=0))


def _kind(event: Component, title: str) -> str:
    categories = event.get("categories")
    groups = categories if isinstance(categories, list) else [categories] if categories else []
    names = [str(name) for group in groups for name in group.cats]
    return next((name for name in (*names, title) if kind_named(name)), "")


def _value(event: Component, name: str) -> object:
    """What the field holds; None where it is missing, given twice or not readable."""
    try:
        return getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        return None
