"""Wherever the words stand: the card comes, and a personal number goes, before the yes and after it."""

import pytest

from afsaet.assistant.incoming import Start
from afsaet.flows.inputs import Command, Edited, Text, Unreadable
from tests.assistant.test_assistant_safety import everything_kept

CARD = "Har du det svært lige nu, så tal med nogen"
TOLD = "Du skrev et CPR-nummer"
BOTH = "jeg vil ikke leve mere 010190-1234"
WAYS = {
    "text": lambda ref: Text(BOTH, ref),
    "edit": lambda ref: Edited(BOTH, ref),
    "caption": lambda ref: Unreadable("file", BOTH, ref),
    "command": lambda ref: Command(f"/hej {BOTH}", ref),
    "start": lambda ref: Start(BOTH),
}


def gives(phone, way, **more):
    """Hands it over as a message of the citizen's own, and reads the answers. Returns how many were there before."""
    seen, ref = len(phone.screen), phone._number()
    phone.own.append(ref)
    phone.gives(WAYS[way](ref), ref, **more)
    phone.reads()
    return seen


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("private", [True, False])
def test_a_stranger_gets_the_card_and_the_number_is_deleted_and_told_of(world, way, private):
    before, phone = world.tables(), world.phone()
    gives(phone, way, private=private)
    told, card = phone.screen
    assert told.text.startswith(TOLD)
    assert card.message.lead == CARD
    assert phone.own == []
    assert world.tables() == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("at", [[], ["Begynd"], ["Begynd", "/menu"]])
def test_a_citizen_gets_the_card_and_the_number_is_deleted_and_told_of(world, way, at):
    citizen, phone = world.joined()
    phone.plays(at)
    phone.own.clear()
    seen = gives(phone, way)
    texts = [bubble.text for bubble in phone.screen[seen:]]
    assert any(CARD in text for text in texts)
    assert any(text.startswith(TOLD) for text in texts)
    assert phone.own == []
    kept = everything_kept(world, citizen)
    assert "010190" not in kept
    assert way == "text" or "leve mere" not in kept


@pytest.mark.parametrize("words", ["jeg vil dø", "jeg skærer mig"])
def test_words_after_start_bring_the_card(world, words):
    citizen, phone = world.joined()
    for each in (phone, world.phone()):
        each.starts(words)
        assert each.last.message.lead == CARD
    assert words not in everything_kept(world, citizen)


def test_in_a_group_the_card_has_no_buttons(world):
    _citizen, phone = world.joined()
    phone.gives(Text("jeg vil dø", "7"), "7", private=False)
    assert phone.last.message.lead == CARD
    assert phone.last.buttons == {}


def test_a_number_in_two_quick_messages_is_put_together_and_both_go(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd"])
    phone.writes("Mit cpr er 010190")
    phone.writes("1234")
    phone.reads()
    assert world.words(citizen, "maal_droem") == ["Mit cpr er [CPR-nummer fjernet]"]
    assert phone.own == []
    assert any(bubble.text.startswith("Du skrev et CPR-nummer i flere beskeder") for bubble in phone.screen)


def test_a_number_in_two_messages_beside_a_choice_goes(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Gartner"])
    phone.own.clear()
    phone.plays(["mit nummer er 010190", "og mit job gav 1234"])
    assert len(phone.own) == 2  # words stand between, so these could be anything
    phone.plays(["0101", "90", "1234"])
    assert len(phone.own) == 2
    [*_parts, last] = world.words(citizen, "maal_retning")
    assert last == "[CPR-nummer fjernet]"


@pytest.mark.parametrize("halves", [["010190", "og så", "1234"], ["010190", "og 1234"], ["O1O19O", "l234"]])
def test_a_number_in_messages_with_a_word_between_them_goes(world, halves):
    citizen, phone = world.joined()
    phone.plays(["Begynd"])
    for half in halves:
        phone.writes(half)
    phone.reads()
    assert world.words(citizen, "maal_droem") == ["[CPR-nummer fjernet]"]
    assert phone.own == []


@pytest.mark.parametrize("late", [True, False])
def test_the_line_with_the_answer_does_not_go_on_showing_half_a_number(world, late):
    _citizen, phone = world.joined()
    phone.plays(["Begynd"])
    half = phone.writes("mit nummer er 010190")
    if late:
        phone.writes("1234")
        phone.reads()
    else:
        phone.reads()
        phone.edits(half, "mit nummer er 010190-1234")
    [_begun, line] = [bubble.answer for bubble in phone.screen if bubble.answer]
    assert line == "mit nummer er [CPR-nummer fjernet]"


def test_an_edit_that_makes_two_messages_a_number_is_put_together_too(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd"])
    phone.writes("010190")
    late = phone.writes("og mere")
    phone.reads()
    phone.edits(late, "1234")
    assert world.words(citizen, "maal_droem") == ["[CPR-nummer fjernet]"]
    assert phone.own == []
