"""The store's outbox as the sender reads it, and the few replies that are kept nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from afsaet.assistant import keeping
from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act
from afsaet.assistant.telling import set_reachable
from afsaet.assistant.turn.arriving import note_arrived
from afsaet.channels.telegram.outbox import Item
from afsaet.channels.telegram.together import Together
from afsaet.channels.telegram.updates import CHANNEL
from afsaet.metrics import MESSAGES
from afsaet.store import chats, conversations, outbox
from afsaet.store.outgoing import Outgoing
from afsaet.store.tx import Tx

MOST_LOOSE = 1000  # replies to strangers that wait at a time; a flood of them must not fill the memory
MOST_TO_ONE = 10  # of them to the same stranger
Result = TypeVar("Result")


def item_of(row: Outgoing) -> Item:
    """A row of the store's as the sender takes it."""
    return Item(row.id, row.line, int(row.address), row.kind, row.payload, row.reply, row.id, row.progress)


class StoreOutbox:
    """The `Outbox` of the store's rows. Items with a negative id stand in memory only: answers to strangers.

    leading: whether the store's rows are this process's to send. Answers to strangers always are. noted: called
    with a chat's address when what left for it has been noted.
    """

    def __init__(self, assistant: Assistant, noted: Callable[[int], None]) -> None:
        self.leading = False
        self._assistant = assistant
        self._noted = noted
        self._loose: dict[int, Item] = {}
        self._not_before: dict[int, datetime] = {}
        self._numbers = count(1)
        self._notes = Together(self._write)

    def reply(self, address: str, acts: Sequence[Act]) -> None:
        """Let these go to a chat that is nobody's. A stranger who floods gets each answer once a time: what else was
        written quickly, such as words of need after a greeting, must not go without its own."""
        key = f"loose:{address}"
        waiting = [(item.kind, item.payload) for item in self._loose.values() if item.chat_key == key]
        for act in acts:
            new = (act.kind, act.payload())
            if len(self._loose) >= MOST_LOOSE or len(waiting) >= MOST_TO_ONE or new in waiting:
                continue
            number = next(self._numbers)
            self._loose[-number] = Item(-number, key, int(address), *new, True, number)
            waiting.append(new)

    async def due(self, limit: int) -> Sequence[Item]:
        now = self._assistant.now()
        loose = [item for item in self._loose.values() if self._not_before.get(item.id, now) <= now]
        if not self.leading:
            return loose
        rows = await self._read(lambda tx: outbox.due(tx, CHANNEL, now, limit))
        return [*loose, *map(item_of, rows)]

    async def postponed(self) -> Mapping[str, float]:
        if not self.leading:
            return {}
        now = self._assistant.now()
        until = await self._read(lambda tx: outbox.postponed(tx, CHANNEL, now))
        return {line: (moment - now).total_seconds() for line, moment in until.items()}

    async def done(self, items: Sequence[Item], sent: int | None) -> None:
        MESSAGES.labels("sent").inc(len(items))
        kept = self._kept(items)
        if kept:
            await self._notes.do(lambda tx: self._note(tx, kept, sent))
        for item in items:
            self._noted(item.address)

    async def postpone(self, item: Item, seconds: float) -> None:
        MESSAGES.labels("postponed").inc()
        until = self._assistant.now() + timedelta(seconds=seconds)
        if item.id > 0:
            await self._write(lambda tx: outbox.postpone(tx, item.id, until, error="passing"))
        else:
            self._not_before[item.id] = until

    async def failed(self, item: Item, final_for_chat: bool) -> None:
        MESSAGES.labels("failed").inc()
        if not self._kept([item]):
            return
        await self._write(lambda tx: self._given_up(tx, item, final_for_chat))

    async def progress(self, item: Item, sent: int) -> None:
        if item.id > 0:
            await self._write(lambda tx: outbox.progress(tx, item.id, sent))
        self._noted(item.address)

    def _kept(self, items: Sequence[Item]) -> list[Item]:
        """Those that stand in the store; the loose ones are forgotten on the way."""
        for item in items:
            self._loose.pop(item.id, None)
            self._not_before.pop(item.id, None)
        return [item for item in items if item.id > 0]

    def _note(self, tx: Tx, items: Sequence[Item], sent: int | None) -> None:
        outbox.done(tx, [item.id for item in items], self._assistant.now())
        for item in items:
            ref = sent if sent is not None and item is items[-1] else item.payload.get("ref")
            if ref:
                note_arrived(tx, item.chat_key, item.payload, str(ref), self._assistant.now())

    def _given_up(self, tx: Tx, item: Item, final_for_chat: bool) -> None:
        why = "blocked" if final_for_chat else "refused"
        citizen_id = outbox.give_up(tx, item.id, self._assistant.now(), whole_chat=final_for_chat, why=why)
        if citizen_id is None:
            return
        opened = conversations.open_citizen(tx, citizen_id)
        here = [chat for chat in chats.active_of(tx, citizen_id) if chat.address_hash.hex() == item.chat_key]
        if not here:
            return  # the citizen has moved to another phone, and that this one is gone says nothing
        if final_for_chat:
            set_reachable(self._assistant, tx, opened.citizen, False)
        lost = item.reply and (final_for_chat or item.payload.get("live"))
        if lost and not outbox.waiting(tx, here[0].id):
            keeping.rest(tx, opened, self._assistant.now())

    async def _read(self, work: Callable[[Tx], Result]) -> Result:
        def run() -> Result:
            with self._assistant.database.read() as tx:
                return work(tx)

        return await asyncio.to_thread(run)

    async def _write(self, work: Callable[[Tx], Result]) -> Result:
        def run() -> Result:
            with self._assistant.database.write() as tx:
                return work(tx)

        return await asyncio.to_thread(run)
