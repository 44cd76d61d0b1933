"""E-mails without content to caseworkers ("there is something new"): at most one waiting for each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from afsaet.store.tables import notices
from afsaet.store.tx import Tx, per_dialect
from afsaet.store.utc_time import UtcTime

_PUT = per_dialect(lambda insert: insert(notices).on_conflict_do_nothing(index_elements=["caseworker_id"]))
_DUE = (
    select(notices)
    .where(notices.c.not_before <= bindparam("now", type_=UtcTime),
           notices.c.id.not_in(bindparam("exclude", expanding=True)))
    .order_by(notices.c.not_before)
    .limit(bindparam("most"))
)
_DONE = delete(notices).where(notices.c.id == bindparam("notice_id"))
_POSTPONE = (
    notices.update()
    .where(notices.c.id == bindparam("notice_id"))
    .values(not_before=bindparam("until", type_=UtcTime), attempts=notices.c.attempts + 1)
)


@dataclass(frozen=True, slots=True)
class Notice:
    """attempts: how many times sending it has failed."""

    id: int
    caseworker_id: str
    created_at: datetime
    attempts: int


def put(tx: Tx, caseworker_id: str, now: datetime, *, not_before: datetime | None = None) -> None:
    """Let the caseworker be told that there is something new, unless a notice waits for them already."""
    row = {"caseworker_id": caseworker_id, "created_at": now, "not_before": not_before or now, "attempts": 0}
    tx.conn.execute(_PUT[tx.dialect], row)


def due(tx: Tx, now: datetime, limit: int, exclude: Collection[int] = ()) -> list[Notice]:
    """At most `limit` notices whose time has come, but for the ids in `exclude` (those on their way)."""
    rows = tx.conn.execute(_DUE, {"now": now, "most": limit, "exclude": list(exclude)})
    return [Notice(row.id, row.caseworker_id, row.created_at, row.attempts) for row in rows]


def done(tx: Tx, notice_id: int) -> None:
    """The notice has been sent, or will never be: forget it."""
    tx.conn.execute(_DONE, {"notice_id": notice_id})


def postpone(tx: Tx, notice_id: int, until: datetime) -> None:
    """Sending it failed: try again at `until`."""
    tx.conn.execute(_POSTPONE, {"notice_id": notice_id, "until": until})
