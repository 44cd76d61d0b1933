"""The sender against an outbox in memory and a line without a network: order, and what is noted of each message."""

from __future__ import annotations

import asyncio

from telegram.error import TimedOut

from afsaet.flows.message import Button, Message
from tests.telegram.doubles import idle
from tests.telegram.office import Office


async def test_messages_of_a_chat_leave_in_order_and_are_noted(office: Office) -> None:
    for text in ("en", "to", "tre"):
        office.outbox.put(1, text)
    await office.start()

    assert office.line.texts(1) == ["en", "to", "tre"]
    assert office.outbox.log == [("done", (1,), 1), ("done", (2,), 2), ("done", (3,), 3)]
    assert office.outbox.rows == []


async def test_a_message_waits_until_the_one_before_it_is_noted(office: Office) -> None:
    office.outbox.put(1, "en")
    office.outbox.put(1, "to")
    office.outbox.gates["done"] = asyncio.Event()
    await office.start()
    await office.nudged()

    assert office.line.texts(1) == ["en"]
    office.outbox.gates["done"].set()
    await idle()
    assert office.line.texts(1) == ["en", "to"]


async def test_a_slow_chat_keeps_nobody_else_waiting(office: Office) -> None:
    office.line.gates[1] = asyncio.Event()
    for chat in (1, 1, 2, 3):
        office.outbox.put(chat, "hej")
    await office.start()

    assert office.line.calls == [("send", 1, "hej"), ("send", 2, "hej"), ("send", 3, "hej")]


async def test_so_many_chats_are_served_at_a_time_and_no_more(office: Office) -> None:
    for chat in range(20):
        office.line.gates[chat] = asyncio.Event()
        office.outbox.put(chat, "hej")
    await office.start(concurrency=4)

    assert office.line.most_under_way == 4
    for gate in office.line.gates.values():
        gate.set()
    await office.clock.advance(1)
    assert len(office.line.calls) == 20
    assert office.line.most_under_way == 4


async def test_an_edit_is_noted_together_with_the_message_that_follows(office: Office) -> None:
    question = Message("Hjælp", "Hvad vil du?", rows=((Button("Ja", "ja"),),)).to_json()
    office.outbox.put(1, kind="edit", ref="7", message=question, answer="Ja")
    office.outbox.put(1, "Næste spørgsmål")
    await office.start()

    assert office.line.calls == [("edit", 1, "<b>Hvad vil du?</b>\n\n✓ Ja"), ("send", 1, "Næste spørgsmål")]
    assert office.outbox.log == [("done", (1, 2), 1)]


async def test_of_several_edits_of_a_message_in_a_row_only_the_last_goes_out(office: Office) -> None:
    for text, ref in (("a", 7), ("b", 7), ("c", 7), ("andet", 8), ("d", 7)):
        office.outbox.put(1, text, kind="edit", ref=ref)
    await office.start()
    assert [text for _kind, _chat, text in office.line.calls] == ["c", "andet", "d"]
    assert office.outbox.rows == []


async def test_an_edit_and_a_deletion_alone_are_noted_too(office: Office) -> None:
    office.outbox.put(1, "Ny liste", kind="edit", ref=7)
    office.outbox.put(1, kind="delete", ref=8)
    await office.start()

    assert office.line.calls == [("edit", 1, "Ny liste"), ("delete", 1, "8")]
    assert office.outbox.log == [("done", (1, 2), None)]


async def test_an_edit_whose_message_has_to_wait_is_noted_before(office: Office) -> None:
    office.outbox.put(1, "x", kind="edit", ref=7)
    office.outbox.put(1, "svar")
    office.line.before = lambda kind, address: office.line.errors[1].append(TimedOut()) if kind == "send" else None
    await office.start()

    assert office.outbox.log == [("done", (1,), None), ("postpone", 2, 1.0)]
