"""Writing what comes in while another write is under way in one transaction, and not one after the other.

During a mass sending there is a note to write for every message, and a database takes one writer at a time or writes
its disk for each: turns would wait behind them all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from afsaet.store.faults import DatabaseFault
from afsaet.store.tx import Tx

Work = Callable[[Tx], None]
Write = Callable[[Callable[[Tx], None]], Awaitable[None]]


class Together:
    """Hands over to `write`, which runs what it is given in one transaction. Used in the event loop's thread."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: list[tuple[Work, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def do(self, work: Work) -> None:
        """Returns when this has been committed; raises what kept it from that."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._until_none_waits())
        await done

    async def _until_none_waits(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._write(_all_of([work for work, _done in batch]))
            except Exception as error:  # given to those who asked, who try again
                await self._alone(batch, error)
            else:
                for _work, done in batch:
                    _settle(done)

    async def _alone(self, batch: Sequence[tuple[Work, asyncio.Future[None]]], error: Exception) -> None:
        """One that cannot be written must not keep the others from it; a database that is away concerns them all."""
        for work, done in batch:
            if isinstance(error, DatabaseFault) or len(batch) == 1:
                _settle(done, error)
                continue
            try:
                await self._write(work)
            except Exception as own:
                _settle(done, own)
            else:
                _settle(done)


def _all_of(works: Sequence[Work]) -> Work:
    def run(tx: Tx) -> None:
        for work in works:
            work(tx)

    return run


def _settle(done: asyncio.Future[None], error: Exception | None = None) -> None:
    if done.done():
        return  # whoever asked has been cancelled
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
