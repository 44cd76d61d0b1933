"""What stands in a poll, a file's name or a list is looked at like any other words, and none of it is kept."""

from __future__ import annotations

from typing import Any

import pytest

from afsaet.channels.telegram.updates import read
from afsaet.flows.inputs import Unreadable

WORDS = "jeg vil dø"
POLL = {"id": "1", "question": "Hvad nu?", "options": [{"text": "Ja", "voter_count": 0}, {"text": WORDS}]}
HOLDERS = [
    {"poll": POLL}, {"poll": {"question": WORDS, "options": []}}, {"poll": {**POLL, "explanation": WORDS}},
    {"document": {"file_id": "x", "file_name": f"{WORDS}.pdf"}}, {"photo": [{"file_id": "x"}], "caption": WORDS},
    {"video": {"file_name": WORDS}}, {"audio": {"title": WORDS}}, {"venue": {"title": WORDS, "address": "Gade 1"}},
    {"contact": {"first_name": WORDS}}, {"checklist": {"title": "Liste", "tasks": [{"id": 1, "text": WORDS}]}},
]


def given_of(more: dict[str, Any], kind: str = "message") -> Unreadable:
    message = {"message_id": 7, "chat": {"id": 5, "type": "private"}, "date": 0, **more}
    incoming = read({"update_id": 1, kind: message}, 9)
    assert incoming is not None
    assert isinstance(incoming.given, Unreadable)
    return incoming.given


@pytest.mark.parametrize("more", HOLDERS)
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_words_are_found_wherever_telegram_puts_them(more: dict[str, Any], kind: str) -> None:
    given = given_of(more, kind)
    assert WORDS in given.caption
    assert given.ref == "7"


def test_words_that_are_not_the_citizens_in_this_message_are_left_alone() -> None:
    earlier = {"reply_to_message": {"message_id": 3, "text": WORDS, "caption": WORDS}}
    assert given_of({"voice": {"file_id": "x"}, "from": {"first_name": WORDS}, **earlier}).caption == ""


def test_a_place_that_moves_is_answered_once_and_a_caption_that_is_edited_is_read() -> None:
    chat = {"message_id": 5, "chat": {"id": 7, "type": "private"}}
    moved = {"update_id": 1, "edited_message": {**chat, "location": {"latitude": 55.0, "longitude": 12.0}}}
    assert read(moved, 1) is None
    edited = read({"update_id": 2, "edited_message": {**chat, "photo": [{"file_id": "x"}], "caption": WORDS}}, 1)
    assert edited is not None
    assert isinstance(edited.given, Unreadable)
    assert edited.given.caption == WORDS
