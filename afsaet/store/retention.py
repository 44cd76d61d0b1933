"""What is kept no longer: drafts nobody touches, and versions that have been filed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from afsaet.store.tables import UtcTime, conversations, versions
from afsaet.store.tx import Tx

_BEFORE = bindparam("before", type_=UtcTime)
_UNTOUCHED = (
    select(conversations.c.citizen_id).where(conversations.c.touched_at <= _BEFORE).limit(bindparam("most"))
)
_UNWARNED = _UNTOUCHED.where(conversations.c.warned_at.is_(None))
_WARNED = _UNTOUCHED.where(conversations.c.warned_at <= bindparam("warned_before", type_=UtcTime))
_WARN = (
    conversations.update()
    .where(conversations.c.citizen_id == bindparam("citizen"), conversations.c.warned_at.is_(None))
    .values(warned_at=bindparam("now", type_=UtcTime))
)
_STILL = select(conversations.c.citizen_id).where(
    conversations.c.citizen_id == bindparam("citizen"), conversations.c.touched_at <= _BEFORE
)
_DROP_FILED = (
    versions.update().where(versions.c.filed_at <= _BEFORE, versions.c.snapshot.is_not(None)).values(snapshot=None)
)


def unwarned(tx: Tx, before: datetime, most: int) -> Sequence[str]:
    """Citizens who were last here before that moment and have not been told that their draft will go."""
    return tx.conn.execute(_UNWARNED, {"before": before, "most": most}).scalars().all()


def warned(tx: Tx, before: datetime, warned_before: datetime, most: int) -> Sequence[str]:
    """Citizens who were last here before that moment, and were told before the other."""
    row = {"before": before, "warned_before": warned_before, "most": most}
    return tx.conn.execute(_WARNED, row).scalars().all()


def note_warned(tx: Tx, citizen_id: str, now: datetime) -> bool:
    """Note that the citizen is told now; False where that was done already, or there is no draft."""
    return tx.conn.execute(_WARN, {"citizen": citizen_id, "now": now}).rowcount == 1


def still_untouched(tx: Tx, citizen_id: str, before: datetime) -> bool:
    """Whether the citizen has still not been here since; asked under their lock."""
    return tx.conn.execute(_STILL, {"citizen": citizen_id, "before": before}).first() is not None


def drop_filed(tx: Tx, before: datetime) -> int:
    """Empty the versions that were filed before that moment, which keep their numbers; returns how many."""
    return tx.conn.execute(_DROP_FILED, {"before": before}).rowcount
