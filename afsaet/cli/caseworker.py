"""`afsaet caseworker`: who the citizens' caseworkers are."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from afsaet.cli.answer import Answer, Table, command

if TYPE_CHECKING:
    from afsaet.store.caseworkers import Caseworker

app = typer.Typer(help="Caseworkers: add them and list them.", no_args_is_help=True)


@command(app, "add")
def add(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address that notices go to.")],
    name: Annotated[str, typer.Option("--name", help="As citizens read it.")],
    phone: Annotated[str | None, typer.Option("--phone", help="For citizens to call.")] = None,
    hours: Annotated[str | None, typer.Option("--hours", help="When to call, such as 'hverdage 9-12'.")] = None,
) -> Answer:
    """Add a caseworker."""
    from afsaet.assistant.casework import caseload
    from afsaet.cli.desk import desk

    with desk() as at, at.database.write() as tx:
        added = caseload.add_caseworker(tx, email, name, at.now, phone=phone, hours=hours)
    return Answer(_data(added), [f"Added the caseworker {added.name} ({added.email})."])


@command(app, "list")
def list_all() -> Answer:
    """List every caseworker."""
    from afsaet.cli.desk import desk
    from afsaet.store import caseworkers

    with desk() as at, at.database.read() as tx:
        found = caseworkers.list_all(tx)
    rows = [[each.id, each.email, each.name, each.phone or "", each.hours or ""] for each in found]
    return Answer({"items": [_data(each) for each in found]}, [Table(["Id", "E-mail", "Name", "Phone", "Hours"], rows)])


def _data(caseworker: Caseworker) -> dict[str, Any]:
    return {"id": caseworker.id, "email": caseworker.email, "name": caseworker.name,
            "phone": caseworker.phone, "hours": caseworker.hours}
