"""What has happened to a citizen's row, without content: the kind and the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from afsaet.store.tables import events
from afsaet.store.tx import Tx

_NOTE = events.insert().inline()
_OF = select(events.c.kind, events.c.at).where(events.c.citizen_id == bindparam("citizen_id")).order_by(events.c.id)


@dataclass(frozen=True, slots=True)
class Event:
    kind: str
    at: datetime


def note(tx: Tx, citizen_id: str, kind: str, now: datetime) -> None:
    """Note that something of this kind happened. The kind is a word of the program's, never the citizen's."""
    tx.conn.execute(_NOTE, {"citizen_id": citizen_id, "kind": kind, "at": now})


def list_all(tx: Tx, citizen_id: str) -> list[Event]:
    """Everything noted about the citizen, the oldest first."""
    return [Event(row.kind, row.at) for row in tx.conn.execute(_OF, {"citizen_id": citizen_id})]
