"""What a citizen has said yes or no to, and to which wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, select

from afsaet.store.tables import consents
from afsaet.store.tx import Tx

Said = Literal["yes", "no"]

_ADD = consents.insert().inline()
_ALL = select(consents).where(consents.c.citizen_id == bindparam("citizen_id")).order_by(consents.c.id)


@dataclass(frozen=True, slots=True)
class Consent:
    """revision: the wording that was shown."""

    said: Said
    revision: str
    at: datetime


def add(tx: Tx, citizen_id: str, said: Said, revision: str, now: datetime) -> None:
    """Note what the citizen said to the wording with that revision."""
    tx.conn.execute(_ADD, {"citizen_id": citizen_id, "said": said, "revision": revision, "at": now})


def list_all(tx: Tx, citizen_id: str) -> list[Consent]:
    """Everything the citizen has said, the oldest first; the last one holds."""
    rows = tx.conn.execute(_ALL, {"citizen_id": citizen_id})
    return [Consent(row.said, row.revision, row.at) for row in rows]
