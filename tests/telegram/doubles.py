"""A clock that only moves when told, an outbox in memory, and a line to Telegram without a network."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from afsaet.channels.telegram.outbox import Item, Kind
from afsaet.channels.telegram.render import OutText
from afsaet.flows.message import Message

PATIENCE = 20.0


async def idle() -> None:
    """Lets everything run that can run without time passing."""
    for _ in range(60):
        await asyncio.sleep(0)


@dataclass
class Timer:
    at: float
    callback: Callable[[], object]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


class FakeClock:
    def __init__(self) -> None:
        self.now = 1000.0
        self.timers: list[Timer] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[[], object], /) -> Timer:
        timer = Timer(self.now + delay, callback)
        if delay <= 0:
            asyncio.get_running_loop().call_soon(lambda: timer.cancelled or callback())
        else:
            self.timers.append(timer)
        return timer

    async def advance(self, seconds: float) -> None:
        """Moves on, stopping at every timer on the way."""
        await idle()
        target = self.now + seconds
        while True:
            self.timers = [timer for timer in self.timers if not timer.cancelled]
            timer = min(self.timers, key=lambda timer: timer.at, default=None)
            if timer is None or timer.at > target:
                break
            self.timers.remove(timer)
            self.now = max(self.now, timer.at)
            timer.callback()
            await idle()
        self.now = target
        await idle()


class MemoryOutbox:
    """Keeps rows as a database would: they stay until they are noted as done, whoever asks."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.rows: list[Item] = []
        self.not_before: dict[int, float] = {}
        self.log: list[tuple[Any, ...]] = []
        self.asked = 0
        self.trouble: dict[str, int] = defaultdict(int)
        self.gates: dict[str, asyncio.Event] = {}
        self.give_anyway: list[Item] = []
        self._number = 0
        self._changed = asyncio.Event()

    def put(self, chat: int, text: str = "", kind: Kind = "send", reply: bool = True, **payload: Any) -> Item:
        self._number += 1
        if kind != "delete":
            payload.setdefault("message", Message(text).to_json())
            payload.setdefault("ask", 1)
        item = Item(self._number, f"chat-{chat}", chat, kind, payload, reply, self._number)
        self.rows.append(item)
        return item

    async def until(self, holds: Callable[[MemoryOutbox], bool]) -> None:
        """Waits until something holds of it; for tests whose line is a real one."""
        async with asyncio.timeout(PATIENCE):
            while not holds(self):
                self._changed.clear()
                await self._changed.wait()

    async def due(self, limit: int) -> Sequence[Item]:
        """A closed gate holds the answer, not the reading: what happens meanwhile is not in it."""
        self.asked += 1
        if self.trouble["due"]:
            await self._pass("due")
        held = await self.postponed()
        urgent = {row.chat_key for row in self.rows if row.reply}
        rows = sorted(self.rows, key=lambda row: (row.chat_key not in urgent, row.order))
        answer = [row for row in rows if row.chat_key not in held or row in self.give_anyway][:limit]
        await self._pass("due")
        return answer

    async def postponed(self) -> dict[str, float]:
        oldest = {row.chat_key: row.id for row in sorted(self.rows, key=lambda row: -row.order)}
        waits = {key: self.not_before.get(number, 0) - self.clock.time() for key, number in oldest.items()}
        return {key: wait for key, wait in waits.items() if wait > 0}

    async def done(self, items: Sequence[Item], sent: int | None) -> None:
        await self._pass("done")
        gone = {item.id for item in items}
        assert gone <= {row.id for row in self.rows}, "noted twice"
        self.rows = [row for row in self.rows if row.id not in gone]
        self._note("done", tuple(item.id for item in items), sent)

    async def postpone(self, item: Item, seconds: float) -> None:
        await self._pass("postpone")
        self.not_before[item.id] = self.clock.time() + seconds
        self._note("postpone", item.id, seconds)

    async def failed(self, item: Item, final_for_chat: bool) -> None:
        await self._pass("failed")
        self.rows = [row for row in self.rows
                     if row.id != item.id and not (final_for_chat and row.chat_key == item.chat_key)]
        self._note("failed", item.id, final_for_chat)

    async def progress(self, item: Item, sent: int) -> None:
        await self._pass("progress")
        self.rows = [replace(row, progress=sent) if row.id == item.id else row for row in self.rows]
        self._note("progress", item.id, sent)

    async def _pass(self, method: str) -> None:
        if self.trouble[method]:
            self.trouble[method] -= 1
            raise OSError("the database is away")
        if gate := self.gates.get(method):
            await gate.wait()

    def _note(self, *what: Any) -> None:
        self.log.append(what)
        self._changed.set()


class MemoryLine:
    """Takes every call, unless told to fail in a chat or to keep it waiting."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int, str]] = []
        self.errors: dict[int, list[Exception]] = defaultdict(list)
        self.gates: dict[int, asyncio.Event] = {}
        self.under_way = 0
        self.most_under_way = 0
        self.before: Callable[[str, int], None] = lambda kind, address: None
        self._number = 0

    def texts(self, address: int | None = None) -> list[str]:
        return [text for kind, to, text in self.calls if kind == "send" and address in (None, to)]

    async def send(self, address: int, out: OutText) -> int:
        await self._take("send", address, out.text)
        self._number += 1
        return self._number

    async def edit(self, address: int, message_id: int, out: OutText) -> None:
        await self._take("edit", address, out.text)

    async def delete(self, address: int, message_id: int) -> None:
        await self._take("delete", address, str(message_id))

    async def _take(self, kind: str, address: int, text: str) -> None:
        self.before(kind, address)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            self.calls.append((kind, address, text))
            if gate := self.gates.get(address):
                await gate.wait()
            if self.errors[address]:
                raise self.errors[address].pop(0)
        finally:
            self.under_way -= 1
