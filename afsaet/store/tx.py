"""One transaction, and the data keys of those it concerns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Executable, LargeBinary, bindparam, select

from afsaet.store.faults import DatabaseFault, UnknownCitizen
from afsaet.store.keyfile import KEY_ID_BYTES
from afsaet.store.keys import Keys
from afsaet.store.outgoing import Outgoing
from afsaet.store.sealing import Box, place
from afsaet.store.tables import citizens, meta

_KEYS_OF = select(citizens.c.draft_key, citizens.c.sent_key).where(citizens.c.id == bindparam("citizen_id"))
# NO KEY UPDATE: rows that only refer to the citizen may still be added beside us.
_LOCK = select(citizens.c.id).where(citizens.c.id == bindparam("citizen_id")).with_for_update(key_share=True)
_CHECK = select(meta.c.value).where(meta.c.name == "check").with_for_update(read=True)
_KEPT_NAME = select(citizens.c.name).where(citizens.c.id == bindparam("citizen_id"))
_NEW_DRAFT_KEY = (
    citizens.update()
    .where(citizens.c.id == bindparam("citizen"))
    .values(draft_key=bindparam("wrapped", type_=LargeBinary), name=bindparam("called", type_=LargeBinary))
)


@dataclass(frozen=True, slots=True)
class Boxes:
    """A citizen's two data keys; no draft key when the citizen has deleted what they wrote."""

    draft_or_none: Box | None
    sent: Box

    @property
    def draft(self) -> Box:
        """The key of drafts, rounds, identity and binding. Raises UnknownCitizen if it is gone."""
        if self.draft_or_none is None:
            raise UnknownCitizen("the citizen has deleted what they wrote and is not invited again")
        return self.draft_or_none


@dataclass(slots=True)
class Tx:
    """One transaction: what every function of the store takes first. Belongs to one thread.

    laid: what it has put into the outbox and may go at once.
    """

    conn: Connection
    keys: Keys
    boxes: dict[str, Boxes] = field(default_factory=dict)
    laid: list[Outgoing] = field(default_factory=list)

    @property
    def dialect(self) -> str:
        """"sqlite" or "postgresql"."""
        return self.conn.dialect.name

    def lock(self, citizen_id: str) -> None:
        """Be the only transaction that works for this citizen, until the end. Raises UnknownCitizen.

        A row lock on PostgreSQL; on SQLite whoever writes is alone already.
        """
        if self.conn.execute(_LOCK, {"citizen_id": citizen_id}).first() is None:
            raise UnknownCitizen(f"there is no citizen {citizen_id}")

    def boxes_of(self, citizen_id: str) -> Boxes:
        """The citizen's data keys, looked up once a transaction. Raises UnknownCitizen."""
        known = self.boxes.get(citizen_id)
        if known is not None:
            return known
        row = self.conn.execute(_KEYS_OF, {"citizen_id": citizen_id}).first()
        if row is None:
            raise UnknownCitizen(f"there is no citizen {citizen_id}")
        return self.take_boxes(citizen_id, row.draft_key, row.sent_key)

    def take_boxes(self, citizen_id: str, draft_key: bytes | None, sent_key: bytes) -> Boxes:
        """The citizen's data keys from the two wrapped keys of their row, kept for this transaction."""
        draft = None if draft_key is None else self.keys.opened(draft_key, place("citizens", "draft_key", citizen_id))
        sent = self.keys.opened(sent_key, place("citizens", "sent_key", citizen_id))
        self.boxes[citizen_id] = Boxes(draft, sent)
        return self.boxes[citizen_id]

    def new_data_key(self, where: bytes) -> tuple[bytes, Box]:
        """A new data key for the row `where`, wrapped under the master key in force.

        Which one that is stands in the check value, whose row is held until this transaction ends, so
        that a rotation cannot finish while a key wrapped under the old master key is on its way in.
        """
        check = self.conn.execute(_CHECK).scalar()
        if check is None:
            raise DatabaseFault("The database lacks the value its key is checked by. Restore it from a backup.")
        return self.keys.new_data_key(check[:KEY_ID_BYTES], where)

    def renew_draft(self, citizen_id: str) -> Box:
        """The citizen's draft key; a new one if they had deleted the old. Raises UnknownCitizen."""
        boxes = self.boxes_of(citizen_id)
        if boxes.draft_or_none is not None:
            return boxes.draft_or_none
        wrapped, draft = self.new_data_key(place("citizens", "draft_key", citizen_id))
        called = self.conn.execute(_KEPT_NAME, {"citizen_id": citizen_id}).scalar()
        if called is not None:
            called = draft.seal(boxes.sent.open(called, kept_name(citizen_id)), place("citizens", "name", citizen_id))
        self.conn.execute(_NEW_DRAFT_KEY, {"citizen": citizen_id, "wrapped": wrapped, "called": called})
        self.boxes[citizen_id] = Boxes(draft, boxes.sent)
        return draft


def kept_name(citizen_id: str) -> bytes:
    """Where the name is bound to while there is no draft key: it is sealed with the other then."""
    return place("citizens", "kept_name", citizen_id)


def per_dialect(make: Callable[[Any], Executable]) -> Mapping[str, Executable]:
    """A statement that needs a dialect's own `insert` (ON CONFLICT), built once for each dialect's name."""
    return _PerDialect(make)


class _PerDialect(dict[str, Executable]):
    """Built when it is wanted: a dialect takes time to import, and only one is in use."""

    def __init__(self, make: Callable[[Any], Executable]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, dialect: str) -> Executable:
        self[dialect] = self._make(import_module(f"sqlalchemy.dialects.{dialect}").insert)
        return self[dialect]
