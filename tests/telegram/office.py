"""A sender at work without a network."""

from __future__ import annotations

import asyncio

from afsaet.channels.telegram.sender import Sender
from tests.telegram.doubles import FakeClock, MemoryLine, MemoryOutbox, idle


class Office:
    """A sender at work, with its outbox, line and clock; `crash` and `start` as often as wanted."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.outbox = MemoryOutbox(self.clock)
        self.line = MemoryLine()
        self.sender: Sender
        self._task: asyncio.Task[None] | None = None

    async def start(self, **options: float) -> None:
        self.sender = Sender(self.outbox, self.line, clock=self.clock, **options)  # type: ignore[arg-type]
        self._task = asyncio.create_task(self.sender.run())
        await idle()

    async def crash(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def nudged(self) -> None:
        self.sender.nudge()
        await idle()
