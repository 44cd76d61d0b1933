"""The sender against an outbox in memory and a line without a network: stopping: what is under way is noted, and nothing new begins."""

from __future__ import annotations

import asyncio

from afsaet.channels.telegram.sender import Sender
from tests.telegram.doubles import idle
from tests.telegram.office import Office


async def test_stopping_lets_what_is_under_way_be_noted_and_begins_nothing_new(office: Office) -> None:
    office.line.gates[1] = asyncio.Event()
    for text in ("en", "to"):
        office.outbox.put(1, text)
    sender = Sender(office.outbox, office.line, clock=office.clock)
    task = asyncio.create_task(sender.run())
    await idle()
    sender.stop()
    await idle()
    assert not task.done()
    office.line.gates[1].set()
    await task

    assert office.line.texts(1) == ["en"]
    assert [row.payload["message"] for row in office.outbox.rows] == [{"text": "to"}]


async def test_what_was_being_read_when_it_was_stopped_is_left_for_the_next_run(office: Office) -> None:
    office.outbox.put(1, "en")
    office.outbox.gates["due"] = asyncio.Event()
    sender = Sender(office.outbox, office.line, clock=office.clock)
    task = asyncio.create_task(sender.run())
    await idle()
    sender.stop()
    office.outbox.gates["due"].set()
    await task

    assert office.line.calls == []


async def test_stopping_does_not_wait_for_a_database_that_is_away(office: Office) -> None:
    office.outbox.put(1, "en")
    office.outbox.trouble["done"] = 100
    sender = Sender(office.outbox, office.line, clock=office.clock)
    task = asyncio.create_task(sender.run())
    await idle()
    sender.stop()
    await asyncio.wait_for(task, 20)

    assert len(office.outbox.rows) == 1
