"""Files and pictures that go with a message: made when it is sent, shown with its words, and never in their way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from afsaet.assistant import attachments, drawing
from afsaet.assistant.attachments import File
from afsaet.channels.telegram.delivery import carry_out
from afsaet.channels.telegram.errors import Meaning
from afsaet.channels.telegram.outbox import Item
from afsaet.channels.telegram.transport import Transport
from afsaet.channels.terminal.shown import SHOWN_ELSEWHERE, shown
from afsaet.flows.message import Attachment, Button, Message
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.people import Person

ROWS = ((Button("Menu", "m.menu"),),)


def calendar(data: Mapping[str, Any]) -> File:
    return File("aftale.ics", "text/calendar; charset=utf-8", str(data["what"]).encode())


def picture(data: Mapping[str, Any]) -> File:
    return File("hjul.png", "image/png", b"\x89PNG")


@pytest.fixture(autouse=True)
def makers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAKERS", {"calendar": calendar, "wheel": picture})
    monkeypatch.setattr(drawing, "PICTURES", frozenset())  # the process beside ours would not know these makers


@pytest.fixture
def kirsten(telegram: FakeTelegram) -> Person:
    person = telegram.person()
    person.starts()
    return person


def item(person: Person, message: Message, progress: int = 0) -> Item:
    return Item(1, "chat", person.id, "send", {"message": message.to_json(), "ask": 7}, True, 1, progress)


async def test_a_calendar_file_has_the_words_as_its_caption_and_the_buttons_under_it(
    kirsten: Person, line: Transport
) -> None:
    message = Message("Åbn filen.", "Din aftale", rows=ROWS, attachment=Attachment("calendar", {"what": "æøå"}))
    outcome = await carry_out(line, item(kirsten, message))

    assert outcome.verdict.meaning is Meaning.DONE and outcome.left == 0
    assert kirsten.last.id == outcome.sent and kirsten.last.kind == "document"
    assert kirsten.last.file == ("aftale.ics", "æøå".encode())
    assert kirsten.last.text == "Din aftale\n\nÅbn filen." and kirsten.last.buttons == ("Menu",)


async def test_a_picture_is_shown_in_the_chat(kirsten: Person, line: Transport) -> None:
    await carry_out(line, item(kirsten, Message("Hjulet.", attachment=Attachment("wheel", {}))))
    assert kirsten.last.kind == "photo" and kirsten.last.text == "Hjulet."


async def test_words_too_many_for_a_caption_come_after_the_file_with_the_buttons_last(
    kirsten: Person, line: Transport
) -> None:
    message = Message("Et ord til. " * 100, rows=ROWS, attachment=Attachment("wheel", {}))
    first = await carry_out(line, item(kirsten, message))
    assert first.left == 1 and kirsten.last.kind == "photo" and kirsten.last.buttons == ()

    second = await carry_out(line, item(kirsten, message, progress=1))
    assert second.left == 0 and kirsten.last.kind == "text" and kirsten.last.buttons == ("Menu",)
    assert len(kirsten.from_bot) == 2


@pytest.mark.parametrize("data", [{}, {"what": "\ud800"}], ids=["nothing to make it of", "what no file can hold"])
async def test_an_attachment_that_cannot_be_made_leaves_the_words(
    kirsten: Person, line: Transport, data: dict[str, Any]
) -> None:
    message = Message("Åbn filen.", attachment=Attachment("calendar", data))
    outcome = await carry_out(line, item(kirsten, message))
    assert outcome.verdict.meaning is Meaning.DONE
    assert (kirsten.last.kind, kirsten.last.text) == ("text", "Åbn filen.")


async def test_an_edit_of_a_picture_s_words_is_let_be(kirsten: Person, line: Transport) -> None:
    await carry_out(line, item(kirsten, Message("Hjulet.", attachment=Attachment("wheel", {}))))
    payload = {"message": Message(lead="Spørgsmålet").to_json(), "ask": 7, "ref": kirsten.last.id, "answer": "Ja"}
    outcome = await carry_out(line, Item(2, "chat", kirsten.id, "edit", payload, True, 2))
    assert outcome.verdict.meaning is Meaning.DONE


@pytest.mark.parametrize("description", ["PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED"])
async def test_a_picture_telegram_does_not_take_leaves_the_words_and_the_buttons(
    telegram: FakeTelegram, kirsten: Person, line: Transport, description: str
) -> None:
    telegram.fail("sendPhoto", 400, description=f"Bad Request: {description}")
    outcome = await carry_out(line, item(kirsten, Message("Hjulet.", rows=ROWS, attachment=Attachment("wheel", {}))))
    assert (outcome.verdict.meaning, outcome.sent, outcome.left) == (Meaning.DONE, kirsten.last.id, 0)
    assert (kirsten.last.kind, kirsten.last.text, kirsten.last.buttons) == ("text", "Hjulet.", ("Menu",))


async def test_a_picture_of_its_own_that_telegram_does_not_take_is_left_out(
    telegram: FakeTelegram, kirsten: Person, line: Transport
) -> None:
    telegram.fail("sendPhoto", 400, description="Bad Request: IMAGE_PROCESS_FAILED")
    message = Message("Et ord til. " * 100, rows=ROWS, attachment=Attachment("wheel", {}))
    outcome = await carry_out(line, item(kirsten, message))
    assert (outcome.verdict.meaning, outcome.sent, outcome.left) == (Meaning.DONE, None, 1)
    assert kirsten.from_bot == []


async def test_a_picture_that_cannot_be_sent_just_now_comes_later(
    telegram: FakeTelegram, kirsten: Person, line: Transport
) -> None:
    telegram.fail("sendPhoto", 500)
    outcome = await carry_out(line, item(kirsten, Message("Hjulet.", attachment=Attachment("wheel", {}))))
    assert outcome.verdict.meaning is Meaning.LATER and kirsten.from_bot == []


def test_the_terminal_says_that_there_is_more_than_words() -> None:
    for kind in SHOWN_ELSEWHERE:
        assert SHOWN_ELSEWHERE[kind] in shown(Message("Ord.", attachment=Attachment(kind, {})), {})
