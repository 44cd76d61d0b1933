"""The two kinds of database engine, set up the way the store needs them, and their faults in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy import exc as sql

from afsaet.store.faults import DatabaseFault, RefusedStatement

_READS = "afsaet_reads"


def sqlite_engine(path: Path, wait: float) -> Engine:
    """SQLite with one connection, for which turns queue here and not in SQLite's busy handler (see `InTurn`).

    wait: seconds to wait for the connection, and for another process that writes.
    """
    def connect() -> sqlite3.Connection:
        conn = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY"):
            conn.execute(f"PRAGMA {pragma}").fetchall()
        return conn

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=1, max_overflow=0,
                           pool_timeout=wait, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def postgresql_engine(url: URL, wait: float) -> Engine:
    """PostgreSQL through psycopg with eight connections. wait: seconds to wait for one, and for a row lock."""
    asked = url.query.get("options", "")
    options = f"{asked if isinstance(asked, str) else ' '.join(asked)} -c lock_timeout={int(wait * 1000)}"
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_size=8, max_overflow=0, pool_timeout=wait,
                         pool_pre_ping=True, hide_parameters=True, isolation_level="READ COMMITTED",
                         use_native_hstore=False,
                         connect_args={"options": options, "connect_timeout": 10, "application_name": "afsaet"})


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read: all their statements see one moment."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_READS: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@contextmanager
def plain_faults(name: str) -> Iterator[None]:
    """Turn the driver's exceptions into one plain sentence. name: the database as messages may name it."""
    try:
        yield
    except sql.TimeoutError:
        raise DatabaseFault(f"The database {name} is busy: no connection came free in time. Try again.") from None
    except sql.DBAPIError as error:
        raise _plain(name, error) from None
    except sqlite3.Error as error:
        raise DatabaseFault(_sqlite_reason(error).format(name=name)) from None


def _begin(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN" if conn.get_execution_options().get(_READS) else "BEGIN IMMEDIATE")


def _plain(name: str, error: sql.DBAPIError) -> DatabaseFault | RefusedStatement:
    cause = error.orig
    passing = isinstance(error, sql.OperationalError | sql.InterfaceError) or error.connection_invalidated
    if isinstance(cause, sqlite3.Error):
        # SQLITE_ERROR is a statement SQLite does not understand, though the driver calls it operational.
        if (passing or type(cause) is sqlite3.DatabaseError) and _sqlite_code(cause) != sqlite3.SQLITE_ERROR:
            return DatabaseFault(_sqlite_reason(cause).format(name=name))
    elif passing:
        state = getattr(cause, "sqlstate", None)
        return DatabaseFault(_postgresql_reason(str(cause).lower(), state).format(name=name))
    elif (state := getattr(cause, "sqlstate", None)) in _NOT_ALLOWED:
        return DatabaseFault(_NOT_ALLOWED[state].format(name=name))
    return RefusedStatement(f"The database refused a statement ({type(cause).__name__}): {error.statement}")


def _sqlite_code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def _sqlite_reason(error: sqlite3.Error) -> str:
    return _SQLITE.get(_sqlite_code(error), _UNUSABLE)


def _postgresql_reason(text: str, state: str | None) -> str:
    if state is None and ("authentication failed" in text or "no password supplied" in text):
        return ("The PostgreSQL server refused the sign-in to {name}. Check the user and the password in "
                "AFSAET_DATABASE_URL.")
    if state is None and "does not exist" in text:
        return ("The PostgreSQL server has no such database or user: {name}. Create it, or correct "
                "AFSAET_DATABASE_URL.")
    if state is None or state.startswith(("08", "57P")):
        return ("The PostgreSQL server for {name} cannot be reached. Check that it runs, and the address in "
                "AFSAET_DATABASE_URL.")
    if state in {"40001", "40P01", "55P03"}:
        return "The database {name} is busy: another transaction held what was needed. Try again."
    if state.startswith("53"):
        return "The PostgreSQL server for {name} has run out of disk, memory or connections."
    return _UNUSABLE


_NOT_ALLOWED = {
    "42501": "The PostgreSQL user of AFSAET_DATABASE_URL may not make or use the tables in {name}. Make that user the "
             "owner of the database.",
    "25006": "The database {name} takes no changes: it is a copy that only follows another. Name the one that is "
             "followed in AFSAET_DATABASE_URL.",
}
_UNUSABLE = "The database {name} cannot be used just now. Try again, and run `afsaet doctor` if it goes on."
_SQLITE = {
    sqlite3.SQLITE_BUSY: "The database {name} is locked by another program. Close it there, or wait and try again.",
    sqlite3.SQLITE_LOCKED: "The database {name} is locked by another program. Close it there, or wait and try again.",
    sqlite3.SQLITE_NOTADB: "{name} is not a database file. Check AFSAET_DATABASE_URL, or restore a backup.",
    sqlite3.SQLITE_CORRUPT: "The database {name} is damaged. Stop the service and restore a backup.",
    sqlite3.SQLITE_CANTOPEN: "The database {name} cannot be opened. Check that it is a file in a folder that this "
                             "user may read and write.",
    sqlite3.SQLITE_PERM: "This user may not read the database {name}. Check its owner and mode.",
    sqlite3.SQLITE_AUTH: "This user may not read the database {name}. Check its owner and mode.",
    sqlite3.SQLITE_READONLY: "The database {name} cannot be written. Check the owner and mode of the file and "
                             "its folder.",
    sqlite3.SQLITE_FULL: "The disk that holds the database {name} is full. Make room and try again.",
    sqlite3.SQLITE_IOERR: "The disk that holds the database {name} is full, or fails to read or write.",
}
