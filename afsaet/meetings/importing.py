"""Reading a list of meetings from a file: every row is good, doubtful or bad, and nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from unicodedata import category
from zoneinfo import ZoneInfo

from afsaet.flows.safety.cpr import mask
from afsaet.meetings.import_csv import csv_rows
from afsaet.meetings.import_ics import ics_rows, is_calendar
from afsaet.meetings.import_row import BadFile, BadRow, Raw, read_minutes, read_wall
from afsaet.meetings.kinds import KINDS, Kind, kind_named
from afsaet.meetings.localtime import MOST_YEARS, doubt, far_off
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.timetable import Timetable

LONGEST_TEXT = 200
LARGEST_FILE = 4 * 1024 * 1024
TEXTS = {"sted": "place", "lokale": "room", "med": "people"}


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting to be added. line: where it stands in the file, counted from 1. minutes: None where none are
    written. wall: as clocks in the municipality's zone show."""

    line: int
    reference: str = field(repr=False)
    kind: Kind
    wall: datetime
    minutes: int | None = None
    place: str = field(default="", repr=False)
    room: str = field(default="", repr=False)
    people: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say of one row: a plain sentence without anything that stands in it."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds. good: rows to be taken. doubtful: rows that can be read, but are over already or overlap
    with another; `remarks` says which, and names every bad row. Remarks are in the order of the lines."""

    good: tuple[Row, ...]
    doubtful: tuple[Row, ...]
    remarks: tuple[Remark, ...]


Person = tuple[str, Sequence[Meeting]]  # a citizen's reference, and the meetings they have


def read_meetings(data: bytes, people: Iterable[Person], now: datetime, zone: ZoneInfo, minutes: int = 60) -> Found:
    """What a .csv or .ics file of meetings holds, held against the citizens there are and their meetings.

    people: one for each citizen that has a reference. minutes: how long a meeting is where no length is written.
    Raises BadFile, with one plain sentence, where not even rows can be told apart.
    """
    if len(data) > LARGEST_FILE:
        raise BadFile("The file is too large to be a list of meetings.")
    people = list(people)
    many = Counter(reference for reference, _meetings in people)
    known = dict(people)
    rows: list[Row] = []
    remarks: list[Remark] = []
    for raw in ics_rows(data, zone) if is_calendar(data) else csv_rows(data):
        try:
            row = _row(raw, now, zone)
            if row.reference not in known:
                raise BadRow("There is no citizen with this reference.")
            if many[row.reference] > 1:
                raise BadRow("More than one citizen has this reference.")
            rows.append(row)
        except BadRow as bad:
            remarks.append(Remark(raw.line, str(bad)))
    doubts: dict[int, str] = {}
    for reference, theirs in by_reference(rows).items():
        doubts |= doubts_of(theirs, known[reference], now, zone, minutes)
    remarks += [Remark(line, sentence) for line, sentence in doubts.items()]
    return Found(
        tuple(row for row in rows if row.line not in doubts),
        tuple(row for row in rows if row.line in doubts),
        tuple(sorted(remarks, key=lambda remark: remark.line)),
    )


def by_reference(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each citizen, in the order they come."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.reference, []).append(row)
    return found


def doubts_of(
    rows: Sequence[Row], own: Iterable[Meeting], now: datetime, zone: ZoneInfo, minutes: int = 60
) -> dict[int, str]:
    """Why readable rows are not simply taken, by their line; of two rows that overlap it is the later one that is in
    doubt. rows: of one citizen, in the order of the lines. own: the meetings they have."""
    booked, earlier = Timetable(own), Timetable()
    found = {}
    for row in rows:
        meeting = _as_meeting(row, zone, minutes)
        before = earlier.overlapping(meeting)
        if sentence := _doubt(meeting, booked.overlapping(meeting), before, now):
            found[row.line] = sentence
        if not any((other.start, other.end) == (meeting.start, meeting.end) for other in before):
            earlier.add(meeting)  # one of several at the same time will do, however many a file has
    return found


def _row(raw: Raw, now: datetime, zone: ZoneInfo) -> Row:
    """The row with every part read. Raises BadRow with the first thing that is wrong."""
    if raw.fault:
        raise BadRow(raw.fault)
    cells = {name: _line(text, name) for name, text in raw.cells.items()}
    if not cells.get("reference"):
        raise BadRow("The reference is missing.")
    kind = kind_named(cells.get("type", ""))
    if kind is None:
        raise BadRow("The type is missing." if not cells.get("type") else
                     f"The type is none of: {', '.join(KINDS)}.")
    wall = raw.wall or read_wall(cells.get("dato", ""), cells.get("tid", ""))
    if far_off(wall, now):
        raise BadRow(f"The year is more than {MOST_YEARS} years away.")
    if doubt(wall, zone) == "missing":
        raise BadRow("The clocks are put forward that night, and there is no such time.")
    if doubt(wall, zone) == "twice":
        raise BadRow("The clocks are put back that night, and there is that time twice.")
    minutes = read_minutes(cells.get("minutter", ""))
    texts = {own: cells.get(name, "") for name, own in TEXTS.items()}
    return Row(raw.line, cells["reference"], kind, wall, minutes, **texts)


def _line(text: str, name: str) -> str:
    line = " ".join(text.split())
    if len(line) > LONGEST_TEXT or any(category(sign) in ("Cc", "Cs") for sign in line):
        raise BadRow(f'What stands under "{name}" is not one line of at most {LONGEST_TEXT} characters.')
    if mask(line)[1]:
        raise BadRow(f'What stands under "{name}" looks like a CPR number. Afsæt keeps none: leave it out.')
    return line


def _doubt(meeting: Meeting, own: Sequence[Meeting], earlier: Sequence[Meeting], now: datetime) -> str | None:
    """own, earlier: which of the citizen's meetings, and of the rows before this one, overlap with it."""
    if meeting.start <= now:
        return "The meeting's time is past."
    if any((other.wall, other.kind) == (meeting.wall, meeting.kind) for other in own):
        return "The citizen has this meeting already."
    if own:
        return "The citizen has another meeting at that time."
    if earlier:
        return f"The meeting overlaps with the one in line {min(int(other.id) for other in earlier)}."
    return None


def _as_meeting(row: Row, zone: ZoneInfo, minutes: int) -> Meeting:
    """The meeting it would be, with its line for an id."""
    return Meeting(str(row.line), "", row.kind, row.wall, zone.key, row.minutes or minutes)
