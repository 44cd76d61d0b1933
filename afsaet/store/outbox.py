"""Messages on their way out. A row is put in by the turn's own transaction and removed once it is sent."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, LargeBinary, Row, bindparam, delete, exists, func, or_, select

from afsaet.store import chats as chat_rows
from afsaet.store import timers
from afsaet.store.chats import Chat
from afsaet.store.outgoing import Kind, Outgoing
from afsaet.store.sealing import place
from afsaet.store.tables import chats, citizens, outbox
from afsaet.store.tx import Tx
from afsaet.store.utc_time import UtcTime

MARK_BYTES = 12

_PUT = outbox.insert()
_NOW = bindparam("now", type_=UtcTime)
_earlier = outbox.alias("earlier")
# A message that failed and waits holds back those behind it in its chat; replies do not wait for the unasked.
_HELD_BACK = (
    select(_earlier.c.id)
    .where(
        _earlier.c.address_hash == outbox.c.address_hash,
        _earlier.c.id < outbox.c.id,
        _earlier.c.attempts > 0,
        _earlier.c.not_before > _NOW,
        or_(_earlier.c.reply, ~outbox.c.reply),
    )
    .exists()
)
_DUE = (
    select(outbox, chats.c.address, chats.c.citizen_id, citizens.c.draft_key, citizens.c.sent_key)
    .select_from(outbox.outerjoin(chats).outerjoin(citizens))
    .where(
        outbox.c.channel == bindparam("through"),
        outbox.c.not_before <= _NOW,
        outbox.c.id.not_in(bindparam("exclude", expanding=True)),
        ~_HELD_BACK,
    )
    .order_by(outbox.c.reply.desc(), outbox.c.id)
    .limit(bindparam("most"))
)
_POSTPONED = (
    select(outbox.c.address_hash, func.max(outbox.c.not_before).label("until"))
    .where(outbox.c.channel == bindparam("through"), outbox.c.attempts > 0, outbox.c.not_before > _NOW)
    .group_by(outbox.c.address_hash)
)
_WAITING = select(exists().where(outbox.c.chat_id == bindparam("chat_id"), outbox.c.reply))
_PROGRESS = outbox.update().where(outbox.c.id == bindparam("row_id")).values(progress=bindparam("pieces"))
# They give the timers by which they were laid, so that those can be noted; most messages have none.
_DONE = delete(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True))).returning(outbox.c.timer_id)
_SILENCE = delete(outbox).where(outbox.c.timer_id.in_(bindparam("ids", expanding=True))).returning(outbox.c.timer_id)
# One whose time has come, or that was tried before, may be on its way or there already.
_TAKE_BACK = (
    delete(outbox)
    .where(outbox.c.timer_id.in_(bindparam("ids", expanding=True)), outbox.c.attempts == 0, outbox.c.progress == 0,
           outbox.c.not_before > bindparam("after", type_=UtcTime))
    .returning(outbox.c.timer_id)
)
_HOLD = (
    outbox.update()
    .where(outbox.c.timer_id == bindparam("laid_by"))
    .values(not_before=bindparam("until", type_=UtcTime))
)
_LAID_BY_TIMERS = (
    select(outbox.c.timer_id, chats.c.citizen_id)
    .join(chats)
    .where(outbox.c.timer_id > bindparam("after"), outbox.c.created_at <= bindparam("before", type_=UtcTime),
           outbox.c.not_before <= bindparam("before", type_=UtcTime))
    .order_by(outbox.c.timer_id)
    .limit(bindparam("most"))
)
_COUNT_LAID = select(func.count()).select_from(outbox).where(
    outbox.c.timer_id > 0, outbox.c.created_at > bindparam("since", type_=UtcTime), outbox.c.not_before <= _NOW,
)
_POSTPONE = (
    outbox.update()
    .where(outbox.c.id == bindparam("row_id"))
    .values(not_before=bindparam("until", type_=UtcTime), attempts=outbox.c.attempts + 1, error_kind=bindparam("error"))
)
_WHOSE = (
    select(outbox.c.address_hash, chats.c.citizen_id)
    .select_from(outbox.outerjoin(chats))
    .where(outbox.c.id == bindparam("row_id"))
)
_DROP_CHAT = (
    delete(outbox)
    .where(outbox.c.address_hash == bindparam("hash", type_=LargeBinary))
    .returning(outbox.c.timer_id)
)


@dataclass(frozen=True, slots=True)
class Item:
    """One message to go out. not_before: None is at once. reply: it answers what the citizen just did. timer_id: the
    timer that lays it, which is noted as sent or failed with it."""

    payload: Mapping[str, Any] = field(repr=False)
    kind: Kind = "send"
    reply: bool = True
    not_before: datetime | None = None
    timer_id: int | None = None


def put(tx: Tx, chat: Chat, items: Sequence[Item], now: datetime) -> None:
    """Let these go to the chat, in this order, once the transaction is committed."""
    box = tx.boxes_of(chat.citizen_id).draft
    address = chat_rows.address_in(box, chat)
    for item in items:
        mark = os.urandom(MARK_BYTES)
        sealed = box.seal(dict(item.payload), _place(chat.address_hash, mark))
        row = _row(item, now, chat.channel, chat.address_hash, mark, sealed, chat_id=chat.id, own_key=None)
        _lay(tx, row, item, chat.citizen_id, address)


def put_to_address(tx: Tx, channel: str, address: str, items: Sequence[Item], now: datetime) -> None:
    """Let these go to an address nobody is bound to: a stranger's, or that of one who has just deleted all."""
    address_hash = chat_rows.hash_of(tx, channel, address)
    for item in items:
        mark = os.urandom(MARK_BYTES)
        own_key, box = tx.new_data_key(place("outbox", "own_key", mark.hex()))
        whole = {"address": address, "payload": dict(item.payload)}
        sealed = box.seal(whole, _place(address_hash, mark))
        row = _row(item, now, channel, address_hash, mark, sealed, chat_id=None, own_key=own_key)
        _lay(tx, row, item, None, address)


