"""What the citizen agrees to: how often they are asked, pauses, and what is shared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from afsaet.assistant import shelf
from afsaet.flows.inputs import Tap
from afsaet.measures.agreement import Agreement
from afsaet.measures.asking import next_day
from afsaet.measures.items import Measure
from afsaet.measures.pages.agreeing import MEASURES, choices_of
from afsaet.measures.sharing import Sharing
from afsaet.measures.terms import Terms
from afsaet.municipality import Municipality
from tests.measures.rounding import Rounder


def test_every_measure_has_its_agreement_and_each_can_be_changed_paused_and_stopped():
    who = Rounder()
    who.command("udvikling")
    who.press("Mine aftaler")
    assert "Vi har ikke aftalt noget endnu." in who.said
    who.press("Trivselstjek", "Før en samtale")
    assert who.kept.card.agreements["trivselstjek"] == Agreement(before_talk=True)
    who.press("Hold pause i 4 uger")
    assert who.kept.card.agreements["trivselstjek"] == Agreement(before_talk=True, paused_until=date(2026, 9, 29))
    assert "Jeg holder pause til tirsdag den 29. september 2026." in who.said
    who.press("Slut med pausen")
    assert who.kept.card.agreements["trivselstjek"] == Agreement(before_talk=True)
    who.press("Slet ikke")
    assert who.kept.card.agreements["trivselstjek"] == Agreement(stopped=True)
    assert "Jeg spørger ikke." in who.said and "Hold pause i 4 uger" not in who.buttons
    who.press("Hver uge")
    assert who.kept.card.agreements["trivselstjek"] == Agreement(every_days=7)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_pause_before_anything_is_agreed_agrees_to_nothing(measure: Measure):
    who = Rounder()
    who.go(f"aftale.{measure}")
    before = who.said
    who.press("Hold pause i 4 uger")
    assert "Det er helt i orden. Jeg holder pause, og vi har ikke aftalt andet." in who.said
    assert "Jeg holder pause til tirsdag den 29. september 2026." in who.said
    paused = who.kept.card.agreements[measure]
    assert next_day(paused, 28, date(2026, 12, 1), None, [date(2026, 12, 24)]) is None
    who.later()
    who.go(f"aftale.{measure}")
    assert who.said == before  # it is over by itself
    who.later(-1)
    who.go(f"aftale.{measure}")
    who.press("Slut med pausen")
    assert "Pausen er slut." in who.said and "Det er aftalt" not in who.said
    who.go(f"aftale.{measure}")
    assert who.said == before


def test_after_such_a_pause_how_often_is_still_asked_once_and_not_during_it():
    for days, offered in ((27, False), (28, True)):
        who = Rounder()
        who.go("aftale.trivselstjek.pause")
        who.later(days)
        who.round("trivselstjek", 6, 7, 5, 6)
        assert ("Må jeg spørge dig igen?" in who.said) is offered


def test_a_pause_pressed_after_everything_is_stopped_changes_nothing():
    who = Rounder()
    who.go("aftale.trivselstjek.slet")
    who.go("aftale.trivselstjek.pause")
    assert "Jeg spørger ikke." in who.said and "aftalt" not in who.said
    assert who.kept.card.agreements == {"trivselstjek": Agreement(stopped=True)}


def test_as_often_as_the_municipality_has_set_stands_among_the_choices():
    for days, choice, said in ((42, "Hver 6. uge", "hver 6. uge."), (10, "Hver 10. dag", "hver 10. dag."),
                               (14, "Hver 14. dag", "hver 14. dag."), (7, "Hver uge", "hver uge.")):
        who = Rounder(library=shelf.build(Municipality(round_days=days), shelf.read_definitions(None)))
        who.round("trivselstjek", 6, 7, 5, 6)
        assert [each for each in who.buttons if each.startswith("Hver")] == [
            label for label in ("Hver uge", "Hver 10. dag", "Hver 14. dag", "Hver 6. uge")
            if label in ("Hver uge", "Hver 14. dag", choice)]
        who.press(choice)
        assert who.kept.card.agreements == {"trivselstjek": Agreement(days)} and f"Jeg spørger {said}" in who.said
        who.kept.card = replace(who.kept.card, agreements={"trivselstjek": Agreement()})
        who.go("aftale.trivselstjek")
        assert f"Jeg spørger {said}" in who.said


@pytest.mark.parametrize("stopped", [False, True])
def test_an_old_button_about_how_often_leads_to_what_is_agreed_now(stopped: bool):
    who = Rounder()
    who.round("trivselstjek", 6, 7, 5, 6)
    old = Tap(who.buttons["Hver 14. dag"], who.conversation.ask)
    if stopped:
        who.press("Slet ikke")
    who.command("fortsaet")
    who.press("Begynd")
    before = who.kept.card
    who.give(old)
    assert "Den knap hører til noget tidligere. Her er du nu:" in who.said
    assert ("Jeg spørger ikke." if stopped else "Vi har ikke aftalt noget endnu.") in who.said
    assert "Hvor tit må jeg spørge?" in who.said and who.kept.card == before
    who.press("Hver 14. dag")
    assert who.kept.card.agreements == {"trivselstjek": Agreement(14)}


def test_an_old_button_of_a_choice_that_is_not_offered_any_more_leads_there_too():
    who = Rounder()
    who.go("aftale.trivselstjek.35")
    assert "Hvor tit må jeg spørge?" in who.said and who.effects == ()


@pytest.mark.parametrize("measure", MEASURES)
def test_every_choice_is_kept_as_it_is_named(measure: Measure):
    for word, choice in choices_of(measure, Terms()).items():
        who = Rounder()
        who.go(f"aftale.{measure}")
        who.press(choice.label.format(number=choice.number))
        assert who.kept.card.agreements == {measure: choice.agreement}, word
        assert "Det er aftalt." in who.said


def test_sharing_is_taken_back_for_rounds_to_come_and_given_again():
    who = Rounder()
    who.round("trivselstjek", 6, 7, 5, 6)
    who.go("aftale.trivselstjek")
    who.press("Gem det kun til mig fra nu af")
    assert who.kept.card.sharing == Sharing(frozenset({"trivselstjek"})) and "Din sagsbehandler ser det ikke." in who.said
    who.later()
    who.go("begynd.trivselstjek")
    who.press(6, 7, 5, 7)
    assert "Gem og vis til min sagsbehandler" not in who.buttons
    who.press("Gem kun til mig")
    assert [each.shared for each in who.kept.rounds] == [True, False]
    who.go("aftale.trivselstjek")
    who.press("Vis det igen for min sagsbehandler")
    assert who.kept.card.sharing == Sharing()


def test_whoever_does_not_want_to_is_met_with_nothing_but_that():
    who = Rounder()
    who.go("ikke_nu.trivselstjek")
    assert "helt i orden" in who.said and who.effects == () and who.kept.card.agreements == {}
