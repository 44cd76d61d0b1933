"""What is asked once a month, at the end of the first round of it: when, and who sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from afsaet.flows.inputs import Tap
from afsaet.measures.sharing import Sharing
from tests.measures.rounding import FOUR, MONTHLY, Rounder


def test_the_months_four_are_asked_with_the_first_round_of_the_month_and_not_again():
    who = Rounder(*FOUR, monthly=True)
    who.round("trivselstjek", 6, 7, 5, 6, *MONTHLY)
    [status] = [each for each in who.kept.rounds if each.measure == "status"]
    assert status.complete and status.values == {
        "status_tro": 5, "status_helbred": 6, "status_socialt": 7, "status_timer": "1_5"}
    who.later(3)
    who.round("hjulet", 1, 2, 3, 4)
    assert [each.measure for each in who.kept.rounds].count("status") == 1
    who.later(28)
    who.go("begynd.hjulet")
    assert "Spørgsmål 1 af 8" in who.said


def test_a_round_in_which_the_months_four_are_left_out_is_whole():
    who = Rounder(monthly=True)
    who.round("trivselstjek", 6, 7, 5, 6)
    assert [(each.measure, each.complete) for each in who.kept.rounds] == [("trivselstjek", True)]


def test_what_is_asked_with_a_round_is_shown_with_it_or_not_at_all():
    who = Rounder(monthly=True)
    who.go("begynd.trivselstjek")
    who.press(5, "Spring over", 5, 5, *MONTHLY)
    assert "Så er svarene kun til dig" in who.said and "Gem og vis til min sagsbehandler" not in who.buttons
    who.give(Tap("show", who.conversation.ask))  # from before a number was taken away
    assert "Din sagsbehandler kan ikke se dem." in who.said
    assert [(each.measure, each.complete, each.shared) for each in who.kept.rounds] == [
        ("status", True, False), ("trivselstjek", False, False)]


def test_what_is_asked_with_a_round_that_the_citizen_keeps_is_kept_also_after_an_old_button():
    who = Rounder(monthly=True)
    who.kept.card = replace(who.kept.card, sharing=Sharing().keep("trivselstjek"))
    who.go("begynd.trivselstjek")
    who.press(5, 5, 5, 5, *MONTHLY)
    who.give(Tap("show", who.conversation.ask))
    assert "Din sagsbehandler kan ikke se dem." in who.said
    assert [each.shared for each in who.kept.rounds] == [False, False]


def test_the_months_four_can_be_left_out_where_the_round_is_shown():
    who = Rounder(monthly=True)
    who.go("begynd.trivselstjek")
    who.press(5, 6, 5, 5, *MONTHLY)
    assert "kun til dig" not in who.said
    who.press("Gem og vis uden de fire sidste")
    assert "Din sagsbehandler kan se dem. Svarene på månedens spørgsmål er kun til dig.\n" in who.said
    assert {each.measure: each.shared for each in who.kept.rounds} == {"trivselstjek": True, "status": False}


def test_the_months_four_can_be_kept_to_oneself_for_good_and_are_marked_then():
    who = Rounder(monthly=True)
    who.go("aftale")
    who.press("Månedens spørgsmål", "Gem det kun til mig fra nu af")
    assert "Din sagsbehandler ser det ikke." in who.said
    who.go("begynd.trivselstjek")
    who.press(5, 6, 5, 5, *MONTHLY)
    assert "• Mit helbred: 6 (kun til dig)" in who.said and "• Mine nærmeste: 6\n" in who.said
    assert [label for label in who.buttons if label.startswith("Gem")] == ["Gem og vis til min sagsbehandler", "Gem kun til mig"]
    who.press("Gem og vis til min sagsbehandler")
    assert {each.measure: each.shared for each in who.kept.rounds} == {"trivselstjek": True, "status": False}
    who.go("aftale.status.vis")
    who.later(31)
    who.round("trivselstjek", 5, 5, 5, 5, *MONTHLY)
    assert [each.shared for each in who.kept.rounds] == [False, True, True, True]


def test_half_of_the_months_four_is_marked_as_the_citizens_own_before_they_decide():
    who = Rounder(monthly=True)
    who.go("begynd.trivselstjek")
    who.press(5, 5, 5, 5, 6, "Spring over", "Spring over", "Spring over")
    assert "• Min tro på job: 6 (kun til dig)" in who.said and "Gem og vis uden de fire sidste" not in who.buttons


@pytest.mark.parametrize("agreed", ["slet", "pause"])
def test_the_months_four_are_not_asked_where_they_are_stopped_or_paused(agreed: str):
    who = Rounder(monthly=True)
    who.go("aftale.status")
    assert "Jeg stiller dem en gang om måneden" in who.said
    who.go(f"aftale.status.{agreed}")
    who.go("begynd.trivselstjek")
    assert "Spørgsmål 1 af 4" in who.said
    who.go("aftale.status.til")
    who.go("begynd.trivselstjek")
    assert "Spørgsmål 1 af 8" in who.said


def test_a_round_begun_on_the_last_of_a_month_gains_nothing_at_midnight_and_the_next_is_the_first():
    who = Rounder(monthly=True)
    who.round("trivselstjek", 5, 5, 5, 5, *MONTHLY)
    who.now = datetime(2026, 9, 30, 23, 58, tzinfo=who.now.tzinfo)
    who.go("begynd.trivselstjek")
    who.press(5, 5)
    who.now += timedelta(minutes=10)
    who.press(5)
    assert "Spørgsmål 4 af 4" in who.said
    who.press(5, "Gem kun til mig")
    who.later(3)
    who.round("trivselstjek", 5, 5, 5, 5, *MONTHLY)
    assert [each.measure for each in who.kept.rounds].count("status") == 2


def test_a_round_begun_with_the_months_four_loses_none_of_them_at_midnight_and_they_count_for_both_months():
    who = Rounder(monthly=True)
    who.now = datetime(2026, 9, 30, 23, 58, tzinfo=who.now.tzinfo)
    who.go("begynd.trivselstjek")
    who.press(5, 5, 5)
    who.now += timedelta(minutes=10)
    who.press(5, *MONTHLY, "Gem kun til mig")
    who.later(3)
    who.go("begynd.hjulet")
    who.go("begynd.trivselstjek")
    assert "Spørgsmål 1 af 4" in who.said


def test_whoever_answers_some_of_the_months_four_reads_that_those_are_not_shown():
    who = Rounder(monthly=True)
    who.round("trivselstjek", 5, 5, 5, 5, 6)
    assert "Din sagsbehandler kan se dem. Svarene på månedens spørgsmål er kun til dig. Jeg viser dem kun, når" in who.said
    assert {each.measure: each.shared for each in who.kept.rounds} == {"trivselstjek": True, "status": False}
    whole = Rounder(monthly=True)
    whole.round("trivselstjek", 5, 5, 5, 5, *MONTHLY)
    assert "månedens" not in whole.said
