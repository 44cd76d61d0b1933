"""The name of a citizen who has deleted what they wrote.

It goes with the rest, unless it is all that tells whose something is that stays with the authority: what was sent, an
open task, a meeting that is still to be. Then it stays for as long as that does, sealed with the key of what was sent.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, exists, or_, select

from afsaet.store.sealing import place
from afsaet.store.tables import citizens, meetings, tasks, versions
from afsaet.store.tx import Tx, kept_name
from afsaet.store.utc_time import UtcTime

_WANTED = or_(
    exists().where(versions.c.citizen_id == citizens.c.id, versions.c.snapshot.is_not(None)),
    exists().where(tasks.c.citizen_id == citizens.c.id, tasks.c.done_at.is_(None)),
    exists().where(meetings.c.citizen_id == citizens.c.id, meetings.c.starts_at >= bindparam("now", type_=UtcTime)),
)
_ONLY_NAME = select(citizens.c.name).where(
    citizens.c.id == bindparam("citizen"), citizens.c.draft_key.is_not(None), citizens.c.reference.is_(None), _WANTED
)
_DROP = (
    citizens.update().where(citizens.c.draft_key.is_(None), citizens.c.name.is_not(None), ~_WANTED).values(name=None)
)


def that_stays(tx: Tx, citizen_id: str, now: datetime) -> bytes | None:
    """The name as it is to lie there once the draft key is gone; None where it goes too. The caller holds the lock."""
    name = tx.conn.execute(_ONLY_NAME, {"citizen": citizen_id, "now": now}).scalar()
    if name is None:
        return None
    boxes = tx.boxes_of(citizen_id)
    return boxes.sent.seal(boxes.draft.open(name, place("citizens", "name", citizen_id)), kept_name(citizen_id))


def drop(tx: Tx, now: datetime) -> int:
    """Take away the names that stayed for something that is gone by now; returns how many."""
    return tx.conn.execute(_DROP, {"now": now}).rowcount