def due(tx: Tx, channel: str, now: datetime, limit: int, exclude: Collection[int] = ()) -> list[Outgoing]:
    """At most `limit` messages through this channel whose time has come, replies first and each chat in its order.

    exclude: ids that are on their way already.
    """
    rows = tx.conn.execute(_DUE, {"through": channel, "now": now, "most": limit, "exclude": list(exclude)})
    return [_opened(tx, row) for row in rows]


def done(tx: Tx, ids: Collection[int], now: datetime) -> None:
    """These have been sent: nothing is kept of them, but that their timers have done their work."""
    if laid_by := _taken(tx, _DONE, {"ids": list(ids)}):
        timers.note_sent(tx, laid_by, now)


def silence(tx: Tx, timer_ids: Collection[int], now: datetime, *, why: str) -> None:
    """What these timers have laid is not to arrive any more. One that is on its way this moment may, so the timers have
    failed and are not planned anew. why: a word of the program's."""
    if laid_by := _taken(tx, _SILENCE, {"ids": list(timer_ids)}):
        timers.note_failed(tx, laid_by, now, why)


def take_back(tx: Tx, timer_ids: Collection[int], after: datetime) -> set[int]:
    """Take back the messages of these timers that are not to go before that moment; the timers that had any such."""
    return set(_taken(tx, _TAKE_BACK, {"ids": list(timer_ids), "after": after}))


def hold(tx: Tx, timer_id: int, until: datetime) -> None:
    """What this timer has laid goes out at that moment, and not before."""
    tx.conn.execute(_HOLD, {"laid_by": timer_id, "until": until})


def count_laid(tx: Tx, since: datetime, now: datetime) -> int:
    """How many messages that timers have laid since that moment could go out now and have not."""
    return int(tx.conn.execute(_COUNT_LAID, {"since": since, "now": now}).scalar_one())


def laid_by_timers(tx: Tx, before: datetime, limit: int, after: int = 0) -> list[timers.Due]:
    """At most `limit` timers whose messages might have gone out before that moment and have not, in the order of their
    ids and from the one behind `after` on; and whose they are."""
    rows = tx.conn.execute(_LAID_BY_TIMERS, {"before": before, "most": limit, "after": after})
    return [timers.Due(row.timer_id, row.citizen_id) for row in rows]


