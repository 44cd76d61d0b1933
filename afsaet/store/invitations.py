"""Invitations: a code that is shown once and kept only as a keyed hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import LargeBinary, bindparam, func, select

from afsaet.store.faults import UnknownCitizen
from afsaet.store.ids import random_id
from afsaet.store.tables import citizens, invitations
from afsaet.store.tx import Tx
from afsaet.store.utc_time import UtcTime

CODE_LENGTH = 12
Outcome = Literal["unknown", "used", "expired", "revoked", "open"]

_NOW = bindparam("now", type_=UtcTime)
_HASH = bindparam("hash", type_=LargeBinary)
_INVITED = citizens.update().where(citizens.c.id == bindparam("citizen")).values(invited_at=_NOW)
_REVOKE = (
    invitations.update()
    .where(
        invitations.c.citizen_id == bindparam("citizen"),
        invitations.c.used_at.is_(None),
        invitations.c.revoked_at.is_(None),
    )
    .values(revoked_at=_NOW)
)
_MAKE = invitations.insert()
_FIND = select(invitations).where(invitations.c.code_hash == _HASH)
_USE = (
    invitations.update()
    .where(
        invitations.c.code_hash == _HASH,
        invitations.c.used_at.is_(None),
        invitations.c.revoked_at.is_(None),
        invitations.c.expires_at > _NOW,
    )
    .values(used_at=_NOW)
    .returning(invitations.c.citizen_id)
)
_JOINED = (
    citizens.update()
    .where(citizens.c.id == bindparam("citizen"))
    .values(joined_at=func.coalesce(citizens.c.joined_at, _NOW))
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code leads to; citizen_id is None only when the code is unknown."""

    outcome: Outcome
    citizen_id: str | None = None
    expires_at: datetime | None = None


def make(tx: Tx, citizen_id: str, now: datetime, days: int) -> str:
    """A new code for the citizen, good for `days` days; older open ones are revoked. Raises UnknownCitizen."""
    if tx.conn.execute(_INVITED, {"citizen": citizen_id, "now": now}).rowcount == 0:
        raise UnknownCitizen(f"there is no citizen {citizen_id}")
    tx.conn.execute(_REVOKE, {"citizen": citizen_id, "now": now})
    code = random_id(CODE_LENGTH)
    tx.conn.execute(_MAKE, {
        "code_hash": _hash(tx, code), "citizen_id": citizen_id, "created_at": now,
        "expires_at": now + timedelta(days=days),
    })
    return code


def look_up(tx: Tx, code: str, now: datetime) -> Invitation:
    """What the code leads to now, however it was typed."""
    row = tx.conn.execute(_FIND, {"hash": _hash(tx, code)}).first()
    if row is None:
        return Invitation("unknown")
    outcome: Outcome = "open"
    if row.used_at is not None:
        outcome = "used"
    elif row.revoked_at is not None:
        outcome = "revoked"
    elif row.expires_at <= now:
        outcome = "expired"
    return Invitation(outcome, row.citizen_id, row.expires_at)


def use(tx: Tx, code: str, now: datetime) -> str | None:
    """Use the code up and note that the citizen has joined: their id, or None if it is no longer open."""
    citizen_id = tx.conn.execute(_USE, {"hash": _hash(tx, code), "now": now}).scalar()
    if citizen_id is not None:
        tx.conn.execute(_JOINED, {"citizen": citizen_id, "now": now})
    return citizen_id


def bare(code: str) -> str:
    """The code as it was made, however it was typed: capitals, spaces and hyphens do not matter."""
    return "".join(code.split()).replace("-", "").lower()


def _hash(tx: Tx, code: str) -> bytes:
    return tx.keys.lookup("invitation", bare(code))
