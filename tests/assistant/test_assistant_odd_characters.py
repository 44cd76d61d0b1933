"""Half characters and control characters, wherever Telegram may hand them over: kept, answered and exported."""

import json

import pytest

from afsaet.assistant.turn.receive import receive
from afsaet.channels.telegram.render import pieces
from afsaet.channels.telegram.updates import read
from afsaet.export import FORMATS, render
from afsaet.flows.inputs import whole
from tests.assistant.phone import BOT
from tests.assistant.world import FIRST_QUESTION, SECOND_QUESTION

HALF = "\\ud800"  # as JSON has it
ODD = "\x00\x07\x1b[31m \x7f \ud800 \ud83d \ude00 \u202e \ufeff"
NUMBERS = {"update_id": 9_000_000, "message_id": 5}


def hands_over(phone, kind, **more):
    """An update as Telegram posts it, read and taken in; then everything that was laid out arrives."""
    NUMBERS["update_id"] += 1
    chat = {"id": int(phone.address), "type": "private"}
    body = {"message_id": 50_000 + NUMBERS["update_id"], "chat": chat, **more}
    if kind == "callback_query":
        body = {"id": "1", "message": {"message_id": 5, "chat": chat}, **more}
    update = json.loads(json.dumps({"update_id": NUMBERS["update_id"], kind: body}).replace("HALF", HALF))
    incoming = read(update, BOT)
    acts = receive(phone.assistant, incoming)
    phone.reads()
    for message in [*(act.message for act in acts), *(bubble.message for bubble in phone.screen)]:
        assert all(piece.text.encode() for piece in pieces(message, 1))
    return acts, update


def test_a_text_with_half_a_character_is_an_answer_like_any_other(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    hands_over(phone, "message", text="Noget med HALF dyr")
    assert world.words(citizen, "maal_droem") == ["Noget med \ufffd dyr"]
    assert SECOND_QUESTION in phone.last.text


def test_an_edited_message_with_half_a_character_corrects_the_answer(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    _acts, update = hands_over(phone, "message", text="Noget med dyr")
    number = update["message"]["message_id"]
    hands_over(phone, "edited_message", text="Noget med heste HALF", message_id=number)
    assert world.words(citizen, "maal_droem") == ["Noget med heste \ufffd"]


@pytest.mark.parametrize(("kind", "more", "said"), [
    ("message", {"photo": [], "caption": "se HALF"}, "Jeg kan ikke se billeder"),
    ("message", {"text": "/HALF"}, "Det ord kender jeg ikke"),
    ("message", {"text": "HALF"}, SECOND_QUESTION),
    ("message", {"text": "/start HALF"}, "Her er allerede en samtale"),
    ("callback_query", {"data": "1:HALF"}, FIRST_QUESTION),
    ("callback_query", {"data": "1:m.HALF"}, FIRST_QUESTION),
    ("callback_query", {"data": "HALF"}, FIRST_QUESTION),
])
def test_everything_else_with_half_a_character_is_answered(world, kind, more, said):
    _citizen, phone = world.joined()
    phone.taps("Begynd")
    seen = len(phone.screen)
    hands_over(phone, kind, **more)
    assert any(said in bubble.text for bubble in phone.screen[seen - 1:]), phone.transcript


@pytest.mark.parametrize(("kind", "more"), [
    ("message", {"text": "HALF"}), ("message", {"text": "/start HALF"}), ("callback_query", {"data": "1:w.yes.HALF"}),
])
def test_a_stranger_with_half_a_character_is_answered_at_the_door(world, kind, more):
    acts, _update = hands_over(world.phone(), kind, **more)
    assert [act.message.plain().strip() != "" for act in acts] == [True]


def test_a_plan_with_odd_characters_is_sent_and_exported(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    phone.says(f"Noget med {ODD} slut")
    phone.says("/mine_svar")
    for label in ("Send til min sagsbehandler", "Ja, send"):
        phone.taps(label)
    [version] = world.versions(citizen)
    assert world.words(citizen, "maal_droem") == [f"Noget med {whole(ODD)} slut"]
    for form in FORMATS:
        document = render(version.snapshot, form, {})
        if form in ("txt", "csv"):
            text = document.decode("utf-8-sig")
            assert "[U+0000][U+0007][U+001B]" in text
            assert not set(text) & set("\x00\x07\x1b\x7f\u202e")


def test_two_halves_that_belong_together_become_the_character_they_are():
    assert whole("a\ud83d\ude00b\ud83d") == "a\U0001f600b\ufffd"
    assert whole("\ufeffæ") == "\ufeffæ"
