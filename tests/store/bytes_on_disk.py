"""Every byte a database keeps: what somebody who steals the disk would have."""

from __future__ import annotations

from pathlib import Path

from afsaet.store.database import Database


def everywhere(database: Database) -> bytes:
    """SQLite's file, write-ahead log and index; or all of PostgreSQL's data folder, its log included."""
    if database.path is not None:
        return b"".join(path.read_bytes() for path in sorted(database.path.parent.glob(f"{database.path.name}*")))
    with database.read() as tx:
        folder = Path(tx.conn.exec_driver_sql("SHOW data_directory").scalar_one())
        base = tx.conn.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar_one()
    files = [*(folder / "base" / str(base)).iterdir(), *(folder / "pg_wal").iterdir()]
    return b"".join(path.read_bytes() for path in sorted(files) if path.is_file())
