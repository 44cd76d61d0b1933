"""Which of a channel's updates have been dealt with, so that none is dealt with twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from afsaet.store.tables import updates
from afsaet.store.tx import Tx, per_dialect
from afsaet.store.utc_time import UtcTime

_KEY = ["bot_id", "update_id"]
_TAKE = per_dialect(
    lambda insert: insert(updates).inline().on_conflict_do_nothing(index_elements=_KEY)
    .execution_options(preserve_rowcount=True)
)


def _set_aside(insert: Any) -> Any:
    new = insert(updates).inline()
    errors = {name: new.excluded[name] for name in ("set_aside_kind", "set_aside_error")}
    return new.on_conflict_do_update(index_elements=_KEY, set_=errors)


_SET_ASIDE = per_dialect(_set_aside)
_PURGE = delete(updates).where(updates.c.at < bindparam("before", type_=UtcTime))
_ALL_SET_ASIDE = select(updates).where(updates.c.set_aside_kind.is_not(None)).order_by(updates.c.at)


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that could not be dealt with. kind: what sort it is; error: the exception's class."""

    bot_id: int
    update_id: int
    at: datetime
    kind: str
    error: str


def take(tx: Tx, bot_id: int, update_id: int, now: datetime) -> bool:
    """Whether this update is ours to deal with in this transaction; False if it has been dealt with."""
    row = {"bot_id": bot_id, "update_id": update_id, "at": now}
    return tx.conn.execute(_TAKE[tx.dialect], row).rowcount == 1


def set_aside(tx: Tx, bot_id: int, update_id: int, now: datetime, *, kind: str, error: str) -> None:
    """Note, after its own transaction failed, that this update is left alone; never what stood in it."""
    row = {"bot_id": bot_id, "update_id": update_id, "at": now, "set_aside_kind": kind, "set_aside_error": error}
    tx.conn.execute(_SET_ASIDE[tx.dialect], row)


def list_set_aside(tx: Tx) -> list[SetAside]:
    """Every update set aside that is still remembered, the oldest first."""
    return [
        SetAside(row.bot_id, row.update_id, row.at, row.set_aside_kind, row.set_aside_error)
        for row in tx.conn.execute(_ALL_SET_ASIDE)
    ]


def purge(tx: Tx, before: datetime) -> int:
    """Stop remembering updates from before that moment; returns how many."""
    return tx.conn.execute(_PURGE, {"before": before}).rowcount
