"""The first minute is short: what must be known before a yes, and the rest one tap away."""

from __future__ import annotations

import pytest

from afsaet.assistant.shelf import consent_revision
from afsaet.flows import welcome
from afsaet.flows.message import Message
from afsaet.flows.plain import sentences
from tests.flows.transcript import NAMES, Play

MOST = 3


def shown_first(policy: str) -> list[Message]:
    """What a citizen reads until they stand at the first question, which is among it."""
    play = Play(policy=policy)
    play.open_link()
    play.tap("Ja, jeg vil gerne prøve")
    play.tap("Begynd")
    return [shown.message for shown in play.chat]


@pytest.mark.parametrize("policy", ["åben", "sikker"])
def test_no_message_of_the_first_minute_has_more_than_three_sentences_and_one_question(policy: str) -> None:
    for message in [welcome.invited(Play().setting, "KODE"), *shown_first(policy)]:
        assert len(sentences(message.text)) <= MOST, message.text
        assert message.plain().count("?") <= 1


def test_the_welcome_says_who_that_it_is_voluntary_and_who_sees_it_and_when() -> None:
    text = welcome.invited(Play().setting, "KODE").plain()
    for told in ("Solvang Kommune", "en maskine", "frivilligt", "samme rettigheder", "når du selv sender"):
        assert told in text


@pytest.mark.parametrize("told", [
    "har ansvaret", "Jeg gemmer dine svar", "kun det, du sender", "har nøglen", "sikkerhedskopier", "samme rettigheder",
    "stoppe og slette dit udkast", "180 dage", "30 dage", "Datatilsynet", "et firmas app og ikke kommunens",
])
def test_the_full_text_is_one_tap_away_and_leaves_nothing_out(told: str) -> None:
    play = Play()
    play.open_link()
    play.tap("Læs mere")
    assert told in play.chat[-1].message.text


def test_the_full_text_promises_no_more_than_the_program_keeps() -> None:
    """Whoever has the key file can open drafts, times stand in the clear, and what is sent is not the citizen's to
    delete."""
    text = welcome.full_text(Play().setting)
    for promised in ("kan ingen læse", "Alt er låst", "slette dine svar", "slette, når du vil"):
        assert promised not in text


def test_what_is_said_yes_to_is_known_by_its_whole_text() -> None:
    """The short welcome and the full text both count."""
    kept = consent_revision(NAMES)
    assert consent_revision({**NAMES, "moedenavn": "mødet"}) != kept  # in the welcome alone
    assert consent_revision({**NAMES, "kladde_dage": "90"}) != kept  # in the full text alone


@pytest.mark.parametrize("policy", ["åben", "sikker"])
def test_how_to_answer_stands_under_the_first_question_and_not_under_the_next(policy: str) -> None:
    play = Play(policy=policy)
    play.say_yes()
    play.tap("Begynd")
    assert "Skriv dit svar som en besked." in play.chat[-1].message.text
    play.write("noget med dyr")
    play.skip_until("Hvad er du god til?")
    assert "Skriv dit svar" not in play.chat[-1].message.text


def test_how_many_private_questions_there_are_is_told_before_the_first() -> None:
    play = Play(policy="sikker")
    play.say_yes()
    assert "Der er 20 spørgsmål om private ting" in play.chat[-1].message.text
