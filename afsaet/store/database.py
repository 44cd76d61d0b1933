"""The database: opened and checked once, then used through `write()` and `read()`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Engine, false

from afsaet.store.address import Place
from afsaet.store.engines import plain_faults, reading
from afsaet.store.in_turn import InTurn
from afsaet.store.keys import Keys
from afsaet.store.opening import opened
from afsaet.store.outgoing import Outgoing
from afsaet.store.scrubbing import scrubbed
from afsaet.store.tables import meta
from afsaet.store.tx import Tx


class Database:
    """One open database. Safe to share between threads; `close()` it at the end.

    path: the SQLite file, or None for PostgreSQL. name: what messages may call it. laid: called in the thread that
    has committed, with what it put into the outbox and may go at once, so that nobody need look there.
    """

    def __init__(self, where: Place, engine: Engine, keys: Keys) -> None:
        self.place = where
        self.path = where.path
        self.name = where.name
        self.keys = keys
        self._write = engine
        self._read = reading(engine)
        # PostgreSQL has a connection for each that is at work.
        self._turn = InTurn(where.wait, where.name).turn if where.path is not None else nullcontext
        self.laid: Callable[[Sequence[Outgoing]], None] = _untold

    @classmethod
    def open(
        cls, url: str, key_file: Path, *, data_dir: Path,
        create_key: bool = False, upgrade: bool = False, wait: float = 30.0,
    ) -> Database:
        """Open the database at `url` (`sqlite:///file` or `postgresql://…`) with the keys in `key_file`.

        An empty SQLite place is filled: data folder (0700), key file and database (0600). An older SQLite
        database is upgraded after a copy into `data_dir`/backups. PostgreSQL is set up or upgraded only
        with `upgrade`, and gets a key file made only with `create_key`. wait: seconds to wait for a
        connection or a lock. Raises DatabaseFault or KeyFault; what is there is then left as it was.
        """
        where = Place.of(url, data_dir, wait)
        engine, keys = opened(where, key_file, create_key=create_key, upgrade=upgrade)
        return cls(where, engine, keys)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that writes; committed at the end, rolled back if anything is raised inside.

        On SQLite every transaction of this process uses the same connection, so one inside another in
        the same thread waits for itself. Raises DatabaseFault when nothing was kept and it may be tried
        again, RefusedStatement for a mistake in the program.
        """
        with plain_faults(self.name), self._turn(), self._write.begin() as conn:
            tx = Tx(conn, self.keys)
            yield tx
        if tx.laid:
            self.laid(tx.laid)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that only reads, and sees one moment of the database throughout."""
        with plain_faults(self.name), self._turn(), self._read.begin() as conn:
            yield Tx(conn, self.keys)

    def check_writable(self) -> None:
        """Try whether the database takes changes, and change nothing. Raises DatabaseFault that says why not."""
        with self.write() as tx:
            tx.conn.execute(meta.update().where(false()).values(value=meta.c.value))

    def scrub(self) -> tuple[str, ...]:
        """After an erasure has been committed: remove what the database keeps of it outside its tables.

        Call it outside any transaction. It takes about a second for 100 MB, and turns wait meanwhile.
        Returns a sentence for each place that cannot be reached from here.
        """
        kept = [
            f"Backups made before now, in {self.place.data_dir / 'backups'} and elsewhere, hold what they held.",
            "Snapshots and spare blocks of the file system or the disk are not reached.",
        ]
        if self.path is None:
            kept.append("PostgreSQL keeps deleted rows until VACUUM, and in its write-ahead log, archives "
                        "and replicas.")
        elif not self._scrubbed():
            kept.insert(0, f"{self.path.name} and its write-ahead log could not be cleaned now, since another program "
                           "uses the database; the next erasure does it.")
        return tuple(kept)

    def close(self) -> None:
        """Close every connection."""
        self._write.dispose()

    def _scrubbed(self) -> bool:
        with plain_faults(self.name), self._turn(), self._read.connect() as conn:
            driver = conn.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            return scrubbed(driver, self.place.wait)


def _untold(rows: Sequence[Outgoing]) -> None:
    """Nobody wants to know."""
