"""A round as the citizen meets it: its questions, its end, what is said after it, and who may see it."""

from __future__ import annotations

import pytest

from afsaet.flows.setting import ALL_SENSITIVITIES
from afsaet.measures.agreement import Agreement
from afsaet.measures.items import HEARD, HOURS, ITEMS, SATISFACTION
from tests.measures.rounding import CALM, FOUR, HELD, LIBRARY, MONTHLY, SAFE, Rounder


@pytest.mark.parametrize(("measure", "answers"), [
    ("trivselstjek", (6, 7, 5, 6)), ("samtaletjek", (8, 8, 9, 8)), ("hjulet", (3, 4, 5, 6)),
    ("tilfredshed", ("Tilfreds", "Ja")),
])  # fmt: skip
def test_a_round_takes_a_tap_an_item_and_two_more_also_with_the_months_four(measure: str, answers: tuple[object, ...]):
    for monthly, along in ((False, ()), (True, MONTHLY)):
        who = Rounder(*FOUR, monthly=monthly, meetings=HELD)
        taps = 0
        who.go(f"begynd.{measure}")
        taps += 1
        for answer in (*answers, *along):
            while str(answer) not in who.buttons:
                who.press("Spring over")  # a question for own words, which is no item to tap
            who.press(answer)
            taps += 1
        while "Gem kun til mig" not in who.buttons:
            who.press("Spring over")
        who.press("Gem kun til mig")
        taps += 1
        assert taps == len(answers) + len(along) + 2
        kept = {each.measure: each for each in who.kept.rounds}
        assert kept[measure].complete and set(kept) == {measure, *(("status",) if monthly else ())}


@pytest.mark.parametrize(("language", "four", "more"), [
    ("da", "Fire hurtige spørgsmål", "Denne gang kommer der fire mere til sidst."),
    ("en", "Four quick questions", "This time four more come at the end."),
])  # fmt: skip
def test_what_a_round_says_of_its_length_agrees_with_its_questions(language: str, four: str, more: str):
    who = Rounder(monthly=True, language=language)
    who.go("begynd.trivselstjek")
    assert four in who.said and more in who.said and " 8 " in who.said
    for other in (Rounder(language=language), Rounder(*CALM, monthly=True, language=language)):
        other.open_to = SAFE if other.monthly else ALL_SENSITIVITIES
        other.go("begynd.hjulet" if other.monthly else "begynd.trivselstjek")
        assert " 4 " in other.said and more not in other.said


def test_a_rise_of_one_is_met_with_a_warm_word_and_a_fall_with_none():
    who = Rounder(*FOUR)
    who.round("hjulet", 3, 4, 5, 6)
    assert "gået op" not in who.said
    who.later()
    who.round("hjulet", 4, 4, 4, 6)
    assert "Tallet er gået op. Hvor er det godt!\n• Tro på job\n\n" in who.said
    assert "Min hverdag: fra 5 til 4" in who.said
    assert all(word not in who.said.casefold() for word in ("faldet", "ned", "dårlig", "desværre"))


def test_what_helped_is_asked_where_a_number_rose_and_what_would_help_where_it_fell():
    who = Rounder(*FOUR)
    who.round("hjulet", 3, 4, 5, 6)
    who.later()
    who.go("begynd.hjulet")
    who.press(4)
    assert "Hvad tror du, der har hjulpet?" in who.said and "Hvor er det godt!" in who.said
    who.write("en ven")
    assert "andre dele af dit liv" in who.said
    who.press("Spring over", 3)
    assert "Hvad vil du gerne have hjælp til?" in who.said
    who.write("tid")
    who.press(5, 6, "Gem kun til mig")
    assert who.kept.rounds[-1].words == {"hjul_tro.hjalp": "en ven", "hjul_retning.hjaelp_til": "tid"}
    assert who.kept.rounds[-1].complete


def test_a_question_to_talk_about_comes_to_the_citizen_and_never_on_one_round():
    who = Rounder()
    who.round("trivselstjek", 6, 7, 6, 7)
    assert "før næste møde" not in who.said
    who.later()
    who.round("trivselstjek", 5, 5, 5, 6)
    assert "Skal vi tale om det før næste møde?" in who.said


def test_how_often_is_asked_once_at_the_end_of_the_first_round():
    who = Rounder()
    who.round("trivselstjek", 6, 7, 5, 6)
    assert "Må jeg spørge dig igen?" in who.said
    who.press("Hver 14. dag")
    assert who.kept.card.agreements == {"trivselstjek": Agreement(every_days=14)}
    who.later(14)
    who.round("trivselstjek", 6, 7, 5, 6)
    assert "Må jeg spørge dig igen?" not in who.said


def test_a_round_kept_to_oneself_says_that_nobody_else_sees_it():
    who = Rounder()
    who.round("trivselstjek", 6, 7, 5, 6, ending="Gem kun til mig")
    assert "Din sagsbehandler kan ikke se dem." in who.said
    who.later()
    who.round("trivselstjek", 6, 7, 5, 6)
    assert "Din sagsbehandler kan se dem." in who.said


def test_what_is_asked_after_a_meeting_and_once_a_month_is_what_the_rules_name():
    for measure in ("samtaletjek", "tilfredshed", "status"):
        questions = LIBRARY.dialogues[measure].questions
        own = [name for name, each in questions.items() if each.only_if == ""]
        assert own == [item.id for item in ITEMS[measure]]  # type: ignore[index]
        assert [questions[item.id].sensitivity for item in ITEMS[measure]] == [  # type: ignore[index]
            item.sensitivity for item in ITEMS[measure]]  # type: ignore[index]
    options = {name: tuple(option.id for option in LIBRARY.dialogues[measure].questions[name].answer.options)  # type: ignore[union-attr]
               for measure, name in (("tilfredshed", "tilfreds_moede"), ("tilfredshed", "tilfreds_hoert"),
                                     ("status", "status_timer"))}  # fmt: skip
    assert options == {"tilfreds_moede": SATISFACTION, "tilfreds_hoert": HEARD, "status_timer": HOURS}


def test_a_round_that_is_not_whole_repeats_no_question_of_the_rounds_before():
    who = Rounder()
    who.round("trivselstjek", 9, 9, 9, 9)
    who.later()
    who.round("trivselstjek", 5, 5, 5, 5)
    assert "Skal vi tale om det" in who.said
    who.later()
    who.round("trivselstjek", 5, "Spring over", 9, 9, ending="Gem kun til mig")
    assert "Skal vi tale om det" not in who.said
