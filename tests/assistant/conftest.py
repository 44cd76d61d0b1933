"""A municipality for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from afsaet.store.database import Database
from tests.assistant.world import World


@pytest.fixture
def world(database: Database) -> World:
    return World(database)
