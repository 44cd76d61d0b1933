"""Caseworkers: who they are is sealed under a data key of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Row, bindparam, select

from afsaet.store.ids import random_id
from afsaet.store.sealing import place
from afsaet.store.tables import caseworkers
from afsaet.store.tx import Tx, per_dialect

_ADD = per_dialect(
    lambda insert: insert(caseworkers).on_conflict_do_nothing(index_elements=["email_hash"]).returning(caseworkers.c.id)
)
_ALL = select(caseworkers).order_by(caseworkers.c.created_at, caseworkers.c.id)
_BY_ID = select(caseworkers).where(caseworkers.c.id == bindparam("id"))
_BY_EMAIL = select(caseworkers).where(caseworkers.c.email_hash == bindparam("hash", type_=LargeBinary))


@dataclass(frozen=True, slots=True)
class Caseworker:
    """One caseworker. phone and hours are None when they are not given."""

    id: str
    email: str = field(repr=False)
    name: str = field(repr=False)
    phone: str | None = field(repr=False)
    hours: str | None = field(repr=False)


def add(
    tx: Tx, email: str, name: str, now: datetime, *, phone: str | None = None, hours: str | None = None,
) -> Caseworker | None:
    """A new caseworker, or None if that e-mail address (whatever its capitals) is already there."""
    caseworker = Caseworker(random_id(), email.strip(), name, phone, hours)
    data_key, box = tx.new_data_key(place("caseworkers", "data_key", caseworker.id))
    card = {"email": caseworker.email, "name": name, "phone": phone, "hours": hours}
    row = {
        "id": caseworker.id, "email_hash": _hash(tx, email), "data_key": data_key,
        "card": box.seal(card, place("caseworkers", "card", caseworker.id)), "created_at": now,
    }
    added = tx.conn.execute(_ADD[tx.dialect], row).first()
    return caseworker if added else None


def get(tx: Tx, caseworker_id: str) -> Caseworker | None:
    """The caseworker with that id, or None."""
    return _first(tx, tx.conn.execute(_BY_ID, {"id": caseworker_id}).all())


def find_by_email(tx: Tx, email: str) -> Caseworker | None:
    """The caseworker with that e-mail address, whatever its capitals, or None."""
    return _first(tx, tx.conn.execute(_BY_EMAIL, {"hash": _hash(tx, email)}).all())


def list_all(tx: Tx) -> list[Caseworker]:
    """Every caseworker, the oldest first."""
    return [_opened(tx, row) for row in tx.conn.execute(_ALL)]


def _hash(tx: Tx, email: str) -> bytes:
    return tx.keys.lookup("email", email.strip().casefold())


def _first(tx: Tx, rows: Sequence[Row[Any]]) -> Caseworker | None:
    return _opened(tx, rows[0]) if rows else None


def _opened(tx: Tx, row: Row[Any]) -> Caseworker:
    box = tx.keys.opened(row.data_key, place("caseworkers", "data_key", row.id))
    return Caseworker(row.id, **box.open(row.card, place("caseworkers", "card", row.id)))
