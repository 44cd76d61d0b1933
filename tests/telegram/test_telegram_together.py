"""Notes that come while another is being written are written together, and fail apart."""

from __future__ import annotations

import asyncio

import pytest

from afsaet.channels.telegram.together import Together
from afsaet.store.faults import DatabaseFault


class Store:
    """Keeps what is committed: a list for each transaction. `gate` holds up whoever writes."""

    def __init__(self) -> None:
        self.kept: list[list[str]] = []
        self.gate = asyncio.Event()
        self.away = False

    async def write(self, work: object) -> None:
        await self.gate.wait()
        if self.away:
            raise DatabaseFault("away")
        lines: list[str] = []
        work(lines)  # type: ignore[operator]
        self.kept.append(lines)


def noting(word: str) -> object:
    def work(lines: list[str]) -> None:
        if word == "bad":
            raise ValueError(word)
        lines.append(word)

    return work


async def noted(store: Store, *words: str) -> list[object]:
    together = Together(store.write)  # type: ignore[arg-type]
    tasks = [asyncio.create_task(together.do(noting(word))) for word in words[:1]]  # type: ignore[arg-type]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(together.do(noting(word))) for word in words[1:]]  # type: ignore[arg-type]
    await asyncio.sleep(0)
    store.gate.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_what_comes_meanwhile_is_written_in_one() -> None:
    store = Store()
    assert await noted(store, "a", "b", "c") == [None, None, None]
    assert store.kept == [["a"], ["b", "c"]]


async def test_one_that_cannot_be_written_keeps_no_other_from_it() -> None:
    store = Store()
    results = await noted(store, "a", "b", "bad", "c")
    assert [type(result) for result in results] == [type(None), type(None), ValueError, type(None)]
    assert store.kept == [["a"], ["b"], ["c"]]


async def test_a_database_that_is_away_is_told_to_all() -> None:
    store = Store()
    store.away = True
    results = await noted(store, "a", "b", "c")
    assert [type(result) for result in results] == [DatabaseFault] * 3


async def test_one_who_no_longer_waits_disturbs_nobody() -> None:
    store = Store()
    together = Together(store.write)  # type: ignore[arg-type]
    gone = asyncio.create_task(together.do(noting("gone")))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    gone.cancel()
    store.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await gone
    await together.do(noting("next"))  # type: ignore[arg-type]
    assert [word for lines in store.kept for word in lines] == ["gone", "next"]
