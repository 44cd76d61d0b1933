"""A town for each test: a Telegram, a database and the processes that serve them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Home
from tests.fake_telegram import FakeTelegram
from tests.service.program import nursery
from tests.service.town import Town


@pytest.fixture(scope="session")
def context() -> Any:
    return nursery()


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def town(context: Any, home: Home, telegram: FakeTelegram, tmp_path: Path) -> Iterator[Town]:
    """Runs a test on SQLite and on PostgreSQL."""
    town = Town(context, home, telegram, tmp_path)
    yield town
    town.close()


@pytest.fixture
def small_town(context: Any, homes: Any, telegram: FakeTelegram, tmp_path: Path) -> Iterator[Town]:
    """On SQLite only, for what has nothing to do with the database."""
    town = Town(context, homes.filled("sqlite"), telegram, tmp_path)
    yield town
    town.close()


@pytest.fixture
def big_town(context: Any, homes: Any, telegram: FakeTelegram, tmp_path: Path) -> Iterator[Town]:
    """On PostgreSQL only."""
    town = Town(context, homes.filled("postgresql"), telegram, tmp_path)
    yield town
    town.close()
