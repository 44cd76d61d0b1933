"""Chats: where a citizen is reached. The address is sealed, and found by its keyed hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Row, bindparam, case, delete, func, select

from afsaet.store.sealing import Box, place
from afsaet.store.tables import chats
from afsaet.store.tx import Tx

_FIND = select(chats).where(chats.c.address_hash == bindparam("hash", type_=LargeBinary))
_BY_ID = select(chats).where(chats.c.id == bindparam("chat_id"))
_ACTIVE = select(chats).where(chats.c.citizen_id == bindparam("citizen_id"), chats.c.active).order_by(chats.c.id)
_HERE = chats.c.id == bindparam("here")
_ACTIVATE = chats.update().where(_HERE).values(active=True).returning(chats)
_DEACTIVATE = chats.update().where(_HERE).values(active=False)
_REMOVE = delete(chats).where(_HERE)
_ADD = chats.insert().returning(chats)
_SAME = chats.c.asked_number == bindparam("number")
_ASKED = (
    chats.update()
    .where(chats.c.address_hash == bindparam("hash", type_=LargeBinary))
    .values(
        asked_number=bindparam("number"), asked_ref=bindparam("ref"),
        asked_first=case((_SAME, func.coalesce(chats.c.asked_first, bindparam("ref"))), else_=bindparam("ref")),
    )
)


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat. address: sealed.

    asked_number: of the buttons that arrived last. asked_ref: the channel's name of the message that carries them
    now. asked_first: the one that carried them first; a question shown once more has the same number.
    """

    id: int
    citizen_id: str
    channel: str
    active: bool
    asked_number: int | None
    asked_ref: str | None
    asked_first: str | None
    address_hash: bytes
    address: bytes


@dataclass(frozen=True, slots=True)
class Bound:
    """What a binding changed. older: the chat of the same channel the citizen was reached in until now, if another.
    taken_from: the other citizen who was reached at this address until now, if any."""

    chat: Chat
    older: Chat | None
    taken_from: str | None


def bind(tx: Tx, citizen_id: str, channel: str, address: str, now: datetime) -> Bound:
    """Reach the citizen at this address from now on, and nowhere else in this channel. Raises UnknownCitizen.

    The caller holds the citizen's lock. A citizen who had deleted what they wrote gets a new draft key.
    """
    older = next((chat for chat in active_of(tx, citizen_id) if chat.channel == channel), None)
    held = find(tx, channel, address)
    taken_from = None
    if held is not None and held.citizen_id != citizen_id:
        taken_from = held.citizen_id
        tx.lock(taken_from)
        tx.conn.execute(_REMOVE, {"here": held.id})
        held = None
    if older is not None and (held is None or held.id != older.id):
        tx.conn.execute(_DEACTIVATE, {"here": older.id})
    else:
        older = None
    if held is not None:
        row = tx.conn.execute(_ACTIVATE, {"here": held.id}).one()
    else:
        row = tx.conn.execute(_ADD, _new_row(tx, citizen_id, channel, address, now)).one()
    return Bound(opened(row), older, taken_from)


def find(tx: Tx, channel: str, address: str) -> Chat | None:
    """The chat at this address, active or not, or None."""
    row = tx.conn.execute(_FIND, {"hash": hash_of(tx, channel, address)}).first()
    return None if row is None else opened(row)


def at(tx: Tx, line: str) -> Chat | None:
    """The chat of that line, as the outbox gives it, or None."""
    row = tx.conn.execute(_FIND, {"hash": bytes.fromhex(line)}).first()
    return None if row is None else opened(row)


def active_of(tx: Tx, citizen_id: str) -> list[Chat]:
    """The chats the citizen is reached in now: at most one of each channel, the oldest first."""
    return [opened(row) for row in tx.conn.execute(_ACTIVE, {"citizen_id": citizen_id})]


def address_of(tx: Tx, chat_id: int) -> str | None:
    """The address of a chat, or None if the chat is gone."""
    row = tx.conn.execute(_BY_ID, {"chat_id": chat_id}).first()
    if row is None:
        return None
    return address_in(tx.boxes_of(row.citizen_id).draft, row)


def address_in(box: Box, row: Chat | Row[Any]) -> str:
    """The address of a chat, or of a row with its `address` and `address_hash`. box: the citizen's draft key."""
    address: str = box.open(row.address, place("chats", "address", row.address_hash.hex()))
    return address


def note_asked(tx: Tx, line: str, number: int, ref: str) -> None:
    """Note which message of the channel's carries the question with this number. line: as the outbox gives it."""
    tx.conn.execute(_ASKED, {"hash": bytes.fromhex(line), "number": number, "ref": ref})


def hash_of(tx: Tx, channel: str, address: str) -> bytes:
    """The keyed hash an address is found by."""
    return tx.keys.lookup(f"chat:{channel}", address)


def opened(row: Row[Any]) -> Chat:
    """A row with all columns of `chats`."""
    return Chat(row.id, row.citizen_id, row.channel, row.active, row.asked_number, row.asked_ref, row.asked_first,
                row.address_hash, row.address)


def _new_row(tx: Tx, citizen_id: str, channel: str, address: str, now: datetime) -> dict[str, Any]:
    box = tx.renew_draft(citizen_id)
    address_hash = hash_of(tx, channel, address)
    return {
        "citizen_id": citizen_id, "channel": channel, "address_hash": address_hash, "active": True,
        "address": box.seal(address, place("chats", "address", address_hash.hex())), "created_at": now,
    }
