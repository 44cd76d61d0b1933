"""`afsaet meeting`: the meetings with a citizen."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from afsaet.cli.answer import Answer, Table, command
from afsaet.cli.citizen import CitizenId, OfCaseworker

if TYPE_CHECKING:
    from afsaet.assistant.casework.booking import Booked
    from afsaet.cli.desk import Desk

app = typer.Typer(help="Meetings: add, move, cancel, list and import them.", no_args_is_help=True)

FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]


def time_of(typed: str) -> datetime:
    """A local time as it is typed. Raises typer.BadParameter."""
    for pattern in FORMATS:
        try:
            return datetime.strptime(typed, pattern)  # noqa: DTZ007 - local time, by the municipality's zone
        except ValueError:
            continue
    raise typer.BadParameter("A time is written like 2026-12-01 10:00.")


MeetingId = Annotated[str, typer.Argument(metavar="MEETING", help="The meeting's id, as `meeting list` shows it.")]
At = typer.Option("--at", metavar='"2026-12-01 10:00"', parser=time_of, help="When it begins, local time.")
Minutes = typer.Option("--minutes", min=1, max=24 * 60, help="How long it lasts.")
Place = Annotated[str | None, typer.Option("--place", help="Where it is. Never in a reminder.")]
Room = Annotated[str | None, typer.Option("--room", help="The room there.")]
People = Annotated[str | None, typer.Option("--with", metavar="TEXT", help="Who takes part, besides the citizen.")]
Arrive = Annotated[int | None, typer.Option(
    "--arrive", metavar="MINUTES", min=0, max=240, help="How long before it the citizen is to be there.")]
Agenda = Annotated[list[str] | None, typer.Option("--agenda", metavar="TEXT", help="A point of the agenda; repeat it.")]


@command(app, "add")
def add(
    citizen: CitizenId,
    at: Annotated[datetime, At],
    kind: Annotated[str, typer.Option("--kind", help="The kind of meeting, such as rehabiliteringsmoede or samtale.")],
    minutes: Annotated[int, Minutes] = 60,
    place: Place = None,
    room: Room = None,
    people: People = None,
    arrive: Arrive = None,
    agenda: Agenda = None,
) -> Answer:
    """Add a meeting. The citizen is told once, in their chat, and reminded before it."""
    from afsaet.assistant.casework import booking
    from afsaet.cli.desk import desk
    from afsaet.meetings.kinds import KINDS, kind_named

    which = kind_named(kind)
    if which is None:
        raise typer.BadParameter(f"The kinds are {', '.join(KINDS)}.", param_hint="'--kind'")
    with desk() as here:
        with here.database.write() as tx:
            booked = booking.add(tx, here.municipality, citizen, which, at, here.now, minutes=minutes,
                                 place=place or "", room=room or "", people=people or "", arrival_minutes=arrive,
                                 agenda=agenda or ())
        return _booked(here, booked, "is added")


@command(app, "list")
def list_all(
    citizen: Annotated[str | None, typer.Argument(metavar="[ID]", show_default=False,
                                                  help="Only this citizen's.")] = None,
    caseworker: OfCaseworker = None,
) -> Answer:
    """List meetings in the order of time, with the answers and what became of each reminder."""
    from afsaet.assistant.casework import appointments
    from afsaet.cli.appointment import HEADINGS, data, row
    from afsaet.cli.desk import desk

    with desk() as at:
        with at.database.read() as tx:
            found = appointments.listed(tx, citizen, caseworker)
        items = [{**data(at, each), "citizen": whose.id, "name": whose.name} for each, whose in found]
        rows = [[whose.id, whose.name or "", *row(at, each)] for each, whose in found]
        return Answer({"items": items}, [Table(["Citizen", "Name", *HEADINGS], rows)])


@command(app, "move")
def move(
    meeting: MeetingId,
    at: Annotated[datetime | None, At] = None,
    minutes: Annotated[int | None, Minutes] = None,
    place: Place = None,
    room: Room = None,
    people: People = None,
    arrive: Arrive = None,
    agenda: Agenda = None,
) -> Answer:
    """Move a meeting, or change what else is given; an empty text takes it away. Reminders follow it."""
    from afsaet.assistant.casework import booking
    from afsaet.cli.desk import desk

    if all(given is None for given in (at, minutes, place, room, people, arrive, agenda)):
        raise typer.BadParameter("Say what is to be changed: --at, --place, …")
    with desk() as here:
        with here.database.write() as tx:
            booked = booking.move(tx, here.municipality, meeting, here.now, wall=at, minutes=minutes, place=place,
                                  room=room, people=people, arrival_minutes=arrive, agenda=agenda)
        return _booked(here, booked, "is changed")


@command(app, "cancel")
def cancel(meeting: MeetingId) -> Answer:
    """Call a meeting off. Its reminders are silenced."""
    from afsaet.assistant.casework import booking
    from afsaet.cli.desk import desk

    with desk() as here:
        with here.database.write() as tx:
            booked = booking.cancel(tx, here.municipality, meeting, here.now)
        return _booked(here, booked, "is called off")


@command(app, "import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True,
                                         help="A .csv or .ics file whose rows name the citizens' references.")],
    take_good_rows: Annotated[bool, typer.Option("--take-good-rows", help="Take them even if others are bad.")] = False,
) -> Answer:
    """Add the meetings in a file. If any row is bad, overlaps or is past, each is named and nothing is taken."""
    from afsaet.assistant.casework import taking
    from afsaet.assistant.unasked.announcing import TOO_LATE
    from afsaet.cli.desk import desk
    from afsaet.cli.faults import REFUSED
    from afsaet.meetings.importing import LARGEST_FILE

    with file.open("rb") as opened:
        content = opened.read(LARGEST_FILE + 1)  # no more of one that is refused for its length
    with desk() as here:
        taken = taking.take(here.database, here.municipality, content, here.now, only_good=take_good_rows)
        remarks = [{"line": remark.line, "sentence": remark.sentence} for remark in taken.found.remarks]
        items = [{**_data(here, booked), "line": row.line} for row, booked in taken.booked]
        named = [f"Line {remark.line}: {remark.sentence}" for remark in taken.found.remarks]
        result = {"taken": len(items), "items": items, "remarks": remarks}
        if items:
            untold = [f"Line {row.line}: {booked.untold}" for row, booked in taken.booked if booked.untold == TOO_LATE]
            return Answer(result, [f"Meetings added: {len(items)}."], notes=[*named, *untold])
        why = f"No meeting was added. Good rows: {len(taken.found.good)}."
        hint = " Mend the others, or add --take-good-rows." if taken.found.good else ""
        return Answer({**result, "error": why + hint}, notes=[*named, why + hint], code=REFUSED)


def _booked(desk: Desk, booked: Booked, done: str) -> Answer:
    meeting = booked.kept.meeting
    if not booked.altered:
        return Answer({**_data(desk, booked), "changed": False}, ["It is like that already. Nothing is changed."])
    told = booked.untold or f"The citizen is told {desk.shown(booked.told_at)}."
    shown = f"Meeting {meeting.id}, {desk.shown(meeting.start)}, {done}. {told}"
    return Answer({**_data(desk, booked), "changed": True}, [shown], notes=booked.remarks)


def _data(desk: Desk, booked: Booked) -> dict[str, object]:
    from afsaet.cli.appointment import meeting_data

    return {**meeting_data(desk, booked.kept), "citizen": booked.kept.citizen_id,
            "told_at": desk.iso(booked.told_at), "untold": booked.untold or None, "remarks": list(booked.remarks)}
