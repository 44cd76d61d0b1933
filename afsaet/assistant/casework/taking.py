"""A list of meetings from a file: looked through as a whole, and booked as if each were typed in.

The rows are taken a citizen at a time and few in a transaction, so that whoever answers meanwhile need not wait for all
of them. What is broken off leaves whole meetings, which the same file names when it is taken again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from afsaet.assistant.casework import booking
from afsaet.assistant.casework.booking import Booked
from afsaet.assistant.casework.caseload import Refused
from afsaet.meetings.import_row import BadFile
from afsaet.meetings.importing import Found, Remark, Row, by_reference, doubts_of, read_meetings
from afsaet.meetings.meeting import Meeting
from afsaet.municipality import Municipality
from afsaet.store import citizens, conversations, meetings
from afsaet.store.database import Database
from afsaet.store.faults import UnknownCitizen
from afsaet.store.tx import Tx

MINUTES = 60  # where the file gives no length
MOST = 20  # meetings in one transaction, and before others get their turn
# Another process that waits to write in an SQLite file looks every tenth of a second whether it may: without a pause
# that is longer than that, it would find the file taken by the next transaction each time.
PAUSE = 0.12  # seconds
GONE = "There is no citizen with this reference."


@dataclass(frozen=True, slots=True)
class Taken:
    """What the file held, and what was booked: the row and the meeting."""

    found: Found
    booked: tuple[tuple[Row, Booked], ...]


def take(
    database: Database, municipality: Municipality, data: bytes, now: datetime, *, only_good: bool,
    pause: Callable[[float], None] = time.sleep,
) -> Taken:
    """Book the meetings of a .csv or .ics file. Where a row is bad or doubtful nothing is booked, unless `only_good`
    says that the others are to be. A row that has come in doubt since the file was looked through, because somebody
    else has booked or erased meanwhile, is left out and named.

    pause: called with seconds where others are to get their turn, outside any transaction. Raises Refused where the
    file is no list of meetings.
    """
    found, whose = _looked_through(database, municipality, data, now)
    if found.remarks and not only_good:
        return Taken(found, ())
    booked: list[tuple[Row, Booked]] = []
    doubts: dict[int, str] = {}
    since = 0
    for rows in _batches(found.good):
        if since + len(rows) > MOST:
            pause(PAUSE if database.path is not None else 0)
            since = 0
        since += len(rows)
        some, doubted = _book(database, municipality, whose[rows[0].reference], rows, now)
        booked += some
        doubts |= doubted
    return Taken(_with_doubts(found, doubts), tuple(sorted(booked, key=lambda one: one[0].line)))


def _looked_through(
    database: Database, municipality: Municipality, data: bytes, now: datetime
) -> tuple[Found, dict[str, str]]:
    """What the file holds, and the citizens' ids by their reference. Raises Refused."""
    with database.read() as tx:
        known = [(each.reference, each.id) for each in citizens.list_all(tx) if each.reference is not None]
        own: dict[str, list[Meeting]] = {}
        for kept in meetings.list_all(tx):
            own.setdefault(kept.citizen_id, []).append(kept.meeting)
    people = [(reference, own.get(citizen_id, [])) for reference, citizen_id in known]
    try:
        return read_meetings(data, people, now, municipality.zone, MINUTES), dict(known)
    except BadFile as bad:
        raise Refused(str(bad)) from None


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """At most so many rows at a time, all of one citizen."""
    for theirs in by_reference(rows).values():
        for first in range(0, len(theirs), MOST):
            yield theirs[first:first + MOST]


def _book(
    database: Database, municipality: Municipality, citizen_id: str, rows: Sequence[Row], now: datetime
) -> tuple[list[tuple[Row, Booked]], dict[int, str]]:
    """What is booked of one citizen's rows, in a transaction of its own; and why the others are not, by their line."""
    try:
        with database.write() as tx:
            return _book_in(tx, municipality, citizen_id, rows, now)
    except UnknownCitizen:
        return [], {row.line: GONE for row in rows}


def _book_in(
    tx: Tx, municipality: Municipality, citizen_id: str, rows: Sequence[Row], now: datetime
) -> tuple[list[tuple[Row, Booked]], dict[int, str]]:
    opened = conversations.open_citizen(tx, citizen_id)
    own = meetings.list_of(tx, citizen_id)
    doubts = doubts_of(rows, [kept.meeting for kept in own], now, municipality.zone, MINUTES)
    good = [row for row in rows if row.line not in doubts]
    new = [booking.meeting_of(municipality, opened.citizen, row.kind, row.wall, now, minutes=row.minutes or MINUTES,
                              place=row.place, room=row.room, people=row.people) for row in good]
    booked = booking.add_all(tx, municipality, opened, own, new, now) if new else []
    return list(zip(good, booked, strict=True)), doubts


def _with_doubts(found: Found, doubts: dict[int, str]) -> Found:
    if not doubts:
        return found
    remarks = [*found.remarks, *(Remark(line, sentence) for line, sentence in doubts.items())]
    return replace(
        found,
        good=tuple(row for row in found.good if row.line not in doubts),
        doubtful=tuple(sorted((*found.doubtful, *(row for row in found.good if row.line in doubts)),
                              key=lambda row: row.line)),
        remarks=tuple(sorted(remarks, key=lambda remark: remark.line)),
    )
