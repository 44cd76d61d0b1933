"""Which revision a database is at, and bringing it to this program's own."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, inspect, text

SCRIPTS = Path(__file__).with_name("migrations")
VERSION_TABLE = "afsaet_schema"
State = Literal["empty", "current", "older", "newer", "foreign"]


def revisions() -> list[str]:
    """The revisions this program knows, oldest first: the beginnings of the migrations' file names."""
    return sorted(path.name.split("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def revision(conn: Connection) -> str | None:
    """The revision the database says it is at, or None if it has never been ours."""
    if not inspect(conn).has_table(VERSION_TABLE):
        return None
    return conn.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - a constant


def state(conn: Connection) -> State:
    """How the database stands to this program; "foreign" means that it holds somebody else's tables."""
    found = revision(conn)
    if found is None:
        return "foreign" if inspect(conn).get_table_names() else "empty"
    known = revisions()
    if found not in known:
        return "newer"
    return "current" if found == known[-1] else "older"


def upgrade(conn: Connection, to: str = "head") -> None:
    """Run the migrations up to `to` inside the transaction that `conn` has open."""
    # Alembic takes a fifth of a second to import, and is wanted only when there is something to upgrade.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, to)
