"""`afsaet db`: upgrading, backing up and restoring the database."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from afsaet.cli.answer import Answer, command

app = typer.Typer(help="The database: upgrade, back up and restore it.", no_args_is_help=True)


@command(app, "upgrade")
def upgrade(
    create_key: Annotated[bool, typer.Option(
        "--create-key", help="Make the key file for an empty PostgreSQL database; give every process the same.",
    )] = False,
) -> Answer:
    """Bring the database to this version of Afsæt. Make a backup first."""
    from contextlib import closing

    from afsaet.cli.desk import open_database
    from afsaet.settings import Settings
    from afsaet.store import schema

    with closing(open_database(Settings.load(), create_key=create_key, upgrade=True)) as database:
        name, revision = database.name, schema.revisions()[-1]
    return Answer({"database": name, "schema": revision}, [f"{name} is up to date (schema {revision})."])


@command(app, "backup")
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")]) -> Answer:
    """Write everything in the database to a file. The key file is not in it. The service may run meanwhile."""
    from afsaet.cli.desk import desk
    from afsaet.store import backup as backups

    with desk() as at:
        manifest = backups.backup(at.database, file, at.now)
        data = {"file": str(file), "made_at": at.iso(manifest.made_at),
                "rows": {table.name: table.rows for table in manifest.tables}}
        return Answer(data, [f"{file} is written. Keep a copy of {at.settings.key_file} in another place: "
                             "nothing in the backup can be read without it."])


@command(app, "restore")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `db backup` wrote.", exists=True, dir_okay=False)],
) -> Answer:
    """Fill an empty database from a backup. The key file of its time must be in place."""
    from afsaet.municipality import Municipality
    from afsaet.settings import Settings
    from afsaet.store import restore as backups

    settings = Settings.load()
    zone = Municipality.load(settings.municipality_dir).zone
    url = settings.database_url.get_secret_value()
    manifest = backups.restore(file, url, settings.key_file, data_dir=settings.data_dir)
    made = manifest.made_at.astimezone(zone).isoformat(timespec="seconds")
    data = {"file": str(file), "made_at": made, "rows": {table.name: table.rows for table in manifest.tables}}
    return Answer(data, [f"The database is as it was at {made}.",
                         "Citizens who were erased after that are back: erase them again. "
                         "Messages that waited then will be sent by `afsaet run`."])
