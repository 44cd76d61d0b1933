"""What is kept no longer: drafts nobody touches, and versions that have been filed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from afsaet.store.tables import answers, conversations, versions
from afsaet.store.tx import Tx
from afsaet.store.utc_time import UtcTime

_BEFORE = bindparam("before", type_=UtcTime)
_HALF_WAY = (
    select(answers.c.citizen_id).where(answers.c.dialogue.in_(bindparam("these", expanding=True))).distinct()
)
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
_AWAY = (
    select(conversations.c.citizen_id, conversations.c.touched_at)
    .where(conversations.c.touched_at > bindparam("since", type_=UtcTime), conversations.c.touched_at <= _BEFORE)
    .order_by(conversations.c.touched_at)
    .limit(bindparam("most"))
)
_TOUCHED = select(conversations.c.touched_at).where(conversations.c.citizen_id == bindparam("citizen"))
_DROP_FILED = (
    versions.update().where(versions.c.filed_at <= _BEFORE, versions.c.snapshot.is_not(None)).values(snapshot=None)
)


def away(tx: Tx, since: datetime, before: datetime, most: int) -> list[tuple[str, datetime]]:
    """Citizens who were last here after one moment and not after the other, and when; the longest away first."""
    rows = tx.conn.execute(_AWAY, {"since": since, "before": before, "most": most})
    return [(row.citizen_id, row.touched_at) for row in rows]


def touched_at(tx: Tx, citizen_id: str) -> datetime | None:
    """When the citizen was last here; None where no conversation is kept."""
    return tx.conn.execute(_TOUCHED, {"citizen": citizen_id}).scalar()


def half_way(tx: Tx, dialogues: Collection[str]) -> Sequence[str]:
    """Citizens who have answered something in one of these dialogues. Every answer is looked through for it, which is
    seldom wanted and would be dearer to keep an index for."""
    rows = tx.conn.execute(_HALF_WAY, {"these": list(dialogues)})
    return rows.scalars().all()


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
