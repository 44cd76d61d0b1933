"""The lowest numbers bring somewhere to turn, and nothing of that is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.measures.rounding import FOUR, Rounder


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("low", [0, 1])
def test_the_lowest_numbers_bring_somewhere_to_turn_at_once_and_the_next_question_after_it(place: int, low: int):
    who = Rounder()
    who.go("begynd.trivselstjek")
    who.press(*[6] * place)
    who.press(low)
    card, after = who.messages
    assert "så tal med nogen" in card.plain() and not card.rows
    assert after.rows and "tal med nogen" not in after.plain()
    assert all(not hasattr(effect, "card") for effect in who.effects) and who.effects == ()


def test_it_comes_once_a_round_and_not_with_other_numbers_or_other_measures():
    who = Rounder(*FOUR)
    who.go("begynd.trivselstjek")
    who.press(1, 0)
    assert len(who.messages) == 1
    who.press(2, 2, "Gem kun til mig")
    assert "Akut hjælp" in who.buttons and "tal med nogen" not in who.said
    who.go("begynd.hjulet")
    who.press(0, 0, 0, 0)
    assert "tal med nogen" not in who.said


def test_a_number_changed_to_one_of_the_lowest_brings_it_too():
    who = Rounder()
    who.go("begynd.trivselstjek")
    who.press(6, 6, 6, 6, "Ret et svar", "Det hele", 1)
    assert "tal med nogen" in who.messages[0].plain() and "• Det hele: 1" in who.said


def test_nothing_of_it_is_kept():
    def through(low: int) -> Rounder:
        who = Rounder()
        who.round("trivselstjek", low, 6, 6, 6, ending="Gem kun til mig")
        return who

    low, other = through(1), through(2)
    assert low.conversation == other.conversation
    assert [replace(each, values={}) for each in low.kept.rounds] == [
        replace(each, values={}) for each in other.kept.rounds]
