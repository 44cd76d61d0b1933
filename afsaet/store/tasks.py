"""What waits for a caseworker: at most one open task of a kind for each citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from afsaet.store.tables import citizens, tasks
from afsaet.store.tx import Tx, per_dialect
from afsaet.store.utc_time import UtcTime

_ADD = per_dialect(lambda insert: insert(tasks).on_conflict_do_nothing().returning(tasks.c.id))
_OPEN = select(tasks).where(tasks.c.done_at.is_(None)).order_by(tasks.c.id)
_OF_CASEWORKER = _OPEN.join(citizens).where(citizens.c.caseworker_id == bindparam("caseworker_id"))
_OF_CITIZEN = _OPEN.where(tasks.c.citizen_id == bindparam("citizen_id"))
_DONE = (
    tasks.update()
    .where(tasks.c.id == bindparam("task_id"), tasks.c.done_at.is_(None))
    .values(done_at=bindparam("now", type_=UtcTime))
)

_CLOSE = (
    tasks.update()
    .where(tasks.c.citizen_id == bindparam("citizen"), tasks.c.kind == bindparam("of_kind"), tasks.c.done_at.is_(None))
    .values(done_at=bindparam("now", type_=UtcTime))
)


@dataclass(frozen=True, slots=True)
class Task:
    """kind: plan_sent, contact_wished, unreachable, cannot_come, …: a word of the program's."""

    id: int
    citizen_id: str
    kind: str
    created_at: datetime


def add(tx: Tx, citizen_id: str, kind: str, now: datetime) -> int | None:
    """A new task's id, or None if one of that kind waits for this citizen already."""
    row = {"citizen_id": citizen_id, "kind": kind, "created_at": now}
    task_id: int | None = tx.conn.execute(_ADD[tx.dialect], row).scalar()
    return task_id


def done(tx: Tx, task_id: int, now: datetime) -> bool:
    """Note the task as done; False if there is none such or it was done before."""
    return tx.conn.execute(_DONE, {"task_id": task_id, "now": now}).rowcount == 1


def close(tx: Tx, citizen_id: str, kind: str, now: datetime) -> None:
    """Note the citizen's open task of this kind as done, if there is one: what it was about is over."""
    tx.conn.execute(_CLOSE, {"citizen": citizen_id, "of_kind": kind, "now": now})


def list_open(tx: Tx, *, caseworker_id: str | None = None) -> list[Task]:
    """The open tasks, or those that wait for one caseworker, the oldest first."""
    if caseworker_id is None:
        rows = tx.conn.execute(_OPEN)
    else:
        rows = tx.conn.execute(_OF_CASEWORKER, {"caseworker_id": caseworker_id})
    return [Task(row.id, row.citizen_id, row.kind, row.created_at) for row in rows]


def list_of(tx: Tx, citizen_id: str) -> list[Task]:
    """The open tasks that concern one citizen, the oldest first."""
    rows = tx.conn.execute(_OF_CITIZEN, {"citizen_id": citizen_id})
    return [Task(row.id, row.citizen_id, row.kind, row.created_at) for row in rows]