def postpone(tx: Tx, row_id: int, until: datetime, *, error: str) -> None:
    """Sending it failed for now: try again at `until`. error: the failure's kind, a word of the program's."""
    tx.conn.execute(_POSTPONE, {"row_id": row_id, "until": until, "error": error})


def postponed(tx: Tx, channel: str, now: datetime) -> Mapping[str, datetime]:
    """Until when messages wait that were postponed, by their `line`."""
    rows = tx.conn.execute(_POSTPONED, {"through": channel, "now": now})
    return {row.address_hash.hex(): row.until for row in rows}


def waiting(tx: Tx, chat_id: int) -> bool:
    """Whether a reply to this chat has not been noted as sent."""
    return bool(tx.conn.execute(_WAITING, {"chat_id": chat_id}).scalar())


def progress(tx: Tx, row_id: int, pieces: int) -> None:
    """So many pieces of the message have been sent."""
    tx.conn.execute(_PROGRESS, {"row_id": row_id, "pieces": pieces})


def give_up(tx: Tx, row_id: int, now: datetime, *, whole_chat: bool, why: str) -> str | None:
    """Sending it failed for good: drop it, or all that waits for the same address. why: the failure's kind, a word of
    the program's, which is noted on the timers that had laid any of it.

    Returns the citizen whose caseworker should know, or None if nobody is bound to the address.
    """
    row = tx.conn.execute(_WHOSE, {"row_id": row_id}).first()
    if row is None:
        return None
    statement, which = (_DROP_CHAT, {"hash": row.address_hash}) if whole_chat else (_DONE, {"ids": [row_id]})
    if laid_by := _taken(tx, statement, which):
        timers.note_failed(tx, laid_by, now, why)
    citizen_id: str | None = row.citizen_id
    return citizen_id


def _taken(tx: Tx, statement: Executable, parameters: Mapping[str, Any]) -> list[int]:
    """Delete rows; the timers they were laid by."""
    return [timer_id for timer_id in tx.conn.execute(statement, parameters).scalars() if timer_id is not None]


def _place(address_hash: bytes, mark: bytes) -> bytes:
    return place("outbox", "payload", address_hash.hex(), mark.hex())


def _row(
    item: Item, now: datetime, channel: str, address_hash: bytes, mark: bytes, sealed: bytes, *,
    chat_id: int | None, own_key: bytes | None,
) -> dict[str, Any]:
    return {
        "chat_id": chat_id, "channel": channel, "address_hash": address_hash, "mark": mark, "own_key": own_key,
        "kind": item.kind, "reply": item.reply, "payload": sealed, "created_at": now,
        "not_before": item.not_before or now, "attempts": 0, "progress": 0, "timer_id": item.timer_id,
    }


def _lay(tx: Tx, row: dict[str, Any], item: Item, citizen_id: str | None, address: str) -> None:
    """Put the row in; what may go at once is told of when it is committed."""
    key = tx.conn.execute(_PUT, row).inserted_primary_key
    assert key is not None  # one row was put in
    if item.not_before is None:
        tx.laid.append(Outgoing(key[0], row["address_hash"].hex(), row["chat_id"], citizen_id, row["channel"], address,
                                item.kind, item.reply, item.payload, row["created_at"], 0, 0, item.timer_id))


def _opened(tx: Tx, row: Row[Any]) -> Outgoing:
    where = _place(row.address_hash, row.mark)
    if row.own_key is not None:
        whole = tx.keys.opened(row.own_key, place("outbox", "own_key", row.mark.hex())).open(row.payload, where)
        address, payload = whole["address"], whole["payload"]
    else:
        box = tx.take_boxes(row.citizen_id, row.draft_key, row.sent_key).draft
        payload = box.open(row.payload, where)
        address = chat_rows.address_in(box, row)
    return Outgoing(row.id, row.address_hash.hex(), row.chat_id, row.citizen_id, row.channel, address, row.kind,
                    row.reply, payload, row.created_at, row.attempts, row.progress, row.timer_id)
