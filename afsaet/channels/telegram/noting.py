"""Noting in the outbox what Telegram has taken, until it succeeds; and waiting by a clock of one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

log = structlog.get_logger(__name__)

FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0


class Timer(Protocol):
    def cancel(self) -> None: ...


class Clock(Protocol):
    """Seconds of a clock that never runs back, and timers by it. An asyncio event loop is one."""

    def time(self) -> float: ...
    def call_later(self, delay: float, callback: Callable[[], object], /) -> Timer: ...


class Notes:
    """Calls to the store that must not fail."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stopping = False
        self._resting: set[asyncio.Future[None]] = set()

    def stop(self) -> None:
        """From now on everything is tried once only, also what is waiting to be tried again."""
        self._stopping = True
        for rest in self._resting:
            _end(rest)

    async def noted(self, note: Callable[..., Awaitable[None]], *what: object) -> None:
        """Returns when `note(*what)` has succeeded. Until then nothing else may be sent in its chat."""
        failures = 0
        while True:
            try:
                await note(*what)
                return
            except Exception as error:  # whatever the store raises, sending goes on when it is back
                failures += 1
                log.warning("what was sent could not be noted", error=type(error).__name__)
            if self._stopping:
                return
            await self._rest(backoff(failures, LONGEST_WAIT))

    async def _rest(self, seconds: float) -> None:
        rest: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._resting.add(rest)
        timer = self._clock.call_later(seconds, lambda: _end(rest))
        try:
            await rest
        finally:
            timer.cancel()
            self._resting.discard(rest)


def _end(rest: asyncio.Future[None]) -> None:
    if not rest.done():
        rest.set_result(None)


def backoff(failures: int, longest: float) -> float:
    """Seconds to wait after so many failures in a row: one, doubled each time, up to `longest`."""
    return min(longest, FIRST_WAIT * 2.0 ** min(failures - 1, 20))
