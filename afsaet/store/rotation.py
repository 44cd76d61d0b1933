"""A new master key, while other processes go on working.

1. The new master key is written into the key file, first; the older ones stay in it.
2. The check value is sealed under it. From then on every new data key is wrapped under it, since whoever
   makes a data key reads there which master key is in force (see `Tx.new_data_key`).
3. Every data key is wrapped anew, some at a time, each only if it is still the one that was read.
4. When none is left under an older master key, the older ones leave the file.

If it stops half way, everything still opens, and the next rotation finishes the work. Until then data keys lie
under several master keys, and no copy of the key file need hold them all: no backup is made meanwhile.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, and_, bindparam, func, select

from afsaet.store import keyfile
from afsaet.store.database import Database
from afsaet.store.faults import KeyFault
from afsaet.store.keyfile import KEY_ID_BYTES, KeyFile
from afsaet.store.sealing import place
from afsaet.store.tables import caseworkers, citizens, meta, outbox
from afsaet.store.tx import Tx

BATCH = 50
_CHECK = meta.update().where(meta.c.name == "check").values(value=bindparam("new", type_=LargeBinary))
_CHECKED_BY = select(meta.c.value).where(meta.c.name == "check")
_WRAPPED: tuple[tuple[Table, str, str], ...] = (  # table, column of the wrapped key, column it is sealed for
    (citizens, "draft_key", "id"),
    (citizens, "sent_key", "id"),
    (caseworkers, "data_key", "id"),
    (outbox, "own_key", "mark"),
)


def rotate(db: Database) -> int:
    """Make a new master key, wrap every data key under it, and drop the older master keys from the file.

    Returns how many data keys were wrapped anew. Afterwards a backup made before needs the key file of
    its own time. Raises KeyFault if the file cannot be written or another rotation is under way.
    """
    with _alone(db.keys.path):
        keyfile.drop_drafts(db.keys.path)
        before = keyfile.read(db.keys.path)
        new = keyfile.new_master()
        keyfile.replace(db.keys.path, KeyFile({**new, **before.masters}, before.lookup))
        db.keys.reload()
        master = next(iter(new))
        with db.write() as tx:
            tx.conn.execute(_CHECK, {"new": tx.keys.check_value(master)})
        count = 0
        for table, column, row in _WRAPPED:
            count += _rewrap(db, table.c[column], table.c[row], master)
        keyfile.replace(db.keys.path, KeyFile(new, before.lookup))
        return count


def under_way(tx: Tx) -> bool:
    """Whether a rotation has begun and not ended: what is wrapped lies under more than one master key."""
    found = {tx.conn.execute(_CHECKED_BY).scalar_one()[:KEY_ID_BYTES]}
    for table, column, _row in _WRAPPED:
        wrapped = table.c[column]
        found.update(tx.conn.execute(
            select(func.substr(wrapped, 1, KEY_ID_BYTES, type_=LargeBinary)).where(wrapped.is_not(None)).distinct()
        ).scalars())
    return len(found) > 1


def _rewrap(db: Database, wrapped: Column[Any], row: Column[Any], master: bytes) -> int:
    table = wrapped.table
    assert isinstance(table, Table)
    old = and_(wrapped.is_not(None), func.substr(wrapped, 1, KEY_ID_BYTES) != bindparam("master", type_=LargeBinary))
    some = select(row, wrapped).where(old).limit(BATCH)
    change = (
        table.update()
        .where(row == bindparam("here"), wrapped == bindparam("read", type_=LargeBinary))
        .values({wrapped.name: bindparam("new", type_=LargeBinary)})
    )
    count = 0
    while True:
        with db.write() as tx:
            found = tx.conn.execute(some, {"master": master}).all()
            for name, key in found:
                text = name.hex() if isinstance(name, bytes) else name
                new = tx.keys.rewrapped(key, master, place(table.name, wrapped.name, text))
                count += tx.conn.execute(change, {"here": name, "read": key, "new": new}).rowcount
        if not found:
            return count


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """The only rotation of this key file; its folder is what is locked, since the file itself is replaced."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KeyFault(f"The master key in {path} is being changed already. Wait until that has ended.") from None
        yield
    finally:
        os.close(folder)
