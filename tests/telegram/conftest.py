"""A fake Telegram for each test, and a clock that only moves when told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from afsaet.channels.telegram.transport import Transport
from tests.fake_telegram import FakeTelegram
from tests.telegram.office import Office


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
async def line(telegram: FakeTelegram) -> AsyncIterator[Transport]:
    async with Transport(telegram.token, telegram.url) as transport:
        yield transport


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    office = Office()
    yield office
    await office.crash()
