"""Every answer that is kept can be deleted by itself, also where nothing here asks for it, and none is given away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afsaet.flows.state.session import Answer, Part
from tests.flows.transcript import Play

GONE, CLOSED, PRIVATE = "gammelt_spoergsmaal", "maal_hvad_skal_til", "helbred_betydning"
LIST = "Andre svar, jeg har gemt"


def play(policy: str = "åben", *, sent: bool = False) -> Play:
    """A citizen with an answer of each kind that no question here asks for, at the list of answers to change."""
    play = Play(policy=policy)
    play.say_yes()
    assert play.conversation is not None
    given = {name: Answer("answered", f"Hvad med {name}?", "2026-12-01T10:00:00+01:00", "r", parts=(Part(f"om {name}"),))
             for name in (GONE, CLOSED, PRIVATE)}  # fmt: skip
    session = play.conversation.session
    for name, answer in given.items():
        session = session.with_answer(name, answer)
    if sent:
        session = replace(session, versions=1, sent_at="2026-12-01T10:00:00+01:00")
    play.conversation = play.conversation.with_session(session)
    play.command("/mine_svar")
    play.tap("Ret et svar")
    return play


def labels(play: Play) -> list[str]:
    return [button.label for row in play.chat[-1].message.rows for button in row]


def kept(play: Play) -> set[str]:
    assert play.conversation is not None
    return set(play.conversation.session.answers)


def test_those_without_a_question_here_have_a_list_of_their_own() -> None:
    who = play()
    assert labels(who)[-2:] == [LIST, "Tilbage"]
    who.tap(LIST)
    assert labels(who) == [f"1. Hvad med {CLOSED}?", f"2. Hvad med {GONE}?", "Tilbage"]


def test_there_is_no_such_list_where_every_answer_can_be_changed() -> None:
    who = Play()
    who.say_yes()
    who.tap("Begynd")
    who.write("noget med dyr")
    who.command("/mine_svar")
    who.tap("Ret et svar")
    assert LIST not in labels(who)


@pytest.mark.parametrize("name", [CLOSED, GONE])
def test_each_is_asked_about_once_and_then_deleted(name: str) -> None:
    who = play()
    who.tap(LIST)
    label = next(label for label in labels(who) if name in label)
    who.tap(label)
    assert f"om {name}" in who.chat[-1].message.text
    assert "Det sender jeg ikke." in who.chat[-1].message.text
    assert name in kept(who)
    who.tap("Behold svaret")
    assert name in kept(who)
    who.tap(label)
    who.tap("Slet svaret")
    assert kept(who) == {GONE, CLOSED, PRIVATE} - {name}
    assert "Dit svar er slettet." in who.chat[-1].message.note
    who.tap_again()
    assert kept(who) == {GONE, CLOSED, PRIVATE} - {name}


def test_where_little_may_be_shown_all_can_be_deleted_and_nothing_is_given_away() -> None:
    who = play("sikker")
    before = len(who.lines)
    who.tap(LIST)
    assert len(labels(who)) == 4
    for _answer in (GONE, CLOSED, PRIVATE):
        who.tap(labels(who)[0])
        who.tap("Slet svaret")
    assert kept(who) == set()
    shown = "\n".join(who.lines[before:])
    assert "om " + PRIVATE not in shown
    assert not any(f"{words} {name}" in shown for name in (GONE, CLOSED, PRIVATE) for words in ("om", "Hvad med"))
    assert "Der er ingen svar at rette her." in who.chat[-1].message.text


def test_an_answer_that_would_be_sent_is_not_said_to_stay() -> None:
    who = play("sikker")
    who.tap(LIST)
    who.tap("2. Helbred, som du selv oplever det")
    assert "Det sender jeg ikke." not in who.chat[-1].message.text


def test_what_was_sent_is_said_to_be_unchanged() -> None:
    who = play(sent=True)
    who.tap(LIST)
    who.tap(labels(who)[0])
    who.tap("Slet svaret")
    assert "Det, du har sendt, er ikke ændret." in who.chat[-1].message.note


def test_an_answer_that_has_a_question_here_cannot_be_deleted_from_the_list() -> None:
    """A button of the list whose answer has come back into the dialogue says that it no longer works."""
    who = play("sikker")
    who.tap(LIST)
    who.tap("2. Helbred, som du selv oplever det")
    who.choose_policy("åben")
    who.tap("Slet svaret")
    assert PRIVATE in kept(who)
