"""`afsaet task`: what waits for a caseworker."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import Annotated

import typer

from afsaet.cli.answer import Answer, Table, command
from afsaet.cli.citizen import OfCaseworker

app = typer.Typer(help="Tasks: what waits for a caseworker.", no_args_is_help=True)


@command(app, "list")
def list_all(caseworker: OfCaseworker = None) -> Answer:
    """List what waits, the oldest first."""
    from afsaet.assistant.casework import caseload
    from afsaet.cli.desk import desk
    from afsaet.cli.picture import TASKS, task_data

    with desk() as at:
        with at.database.read() as tx:
            found = caseload.open_tasks(tx, caseworker)
        items = [
            {**task_data(at, task), "citizen": task.citizen_id, "name": case.citizen.name,
             "reference": case.citizen.reference, "caseworker": case.caseworker.email} for task, case in found
        ]
        rows = [[str(task.id), at.shown(task.created_at), task.citizen_id, case.citizen.name or "",
                 case.citizen.reference or "", TASKS.get(task.kind, task.kind), case.caseworker.email]
                for task, case in found]
        table = Table(["Task", "Since", "Citizen", "Name", "Reference", "What", "Caseworker"], rows)
        return Answer({"items": items}, [table])


@command(app, "done")
def done(task: Annotated[int, typer.Argument(metavar="TASK", help="The task's number.")]) -> Answer:
    """Note a task as done."""
    from afsaet.assistant.casework import caseload
    from afsaet.cli.desk import desk

    with desk() as at:
        with at.database.write() as tx:
            caseload.finish(tx, task, at.now)
        return Answer({"id": task, "done_at": at.iso(at.now)}, [f"Task {task} is done."])
