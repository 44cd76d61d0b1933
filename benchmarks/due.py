"""Finding the timers that are due among a million, beside ten thousand."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import bindparam, text

from afsaet import clock
from afsaet.assistant.unasked.firing import BATCH
from afsaet.municipality import Municipality
from afsaet.store import caseworkers, citizens, timers
from afsaet.store.database import Database
from afsaet.store.utc_time import UtcTime
from benchmarks.people import opened
from benchmarks.table import Line, show

MANY, FEW = 1_000_000, 10_000
TIMES = 300
# Of every ten one waits for a later day, and the rest is done with; as many as are looked for are due.
ROWS = text("""
    INSERT INTO timers (citizen_id, sort, subject, "offset", version, due_at, state)
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many)
    SELECT :citizen, 'reminder', 'm' || n, 1, 0, CASE WHEN n % 10 = 0 THEN :later ELSE :earlier END,
           CASE WHEN n % 10 = 0 OR n % 10 = 1 AND n <= 10 * :due THEN 'planned' ELSE 'sent' END
    FROM numbers
""").bindparams(bindparam("later", type_=UtcTime), bindparam("earlier", type_=UtcTime))


def filled(data_dir: Path, number: int) -> Database:
    """A database with so many timers."""
    database, now = opened(data_dir), clock.now()
    with database.write() as tx:
        caseworker = caseworkers.add(tx, "bent@example.org", "Bent Krogh", now)
        citizen = citizens.add(tx, caseworker.id, "Kirsten Hansen", now, profile=Municipality().profile)
        tx.conn.execute(ROWS, {"many": number, "citizen": citizen.id, "due": BATCH, "later": now + timedelta(days=9),
                               "earlier": now - timedelta(hours=1)})
    return database


def seconds(database: Database) -> float:
    """One look for what is due."""
    began = time.perf_counter()
    with database.read() as tx:
        found = timers.due(tx, clock.now(), BATCH)
    assert len(found) == BATCH
    return time.perf_counter() - began


def measure() -> Iterator[Line]:
    """Medians of looks taken in turn, in milliseconds."""
    with tempfile.TemporaryDirectory() as many, tempfile.TemporaryDirectory() as few:
        databases = [filled(Path(folder) / "data", number) for folder, number in ((many, MANY), (few, FEW))]
        pairs = [[seconds(database) for database in databases] for _time in range(TIMES)]
        for database in databases:
            database.close()
    large, small = (1000 * median(each) for each in zip(*pairs, strict=True))
    yield Line(f"finding {BATCH} due among {MANY:,} timers", large, small, "ms", f"among {FEW:,}", "≤ 2 ×")


if __name__ == "__main__":
    show(measure())
