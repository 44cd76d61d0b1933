"""A text waits for what is under way to its chat, and not for ever."""

from __future__ import annotations

import asyncio

import pytest

from afsaet.channels.telegram import underway
from afsaet.channels.telegram.render import OutText
from afsaet.channels.telegram.underway import UnderWay
from tests.telegram.doubles import PATIENCE, MemoryLine, idle

KEYBOARD = {"inline_keyboard": [[{"text": "Ja", "callback_data": "1:ja"}]]}


def waits(watched: UnderWay, address: int) -> asyncio.Task[None]:
    return asyncio.create_task(watched.settled(address))


async def leaves(watched: UnderWay, how: str) -> asyncio.Task[object]:
    """Something is on its way to chat 1, and Telegram has not answered."""
    if how == "message":
        task: asyncio.Task[object] = asyncio.create_task(watched.send(1, OutText("Hej", KEYBOARD)))
    else:
        task = asyncio.create_task(watched.edit(1, 7, OutText("Hej", KEYBOARD if how == "question" else None)))
    await idle()
    return task


@pytest.fixture
def line() -> MemoryLine:
    line = MemoryLine()
    line.gates[1] = asyncio.Event()
    return line


@pytest.mark.parametrize("how", ["message", "question"])
async def test_a_text_waits_until_what_left_before_it_is_noted(line: MemoryLine, how: str) -> None:
    watched = UnderWay(line)
    sent = await leaves(watched, how)
    text, other = waits(watched, 1), waits(watched, 2)
    await idle()
    assert (text.done(), other.done()) == (False, True)
    line.gates[1].set()
    await sent
    await idle()
    assert not text.done()  # it has arrived, and its number is not noted yet
    watched.noted(1)
    await text


async def test_nothing_waits_for_an_answered_question_that_loses_its_buttons(line: MemoryLine) -> None:
    watched = UnderWay(line)
    edited = await leaves(watched, "answered")
    await waits(watched, 1)
    line.gates[1].set()
    await edited


async def test_what_fails_is_waited_for_no_more(line: MemoryLine) -> None:
    watched = UnderWay(line)
    line.errors[1] = [OSError()]
    sent = await leaves(watched, "message")
    text = waits(watched, 1)
    line.gates[1].set()
    with pytest.raises(OSError):
        await sent
    await text


async def test_many_texts_wait_no_longer_than_one_for_an_answer_that_is_slow(
    line: MemoryLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else one who writes much while Telegram is slow would keep everybody else's updates waiting."""
    monkeypatch.setattr(underway, "LONGEST_WAIT", 0.01)
    watched = UnderWay(line)
    sent = await leaves(watched, "message")
    monkeypatch.setattr(underway, "LONGEST_WAIT", 2 * PATIENCE)
    async with asyncio.timeout(PATIENCE):
        for _text in range(3):
            await watched.settled(1)
    line.gates[1].set()
    await sent
