"""Things that go wrong on the way, told in advance by a test."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import Literal

from tests.fake_telegram.world import RefusedError

Drop = Literal["", "before", "after"]

DESCRIPTIONS = {
    400: "Bad Request: test", 401: "Unauthorized", 403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout",
}  # fmt: skip


@dataclass
class Fault:
    """The next `times` calls of `method` go wrong: an error status, or a connection that breaks. `page`: what something
    on the way, such as a proxy, answers in Telegram's place."""

    method: str
    times: int
    status: int = 0
    description: str = ""
    retry_after: int = 0
    drop: Drop = ""
    chat: int = 0
    page: bytes | None = None

    def concerns(self, method: str, params: dict[str, str]) -> bool:
        return self.times > 0 and method == self.method and self.chat in (0, int(params.get("chat_id", 0)))

    @property
    def refusal(self) -> RefusedError:
        if self.status == 429:
            return RefusedError(429, f"Too Many Requests: retry after {self.retry_after}", self.retry_after)
        return RefusedError(self.status, self.description or DESCRIPTIONS.get(self.status, "Error"))


@dataclass
class Hold:
    """Calls of one method get their answer only when the test says so; they have been carried out by then."""

    method: str
    loop: asyncio.AbstractEventLoop
    reached: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def keep(self) -> None:
        self.reached.release()
        await self.released.wait()

    def wait_reached(self, patience: float = 20.0) -> None:
        """Waits until one more call is being held."""
        assert self.reached.acquire(timeout=patience), f"{self.method} was not called"

    async def is_reached(self) -> None:
        await asyncio.to_thread(self.wait_reached)

    def release(self) -> None:
        """Lets every held call go, and those that follow."""
        self.loop.call_soon_threadsafe(self.released.set)
