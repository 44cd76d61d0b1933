"""The sender against an outbox in memory and a line without a network: what turns offer and what is nudged does not overtake what waits in the outbox."""

from __future__ import annotations

import asyncio

import pytest
from telegram.error import TimedOut

from tests.telegram.doubles import idle
from tests.telegram.office import Office


async def test_a_turns_messages_leave_without_asking_the_outbox_again(office: Office) -> None:
    await office.start()
    asked = office.outbox.asked
    office.sender.offer([office.outbox.put(1, "en"), office.outbox.put(1, "to")])
    await idle()

    assert office.line.texts(1) == ["en", "to"]
    assert office.outbox.asked == asked


async def test_what_is_offered_does_not_overtake_what_waits_in_the_outbox(office: Office) -> None:
    office.line.errors[1] = [TimedOut()]
    office.outbox.put(1, "en")
    await office.start()
    office.sender.offer([office.outbox.put(1, "to")])
    await idle()
    assert office.line.texts(1) == ["en"]

    await office.clock.advance(3)
    assert office.line.texts(1) == ["en", "en", "to"]


async def test_what_is_offered_after_a_restart_does_not_overtake_what_was_postponed_before(office: Office) -> None:
    office.line.errors[1] = [TimedOut()]
    office.outbox.put(1, "en")
    await office.start()
    await office.crash()
    await office.start()
    office.sender.offer([office.outbox.put(1, "to"), office.outbox.put(2, "hej")])
    await idle()
    assert office.line.texts() == ["en", "hej"]

    await office.clock.advance(3)
    assert office.line.texts(1) == ["en", "en", "to"]


async def test_a_reply_may_go_past_a_postponed_message_if_the_outbox_gives_it(office: Office) -> None:
    office.line.errors[1] = [TimedOut()]
    office.outbox.put(1, "påmindelse", reply=False)
    await office.start()
    reply = office.outbox.put(1, "svar")
    office.outbox.give_anyway = [reply]
    office.sender.offer([reply])
    await idle()

    assert office.line.texts(1) == ["påmindelse", "svar"]
    await office.clock.advance(3)
    assert office.line.texts(1) == ["påmindelse", "svar", "påmindelse"]
    assert office.outbox.rows == []


async def test_what_is_offered_does_not_overtake_what_was_just_nudged(office: Office) -> None:
    await office.start()
    office.outbox.put(1, "en")
    office.sender.nudge()
    office.sender.offer([office.outbox.put(1, "to")])
    await idle()

    assert office.line.texts(1) == ["en", "to"]


@pytest.mark.parametrize("reading", [False, True])
async def test_what_is_offered_to_a_busy_chat_does_not_overtake_what_was_just_nudged(
    office: Office, reading: bool
) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    office.outbox.gates["due"] = asyncio.Event()
    office.sender.offer([office.outbox.put(1, "en")])
    await idle()
    office.outbox.put(1, "to")
    office.sender.nudge()
    if reading:
        await idle()
    office.sender.offer([office.outbox.put(1, "tre")])
    office.line.gates[1].set()
    await idle()
    office.outbox.gates["due"].set()
    await idle()

    assert office.line.texts(1) == ["en", "to", "tre"]


async def test_what_is_offered_while_the_outbox_is_being_read_is_not_forgotten(office: Office) -> None:
    await office.start()
    office.outbox.gates["due"] = asyncio.Event()
    office.outbox.put(1, "en")
    await office.nudged()
    office.sender.offer([office.outbox.put(1, "to")])
    await idle()
    office.outbox.gates["due"].set()
    await idle()

    assert office.line.texts(1) == ["en", "to"]


async def test_an_older_message_that_turns_up_late_does_not_disturb_the_one_on_its_way(office: Office) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    office.outbox.put(1, "fra en anden proces")
    office.sender.offer([office.outbox.put(1, "svar")])
    await idle()
    await office.nudged()
    office.line.gates[1].set()
    await idle()

    assert office.line.texts(1) == ["svar", "fra en anden proces"]
    assert office.outbox.rows == []


async def test_nothing_new_begins_while_the_outbox_is_away(office: Office) -> None:
    for number in range(7):
        office.outbox.put(1, str(number))
    await office.start()
    office.outbox.trouble["due"] = 2
    await office.nudged()
    await office.clock.advance(2.9)
    assert len(office.line.calls) == 5

    await office.clock.advance(3)
    assert len(office.line.calls) == 7


async def test_replies_are_served_first_when_there_is_room_for_one_chat_only(office: Office) -> None:
    office.outbox.put(1, "påmindelse", reply=False)
    office.outbox.put(2, "svar")
    await office.start(concurrency=1)

    assert office.line.texts() == ["svar", "påmindelse"]


async def test_what_is_offered_and_read_is_sent_once(office: Office) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    item = office.outbox.put(1, "en")
    office.sender.offer([item])
    office.sender.nudge()
    await idle()
    office.sender.offer([item])
    office.line.gates[1].set()
    await idle()

    assert office.line.texts(1) == ["en"]


async def test_what_is_noted_while_the_outbox_is_being_read_is_not_sent_again(office: Office) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    office.sender.offer([office.outbox.put(1, "en")])
    await idle()
    office.outbox.gates["due"] = asyncio.Event()
    await office.nudged()
    office.line.gates[1].set()
    await idle()
    assert office.outbox.rows == []
    office.outbox.gates["due"].set()
    await idle()

    assert office.line.texts(1) == ["en"]


async def test_what_follows_a_message_postponed_while_the_outbox_is_being_read_waits_too(office: Office) -> None:
    await office.start()
    office.line.gates[1] = asyncio.Event()
    office.line.errors[1] = [TimedOut()]
    office.sender.offer([office.outbox.put(1, "en")])
    await idle()
    office.outbox.gates["due"] = asyncio.Event()
    office.outbox.put(1, "to")
    await office.nudged()
    office.line.gates[1].set()
    await idle()
    office.outbox.gates["due"].set()
    await idle()
    assert office.line.texts(1) == ["en"]

    await office.clock.advance(3)
    assert office.line.texts(1) == ["en", "en", "to"]
