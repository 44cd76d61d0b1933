"""`afsaet keys`: the master key that everything is encrypted under."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import typer

from afsaet.cli.answer import Answer, command

app = typer.Typer(help="The master key.", no_args_is_help=True)


@app.callback()
def keys() -> None:
    """The master key."""


@command(app, "rotate")
def rotate() -> Answer:
    """Make a new master key and wrap every data key under it. The service may run meanwhile."""
    from afsaet.cli.desk import desk
    from afsaet.store import rotation

    with desk() as at:
        count = rotation.rotate(at.database)
        file = at.settings.key_file
    return Answer({"key_file": str(file), "data_keys": count},
                  [f"{count} data keys are wrapped under the new master key in {file}.",
                   "Copy that file to where its copy is kept. Backups made until now need the key file of then."])
