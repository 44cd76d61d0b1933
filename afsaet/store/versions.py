"""Sent versions: numbered snapshots that are never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from afsaet.store.sealing import place
from afsaet.store.tables import citizens, versions
from afsaet.store.tx import Tx
from afsaet.store.utc_time import UtcTime

_OF = versions.c.citizen_id == bindparam("citizen_id")
_OF_DIALOGUE = _OF & (versions.c.dialogue == bindparam("dialogue"))
_COUNT = select(func.coalesce(func.max(versions.c.number), 0)).where(_OF_DIALOGUE)
_ADD = versions.insert().inline()
_LATEST = select(versions).where(_OF_DIALOGUE).order_by(versions.c.number.desc()).limit(1)
_GET = select(versions).where(_OF_DIALOGUE, versions.c.number == bindparam("number"))
_ALL = select(versions).where(_OF).order_by(versions.c.id)
_OF_DIALOGUES = (
    select(versions)
    .where(versions.c.dialogue.in_(bindparam("dialogues", expanding=True)))
    .order_by(versions.c.id)
)
_OF_CASEWORKER = versions.c.citizen_id.in_(
    select(citizens.c.id).where(citizens.c.caseworker_id == bindparam("caseworker_id"))
)
_FILE = (
    versions.update()
    .where(
        versions.c.citizen_id == bindparam("citizen"),
        versions.c.dialogue == bindparam("of_dialogue"),
        versions.c.number == bindparam("with_number"),
        versions.c.filed_at.is_(None),
    )
    .values(filed_at=bindparam("now", type_=UtcTime))
)


@dataclass(frozen=True, slots=True)
class Version:
    """One sent version. filed_at: when the caseworker marked it as put on the case, if they have. snapshot: None
    once that is so long ago that it is kept there only."""

    dialogue: str
    number: int
    snapshot: Mapping[str, Any] | None = field(repr=False)
    sent_at: datetime
    filed_at: datetime | None

    @property
    def content(self) -> Mapping[str, Any]:
        """The snapshot of a version that is known to be kept here."""
        assert self.snapshot is not None
        return self.snapshot


def add(tx: Tx, citizen_id: str, dialogue: str, snapshot: Mapping[str, Any], now: datetime) -> int:
    """Keep what the citizen sent as the next version, and return its number (1 is the first).

    The caller holds the citizen's lock. Raises UnknownCitizen.
    """
    box = tx.boxes_of(citizen_id).sent
    number = int(tx.conn.execute(_COUNT, {"citizen_id": citizen_id, "dialogue": dialogue}).scalar_one()) + 1
    where = place("versions", "snapshot", citizen_id, dialogue, number)
    tx.conn.execute(_ADD, {
        "citizen_id": citizen_id, "dialogue": dialogue, "number": number,
        "snapshot": box.seal(dict(snapshot), where), "sent_at": now,
    })
    return number


def latest(tx: Tx, citizen_id: str, dialogue: str) -> Version | None:
    """The version sent last, or None if nothing has been sent."""
    row = tx.conn.execute(_LATEST, {"citizen_id": citizen_id, "dialogue": dialogue}).first()
    return None if row is None else _opened(tx, row)


def get(tx: Tx, citizen_id: str, dialogue: str, number: int) -> Version | None:
    """The version with that number, or None."""
    row = tx.conn.execute(_GET, {"citizen_id": citizen_id, "dialogue": dialogue, "number": number}).first()
    return None if row is None else _opened(tx, row)


def list_all(tx: Tx, citizen_id: str) -> list[Version]:
    """Every version the citizen has sent, of every dialogue, in the order they were sent."""
    return [_opened(tx, row) for row in tx.conn.execute(_ALL, {"citizen_id": citizen_id})]


def by_citizen(
    tx: Tx, dialogues: Collection[str], caseworker_id: str | None = None
) -> dict[str, list[Version]]:
    """Every version of these dialogues, or those of one caseworker's citizens, by the citizen's id and in the order
    they were sent."""
    statement = _OF_DIALOGUES
    values: dict[str, Any] = {"dialogues": list(dialogues)}
    if caseworker_id is not None:
        statement, values = statement.where(_OF_CASEWORKER), {**values, "caseworker_id": caseworker_id}
    found: dict[str, list[Version]] = {}
    for row in tx.conn.execute(statement, values):
        found.setdefault(row.citizen_id, []).append(_opened(tx, row))
    return found


def mark_filed(tx: Tx, citizen_id: str, dialogue: str, number: int, now: datetime) -> bool:
    """Note that the version is on the case; False if there is none such or it was noted before."""
    row = {"citizen": citizen_id, "of_dialogue": dialogue, "with_number": number, "now": now}
    return tx.conn.execute(_FILE, row).rowcount == 1


def _opened(tx: Tx, row: Row[Any]) -> Version:
    where = place("versions", "snapshot", row.citizen_id, row.dialogue, row.number)
    kept = row.snapshot is not None
    snapshot = tx.boxes_of(row.citizen_id).sent.open(row.snapshot, where) if kept else None
    return Version(row.dialogue, row.number, snapshot, row.sent_at, row.filed_at)
