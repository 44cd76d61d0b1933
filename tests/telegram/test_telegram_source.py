"""What the sender notes in the store's outbox, as it ends up on the timers that had laid it."""

from __future__ import annotations

import pytest

from afsaet.channels.telegram.source import StoreOutbox
from afsaet.store import chats, citizens, timers
from afsaet.store import outbox as rows
from afsaet.store.database import Database
from afsaet.store.outbox import Item
from tests.assistant.world import World


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.mark.parametrize(("final_for_chat", "state", "why", "reachable"), [
    (None, "sent", None, True), (False, "failed", "refused", True), (True, "failed", "blocked", False),
])
async def test_what_became_of_a_message_is_noted_on_its_timer(
    world: World, final_for_chat: bool | None, state: str, why: str | None, reachable: bool
) -> None:
    citizen, _phone = world.joined()
    now = world.clock()
    with world.database.write() as tx:
        timers.plan(tx, citizen, "reminder", "m1", 0, [(1, now)])
        [due] = timers.due(tx, now, 10)
        assert timers.claim(tx, due.id, now)
        [chat] = chats.active_of(tx, citizen)
        rows.put(tx, chat, [Item({"message": {"text": "I morgen"}}, reply=False, timer_id=due.id)], now)
    source = StoreOutbox(world.assistant(), lambda address: None)
    source.leading = True
    [item] = await source.due(10)
    if final_for_chat is None:
        await source.done([item], 17)
    else:
        await source.failed(item, final_for_chat)
    with world.database.read() as tx:
        [timer] = timers.of_citizen(tx, citizen)
        assert (timer.state, timer.why, timer.at) == (state, why, now)
        kept = citizens.get(tx, citizen)
        assert kept is not None
        assert (kept.reachable is not False) is reachable
