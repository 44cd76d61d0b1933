"""One small cast for the store's tests."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from afsaet.store import caseworkers, chats, citizens
from afsaet.store.chats import Chat
from afsaet.store.database import Database

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """Two caseworkers, and two citizens of the first one: Maja, who has a chat, and Omar, who has none."""

    dorte: str
    jens: str
    maja: str
    omar: str
    chat: Chat
    address: str = "4711-0815"


@pytest.fixture
def cast(database: Database) -> Cast:
    with database.write() as tx:
        dorte = caseworkers.add(tx, "Dorte@kommune.example", "Dorte Holm", NOW, phone="11 22 33 44", hours="9-12")
        jens = caseworkers.add(tx, "jens@kommune.example", "Jens Lund", NOW + timedelta(seconds=1))
        assert dorte and jens
        maja = citizens.add(tx, dorte.id, "Maja Skov", NOW, profile="rehabiliteringsteam", reference="SAG-17")
        omar = citizens.add(tx, dorte.id, "Omar Dal", NOW, profile="rehabiliteringsteam")
        bound = chats.bind(tx, maja.id, "telegram", Cast.address, NOW)
    return Cast(dorte.id, jens.id, maja.id, omar.id, bound.chat)


@pytest.fixture
def at_once() -> Callable[[int, Callable[[int], Any]], list[Any]]:
    """Calls a function in so many threads at the same moment, and gives what each returned."""

    def run(count: int, work: Callable[[int], Any]) -> list[Any]:
        start = Barrier(count)

        def one(number: int) -> Any:
            start.wait()
            return work(number)

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    return run
