"""One poller at a time: a lock that ends with the process that holds it."""

from __future__ import annotations

import fcntl
import os
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from afsaet.store.database import Database
from afsaet.store.engines import plain_faults
from afsaet.store.faults import DatabaseFault

_LOCK = 0x61667371  # any number that is ours alone


class Leadership:
    """Held until `release()`, the end of a `with`, or the end of the process."""

    def __init__(self, *, file: int | None = None, conn: Connection | None = None) -> None:
        self._file, self._conn = file, conn

    def held(self) -> bool:
        """Whether it is still ours. On PostgreSQL it is lost with its connection: ask now and then."""
        if self._conn is not None:
            try:
                self._conn.execute(text("SELECT 1"))
            except DBAPIError:
                # The next statement would connect anew, without the lock.
                self.release()
        return self._file is not None or self._conn is not None

    def release(self) -> None:
        """Let another process take it."""
        if self._file is not None:
            os.close(self._file)
        if self._conn is not None:
            self._conn.close()
            self._conn.engine.dispose()
        self._file = self._conn = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.release()


def hold(db: Database) -> Leadership | None:
    """The leadership among the processes that use this database, or None if another one has it.

    A locked file beside the SQLite file, or an advisory lock on a PostgreSQL connection of its own.
    """
    return _hold_file(db) if db.path is not None else _hold_connection(db)


def _hold_file(db: Database) -> Leadership | None:
    assert db.path is not None
    path = db.path.with_name(f"{db.path.name}.poller")
    try:
        file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise DatabaseFault(f"{path} cannot be opened ({error.strerror}). Check the folder's owner and mode.") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return Leadership(file=file)


def _hold_connection(db: Database) -> Leadership | None:
    engine = db.place.engine().execution_options(isolation_level="AUTOCOMMIT")
    with plain_faults(db.name):
        conn = engine.connect()
        leadership = Leadership(conn=conn)
        if conn.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}).scalar():
            return leadership
        leadership.release()
    return None
