"""What citizens have set themselves to do. It is theirs: the key is that of their drafts, and nobody else sees it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, delete, select

from afsaet.meetings.mine import OwnTask
from afsaet.store.ids import random_id
from afsaet.store.sealing import Box, place
from afsaet.store.tables import own_tasks
from afsaet.store.tx import Tx

_ADD = own_tasks.insert().inline()
_ALL = (
    select(own_tasks)
    .where(own_tasks.c.citizen_id == bindparam("citizen_id"))
    .order_by(own_tasks.c.created_at, own_tasks.c.id)
)
_HERE = (own_tasks.c.id == bindparam("task_id")) & (own_tasks.c.citizen_id == bindparam("citizen"))
_CHANGE = own_tasks.update().where(_HERE).values(card=bindparam("sealed", type_=own_tasks.c.card.type))
_REMOVE = delete(own_tasks).where(_HERE)


def add(tx: Tx, citizen_id: str, text: str, on: date | None, now: datetime) -> OwnTask:
    """Keep a new task. Raises UnknownCitizen if the citizen has deleted what they wrote."""
    task = OwnTask(random_id(), text, on)
    sealed = _sealed(tx.boxes_of(citizen_id).draft, citizen_id, task)
    tx.conn.execute(_ADD, {"id": task.id, "citizen_id": citizen_id, "card": sealed, "created_at": now})
    return task


def list_of(tx: Tx, citizen_id: str) -> list[OwnTask]:
    """The citizen's tasks, done or not, in the order they were added."""
    return [_opened(tx.boxes_of(citizen_id).draft, citizen_id, row.id, row.card)
            for row in tx.conn.execute(_ALL, {"citizen_id": citizen_id}).all()]


def change(tx: Tx, citizen_id: str, task: OwnTask) -> bool:
    """Keep the task as it is now; False if the citizen has none with its id. Raises UnknownCitizen."""
    sealed = _sealed(tx.boxes_of(citizen_id).draft, citizen_id, task)
    return tx.conn.execute(_CHANGE, {"task_id": task.id, "citizen": citizen_id, "sealed": sealed}).rowcount == 1


def remove(tx: Tx, citizen_id: str, task_id: str) -> bool:
    """Take the task away; False if the citizen has none with that id."""
    return tx.conn.execute(_REMOVE, {"task_id": task_id, "citizen": citizen_id}).rowcount == 1


def _sealed(box: Box, citizen_id: str, task: OwnTask) -> bytes:
    card = {"text": task.text, "on": None if task.on is None else task.on.isoformat(), "done": task.done}
    return box.seal(card, _place(citizen_id, task.id))


def _opened(box: Box, citizen_id: str, task_id: str, sealed: bytes) -> OwnTask:
    card = box.open(sealed, _place(citizen_id, task_id))
    on = None if card["on"] is None else date.fromisoformat(card["on"])
    return OwnTask(task_id, card["text"], on, card["done"])


def _place(citizen_id: str, task_id: str) -> bytes:
    return place("own_tasks", "card", citizen_id, task_id)
