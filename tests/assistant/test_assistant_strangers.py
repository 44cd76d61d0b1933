"""What waits in memory for somebody who is not invited, while Telegram takes no more just now."""

import asyncio

import pytest

from afsaet.assistant.incoming import Incoming
from afsaet.assistant.turn.receive import receive
from afsaet.channels.telegram.source import MOST_TO_ONE, StoreOutbox
from afsaet.flows.inputs import Text


@pytest.fixture
def door(world):
    """Gives a stranger's texts in, and returns what waits for them afterwards, by kind and words."""
    assistant = world.assistant()
    outbox = StoreOutbox(assistant, lambda address: None)

    def write(*texts):
        for ref, text in enumerate(texts, 1):
            outbox.reply("77", receive(assistant, Incoming("telegram", "77", Text(text, str(ref)), str(ref))))
        return [(item.kind, item.payload) for item in asyncio.run(outbox.due(1000))]

    return write


def test_words_of_need_right_after_a_greeting_bring_the_card(door):
    leads = [payload["message"]["lead"] for _kind, payload in door("hej", "jeg vil ikke leve mere")]
    assert leads == ["Hej. Jeg er Afsæt", "Har du det svært lige nu, så tal med nogen"]


def test_a_personal_number_right_after_a_greeting_is_taken_out_of_the_chat(door):
    [_greeting, deletion, told] = door("hej", "010190-1234")
    assert deletion[0] == "delete"
    assert deletion[1]["ref"] == "2"
    assert "CPR-nummer" in told[1]["message"]["text"]


def test_a_stranger_who_floods_gets_each_answer_once_and_never_a_heap(door):
    assert len(door(*["hej"] * 50)) == 1
    assert len(door(*["010190-1234"] * 50)) == MOST_TO_ONE
