"""A municipality for each test, on SQLite and on PostgreSQL, and a citizen of it who is asked for rounds."""

from __future__ import annotations

import pytest

from afsaet.store.database import Database
from tests.assistant.asked import Someone
from tests.assistant.world import World


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.fixture
def someone(world: World) -> Someone:
    return Someone(world)
