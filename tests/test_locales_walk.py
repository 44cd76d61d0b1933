"""A whole walk in English, in which no Danish is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from babel import Locale

from afsaet.channels.telegram.render import pieces
from afsaet.flows.message import Message
from afsaet.locales import translator
from afsaet.locales.catalogue import read
from tests.everything import everything_shown

SEVERAL_PARAGRAPHS = 8  # a page with more of them holds all the answers, and may take several messages
# Not from the catalogue: the languages' own names for themselves, the caseworker, the one word of the citizen's that
# has letters, what stands for a CPR number in an answer, and Babel's words for a length and between what is listed.
ELSEWHERE = {"Dansk", "English", "Mette", "Holm", "stop", "CPR", "nummer", "fjernet", "hour", "and"}
CALENDAR = {word for form in ("days", "months") for word in getattr(Locale("en"), form)["format"]["wide"].values()}


def texts_of(messages: Iterable[Message]) -> Iterator[str]:
    """Every text and every label, without the heading of a calendar and the first letters of its days."""
    for message in messages:
        yield from (message.note, message.lead, message.text)
        yield from (button.label for row in message.rows for button in row if button.action != "stay")


def words_of(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"[^\W\d_]+", text)}


def without_marked(text: str) -> str:
    """What stands outside of the marks. A label that was cut has lost the end of its own."""
    rest = re.sub(r"⟦[^⟦⟧]*(?:⟧|$)", "", text)
    return rest if rest == text else without_marked(rest)


def test_everything_that_is_shown_comes_from_the_catalogue() -> None:
    catalogue = {message.id: message.string for message in read("en")}
    shown = everything_shown("en", lambda text: f"⟦{catalogue[text]}⟧" if text in catalogue else text)
    assert len(shown) > 300
    assert words_of(map(without_marked, texts_of(shown))) - ELSEWHERE - CALENDAR == set()


def test_no_danish_is_put_into_an_english_text() -> None:
    """Every word shown must be one that some translation has, also where it is a date or a name."""
    translated = words_of(str(message.string) for message in read("en"))
    known = {word.casefold() for word in translated | ELSEWHERE | CALENDAR}
    shown = words_of(texts_of(everything_shown("en", translator("en"))))
    assert {word for word in shown if word.casefold() not in known} == set()


def test_every_message_fits_one_of_telegrams() -> None:
    shown = [message for message in everything_shown("en", translator("en"))
             if message.plain() and message.text.count("\n\n") < SEVERAL_PARAGRAPHS]  # fmt: skip
    assert [message.lead for message in shown if len(pieces(message, 1)) > 1] == []
