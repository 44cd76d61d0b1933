"""`afsaet process`: where a citizen is on the way through the case."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from afsaet.cli.answer import Answer, Table, command
from afsaet.cli.citizen import CitizenId

if TYPE_CHECKING:
    from afsaet.assistant.casework.way import Whereabouts
    from afsaet.cli.desk import Desk

app = typer.Typer(help="The way through the case: where a citizen is, and move them.", no_args_is_help=True)

BY = {"caseworker": "the caseworker", "citizen": "the citizen", "time": "the day came", "profile": "other steps"}


@command(app, "show")
def show(citizen: CitizenId) -> Answer:
    """Show where a citizen is: the step, how they came there, deadlines, and what the next step lacks."""
    from afsaet.assistant.casework import way
    from afsaet.cli.desk import desk

    with desk() as at:
        with at.database.read() as tx:
            found = way.whereabouts(tx, at.municipality, citizen, at.now)
        return _answer(at, found)


@command(app, "move")
def move(
    citizen: CitizenId,
    to: Annotated[str, typer.Option("--to", metavar="STEP", help="The step's id, as `process show` lists them.")],
) -> Answer:
    """Say which step a citizen has come to, before or after the present one."""
    from afsaet.assistant.casework import way
    from afsaet.cli.desk import desk

    with desk() as at:
        with at.database.write() as tx:
            found = way.move(tx, at.municipality, citizen, to, at.now)
        return _answer(at, found)


def _answer(desk: Desk, found: Whereabouts) -> Answer:
    process, place, following = found.process, found.place, found.following
    names = {step: _name(desk, found, step) for step in process.order}
    today = desk.now.astimezone(desk.municipality.zone).date()
    # A step of the history may be of another profile, or one that the municipality has taken away.
    history = [{"step": each.step, "name": names.get(each.step), "at": desk.iso(each.at), "by": each.by}
               for each in place.history]
    deadlines = [{"step": step, "name": names[step], "on": day.isoformat(), "passed": day < today}
                 for step, day in found.deadlines.items()]
    coming = {"step": following.step, "name": names[following.step], "lacking": list(following.lacking)} \
        if following else None
    data = {
        "id": found.citizen.id, "profile": found.citizen.profile, "step": place.step, "name": names[place.step],
        "number": process.number(place.step), "of": len(process.order), "history": history, "deadlines": deadlines,
        "next": coming, "steps": [{"step": step, "name": name} for step, name in names.items()],
    }
    shown: list[str | Table] = [
        f"Step {data['number']} of {data['of']}: {place.step} ({names[place.step]})",
        *(f"{names[step]}: at the latest {day.isoformat()}" for step, day in found.deadlines.items()),
        *([f"Next: {following.step} ({names[following.step]}). {' '.join(following.lacking)}".rstrip()]
          if following else []),
        Table(["Step", "Since", "By"], [[each.step, desk.shown(each.at), BY[each.by]] for each in place.history]),
        f"Steps: {', '.join(process.order)}",
    ]
    return Answer(data, shown)


def _name(desk: Desk, found: Whereabouts, step: str) -> str:
    return found.process.steps[step].name.format_map(desk.municipality.names(found.citizen.profile))
