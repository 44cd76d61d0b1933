"""How a message looks in Telegram, and how a long one is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.channels.telegram.render import LONGEST, OutText, one, parse_data, pieces, settled
from afsaet.channels.telegram.split import shorten, split
from afsaet.flows.message import Button, Message
from tests.fake_telegram.text import parse_html, utf16_length

FAMILY = "👩\u200d👩\u200d👧"
GRAPHEMES = ["a", "æ", "e\u0301", "👍🏽", "🇩🇰", FAMILY, "✌\ufe0f", " ", "\n\n", ". ", "<", "&"]


def read(out: OutText) -> str:
    return parse_html(out.text)[0]


def test_note_stands_in_italics_lead_in_bold_and_the_rest_plain() -> None:
    [out] = pieces(Message("Skriv bare.", "Hvad vil du?", "Spørgsmål 2 af 9"), 3)

    assert out.text == "<i>Spørgsmål 2 af 9</i>\n\n<b>Hvad vil du?</b>\n\nSkriv bare."
    assert out.keyboard is None


def test_what_a_citizen_wrote_is_never_markup() -> None:
    message = Message('5 < 6 & "ja" </b>', "<b>Hej</b>", "&lt;")
    [out] = pieces(message, 1)

    assert parse_html(out.text)[0] == message.plain()


def test_buttons_carry_the_number_of_their_question() -> None:
    rows = ((Button("Ja", "ja"), Button("Nej", "nej")), (Button("Læs mere", url="https://borger.dk"),))
    [out] = pieces(Message("Vil du?", rows=rows), 17)

    assert out.keyboard == {
        "inline_keyboard": [
            [{"text": "Ja", "callback_data": "17:ja"}, {"text": "Nej", "callback_data": "17:nej"}],
            [{"text": "Læs mere", "url": "https://borger.dk"}],
        ]
    }


def test_a_button_whose_data_is_too_long_is_a_mistake() -> None:
    assert pieces(Message("?", rows=((Button("x", "a" * 61),),)), 17)[0].keyboard
    with pytest.raises(ValueError, match="64 bytes"):
        pieces(Message("?", rows=((Button("x", "a" * 62),),)), 17)


def test_a_message_without_words_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="without words"):
        pieces(Message(" \n", rows=((Button("Ja", "ja"),),)), 1)


def test_a_long_message_is_cut_between_paragraphs_with_the_buttons_under_the_last_piece() -> None:
    paragraph = "Det her er en sætning om noget. " * 60
    message = Message("\n\n".join([paragraph.strip()] * 5), "Dit svar", rows=((Button("Videre", "videre"),),))
    out = pieces(message, 1)

    assert len(out) == 3
    assert [bool(piece.keyboard) for piece in out] == [False, False, True]
    assert [piece.text.startswith("<b>Dit svar</b>") for piece in out] == [True, False, False]
    assert all(read(piece).endswith(".") and utf16_length(read(piece)) <= LONGEST for piece in out)
    assert "\n\n".join(read(piece) for piece in out) == message.plain()


def test_bold_that_goes_over_a_cut_is_closed_and_opened_again() -> None:
    out = pieces(Message(lead="Kort sætning her. " * 400), 1)

    assert len(out) == 2
    assert all(piece.text.startswith("<b>") and piece.text.endswith("</b>") for piece in out)


def test_a_cut_is_made_at_a_sentence_and_not_behind_an_abbreviation() -> None:
    text = "Vi ses kl. 10. " * 400
    parts = [text[start:end] for start, end in split(text, 1000)]

    assert all(part.endswith("kl. 10.") for part in parts)


def test_a_text_without_sentences_is_cut_between_words() -> None:
    text = "ord " * 500
    assert {part for start, end in split(text, 333) for part in text[start:end].split()} == {"ord"}


@pytest.mark.parametrize("letter", ["æ", "👍🏽", "🇩🇰", FAMILY, "e\u0301", "✌\ufe0f"])
def test_a_single_endless_word_is_cut_between_whole_characters(letter: str) -> None:
    text = letter * 1500
    parts = [text[start:end] for start, end in split(text, 1001)]

    assert len(parts) > 1
    assert all(len(part) % len(letter) == 0 for part in parts)


@given(st.lists(st.sampled_from(GRAPHEMES), max_size=200), st.integers(20, 60))
def test_nothing_but_white_space_is_lost_by_cutting(letters: list[str], most: int) -> None:
    text = "".join(letters)
    parts = [text[start:end] for start, end in split(text, most)]

    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < utf16_length(part) <= most for part in parts)


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=100))
def test_telegram_takes_whatever_text_comes(text: str, lead: str, note: str) -> None:
    message = Message(text * 30, lead, note)
    if not message.plain().strip():
        return
    for out in pieces(message, 1):
        assert 0 < utf16_length(read(out)) <= LONGEST


def test_half_a_surrogate_pair_does_not_stop_a_message() -> None:
    [out] = pieces(Message("Fin \ud83d dag", "\ud83d\ude00", rows=((Button("\ud83d", "x"),),)), 1)

    assert out.text.encode()
    assert "😀" in out.text
    assert out.keyboard
    assert out.keyboard["inline_keyboard"][0][0]["text"].encode()


@pytest.mark.parametrize("action", ["ja", "svar:nej", "æ", "side.2"])
def test_a_button_pressed_is_read_back(action: str) -> None:
    [out] = pieces(Message("?", rows=((Button("x", action),),)), 123)

    assert out.keyboard
    assert parse_data(out.keyboard["inline_keyboard"][0][0]["callback_data"]) == (123, action)


@pytest.mark.parametrize(
    "data", [None, 7, "", "x", ":", "1:", ":ja", "a:ja", "-1:ja", "²:ja", "9" * 30 + ":ja", b"1:ja"]
)
def test_data_that_is_not_ours_is_no_press(data: object) -> None:
    assert parse_data(data) is None


def test_an_answered_question_keeps_its_lead_and_shows_the_answer() -> None:
    question = Message("Skriv bare.", "Hvad vil du?", "Spørgsmål 2 af 9", ((Button("Ja", "ja"),),))

    assert settled(question, "Et job\n med få timer") == OutText("<b>Hvad vil du?</b>\n\n✓ Et job med få timer")


def test_a_long_answer_is_shortened_at_a_word_under_its_question() -> None:
    out = settled(Message(lead="Hvad vil du?"), "mange ord om det hele " * 50)

    assert read(out).endswith("…")
    assert utf16_length(read(out)) < 230
    assert read(out).removesuffix("…").rstrip().split()[-1] in {"mange", "ord", "om", "det", "hele"}


def test_a_question_without_a_lead_keeps_its_text_when_answered() -> None:
    assert settled(Message("Vil du?"), "Ja").text == "<b>Vil du?</b>\n\n✓ Ja"


def test_an_edit_holds_one_message_however_long() -> None:
    out = one(Message("Lang tekst. " * 900, "Lead " * 400, rows=((Button("Ja", "ja"),),)), 1)

    assert out.keyboard
    assert 3000 < utf16_length(read(out)) <= LONGEST


def test_a_short_text_is_not_shortened() -> None:
    assert shorten(" kort ", 4) == "kort"
    assert shorten("👍" * 10, 5) == "👍👍…"
