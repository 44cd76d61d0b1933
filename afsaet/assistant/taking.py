"""A list of meetings from a file: looked through as a whole, and booked one by one as if each were typed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from afsaet.assistant import booking
from afsaet.assistant.booking import Booked
from afsaet.assistant.casework import Refused
from afsaet.meetings.import_row import BadFile
from afsaet.meetings.importing import Found, Row, read_meetings
from afsaet.municipality import Municipality
from afsaet.store import citizens, meetings
from afsaet.store.tx import Tx

MINUTES = 60  # where the file gives no length


@dataclass(frozen=True, slots=True)
class Taken:
    """What the file held, and what was booked: the row and the meeting."""

    found: Found
    booked: tuple[tuple[Row, Booked], ...]


def take(tx: Tx, municipality: Municipality, data: bytes, now: datetime, *, only_good: bool) -> Taken:
    """Book the meetings of a .csv or .ics file. Where a row is bad or doubtful nothing is booked, unless `only_good`
    says that the others are to be. Raises Refused where the file is no list of meetings."""
    whose = {each.reference: each.id for each in citizens.list_all(tx) if each.reference is not None}
    people = [(each.reference, [kept.meeting for kept in meetings.list_of(tx, each.id)])
              for each in citizens.list_all(tx) if each.reference is not None]
    try:
        found = read_meetings(data, people, now, municipality.zone, MINUTES)
    except BadFile as bad:
        raise Refused(str(bad)) from None
    if found.remarks and not only_good:
        return Taken(found, ())
    # Every citizen's lock is held to the end, so they are taken in the same order by everyone who takes several.
    rows = sorted(found.good, key=lambda row: (whose[row.reference], row.line))
    booked = [(row, booking.add(tx, municipality, whose[row.reference], row.kind, row.wall, now,
                                minutes=row.minutes or MINUTES, place=row.place, room=row.room, people=row.people))
              for row in rows]
    return Taken(found, tuple(sorted(booked, key=lambda one: one[0].line)))
