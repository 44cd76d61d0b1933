"""Where only ordinary things may pass, private rounds and numbers wait for the next talk."""

from __future__ import annotations

from afsaet.flows.inputs import Tap
from afsaet.flows.setting import ALL_SENSITIVITIES
from afsaet.measures.pages.agreeing import MEASURES, choices_of
from afsaet.measures.terms import Terms
from tests.measures.rounding import CALM, FOUR, HELD, LIBRARY, OUTCOME, SAFE, Rounder


def test_under_the_safe_policy_private_rounds_wait_for_the_next_talk_and_say_nothing_of_what_they_are_about():
    for measure in ("trivselstjek", "samtaletjek", "tilfredshed", "hjulet"):
        who = Rounder(*FOUR, monthly=True, meetings=HELD)
        who.open_to = SAFE
        who.go(f"begynd.{measure}")
        assert "næste gang I taler sammen" in who.said
        assert not any(question.ask in who.said for question in LIBRARY.dialogues[measure].questions.values())
        assert "Begynd" not in who.buttons


def test_under_the_safe_policy_a_wheel_of_nothing_private_is_asked_about_without_the_months_four():
    who = Rounder(*CALM, monthly=True)
    who.open_to = SAFE
    who.round("hjulet", 1, 2, 3, 4)
    assert who.kept.rounds[-1].complete and who.picture is not None and len(who.kept.rounds) == 1


def test_under_the_safe_policy_private_numbers_are_not_shown_in_words_nor_in_a_picture():
    who = Rounder(*FOUR)
    who.round("hjulet", 3, 4, 5, 6)
    who.later()
    who.round("trivselstjek", 6, 7, 5, 6)
    who.open_to = SAFE
    for action in ("", "se.hjulet", "se.trivselstjek", "hjul", "hjul.se.hjul_ro", "hjul.vaelg", "hjul.navn.hjul_ro"):
        who.give(Tap(f"m.udvikling.{action}".rstrip("."), who.conversation.ask))
        assert who.picture is None and "Mig selv" not in who.said and "bolig" not in who.said
        assert "næste gang I taler sammen" in who.said and who.effects == ()


def test_a_policy_that_closes_half_way_leaves_the_round_for_the_talk():
    who = Rounder()
    who.go("begynd.trivselstjek")
    who.press(6, 7)
    who.open_to = SAFE
    who.command("fortsaet")
    assert "næste gang I taler sammen" in who.said and "6" not in who.said
    who.open_to = ALL_SENSITIVITIES
    who.command("fortsaet")
    assert who.conversation.session.answers.keys() == {*OUTCOME[:2]}


def test_under_the_safe_policy_no_page_says_that_what_is_private_will_be_asked_for():
    who = Rounder()
    who.open_to = SAFE
    who.go("aftale")
    assert who.said.count("Dem tager I, når I taler sammen.") == len(MEASURES) and "Jeg spørger" not in who.said
    for measure in MEASURES:
        who.go(f"aftale.{measure}.{next(iter(choices_of(measure, Terms())))}")  # an old button
        assert "Spørgsmålene er private." in who.said and not who.effects
        who.go(f"begynd.{measure}")
        assert "private" in who.said and "Jeg spørger" not in who.said
    who.kept.card = Rounder(*CALM).kept.card
    who.go("aftale.hjulet.7")
    assert "Jeg spørger hver uge." in who.said
