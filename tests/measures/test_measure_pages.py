"""The citizen's pages about rounds, the wheel and what is agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from afsaet.assistant import shelf
from afsaet.assistant.attachments import made
from afsaet.flows.inputs import Tap
from afsaet.flows.setting import ALL_SENSITIVITIES
from afsaet.measures.agreement import Agreement
from afsaet.measures.asking import next_day
from afsaet.measures.goals import Goal, PartGoal
from afsaet.measures.items import HEARD, HOURS, ITEMS, SATISFACTION, Measure
from afsaet.measures.pages.agreeing import MEASURES, choices_of
from afsaet.measures.sharing import Sharing
from afsaet.measures.showing import attached, content_from, content_of
from afsaet.measures.terms import Terms
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.mine import Mine
from afsaet.municipality import Municipality
from tests.measures.rounding import CALM, FOUR, LIBRARY, OUTCOME, Rounder, chosen

SAFE = frozenset({"alm"})
MONTHLY = (5, 6, 7, "1-5 timer")


def meeting(kind: str, day: date) -> Mine:
    wall = datetime.combine(day, time(10))
    return Mine(Meeting("m", "u@afsaet", kind, wall, "Europe/Copenhagen"), "", wall)  # type: ignore[arg-type]


HELD = [meeting("samtale", date(2026, 8, 30)), meeting("rehabiliteringsmoede", date(2026, 8, 25))]


# Where the citizen stands


def test_one_who_has_done_nothing_yet_reads_one_kind_sentence_and_how_to_begin():
    who = Rounder()
    who.command("udvikling")
    assert "Her kan du se, hvordan det går over tid." in who.said and who.picture is None
    assert {"Trivselstjek", "Hjulet", "Mit hjul", "Mine aftaler", "Menu"} <= who.buttons.keys()
    assert "Samtaletjek" not in who.buttons


def test_after_a_talk_there_is_a_samtaletjek():
    who = Rounder(meetings=[meeting("samtale", date(2026, 8, 30))])
    who.command("udvikling")
    who.press("Samtaletjek")
    assert "Tænk på den sidste samtale" in who.said and "Hvor trygt var det" in who.said
    assert "0 er slet ikke trygt. 10 er helt trygt." in who.said


def test_the_latest_picture_is_shown_with_the_same_as_text_and_the_others_lie_a_tap_away():
    who = Rounder(*FOUR)
    who.round("hjulet", 3, 4, 5, 6)
    who.later(1)
    who.round("trivselstjek", 6, 7, 5, 6)
    who.command("udvikling")
    assert who.picture is not None and who.picture.kind == "line"
    assert "• Mig selv, 0 til 10: 6" in who.said and "Det kommer, når du har svaret to gange." in who.said
    who.press("Se Hjulet")
    assert who.picture is not None and who.picture.kind == "wheel"
    assert "• Min hverdag: 5" in who.said


def test_a_picture_of_a_real_round_is_drawn_from_what_waits_in_the_outbox():
    who = Rounder(*FOUR, meetings=[meeting("samtale", date(2026, 9, 10))])
    for numbers in ((6, 7, "Ikke aktuelt for mig", 6), (7, 7, 5, 6)):
        who.round("trivselstjek", *numbers)
        who.later()
    who.round("hjulet", 3, 4, 5, 6)
    assert who.picture is not None
    drawn = made(who.picture)
    assert drawn.is_picture and drawn.content[:4] == b"\x89PNG" and drawn.name == "afsaet.png"
    for measure in ("trivselstjek", "hjulet"):
        content = content_of(measure, who.kept.rounds, who.wheel, who.setting)  # type: ignore[arg-type]
        assert content is not None
        assert content_from(attached(content, who.setting)) == content


# A round and its end


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


def test_a_round_in_which_the_months_four_are_left_out_is_whole():
    who = Rounder(monthly=True)
    who.round("trivselstjek", 6, 7, 5, 6)
    assert [(each.measure, each.complete) for each in who.kept.rounds] == [("trivselstjek", True)]


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


def test_a_team_meeting_of_long_ago_is_not_asked_about_any_more():
    who = Rounder(meetings=[meeting("rehabiliteringsmoede", date(2026, 7, 17))])
    who.go("begynd.tilfredshed")
    assert "Hvor tilfreds er du" not in who.said and "længe siden" in who.said
    who.more = {"meetings": [meeting("rehabiliteringsmoede", date(2026, 7, 18))]}
    who.go("begynd.tilfredshed")
    assert "Hvor tilfreds er du med mødet?" in who.said


def test_how_long_a_meeting_is_asked_about_is_the_deadline_of_the_citizens_profile(tmp_path: Path):
    (tmp_path / "kommune.toml").write_text("[profiles.rehabiliteringsteam.deadlines]\nsatisfaction_days = 14\n")
    library = shelf.build(Municipality.load(tmp_path), shelf.read_definitions(None))
    who = Rounder(library=library, meetings=[meeting("rehabiliteringsmoede", date(2026, 8, 17))])
    who.command("udvikling")
    assert "Efter mødet" not in who.buttons
    who.go("begynd.tilfredshed")
    assert "længe siden" in who.said
    who.more = {"meetings": [meeting("rehabiliteringsmoede", date(2026, 8, 18))]}
    who.go("begynd.tilfredshed")
    assert "Hvor tilfreds er du med mødet?" in who.said


@pytest.mark.parametrize(("measure", "answers"), [("samtaletjek", (8, 8, 9, 8)), ("tilfredshed", ("Tilfreds", "Ja"))])
def test_a_meeting_is_answered_about_once_also_through_an_old_button(measure: str, answers: tuple[object, ...]):
    who = Rounder(meetings=HELD)
    who.command("udvikling")
    old = Tap(f"m.udvikling.begynd.{measure}", who.conversation.ask)
    who.give(old)
    who.round(measure, *answers)
    who.give(old)
    assert "Du har allerede svaret om" in who.said and not who.conversation.open
    who.command("udvikling")
    assert f"m.udvikling.begynd.{measure}" not in who.buttons.values()
    assert [each.measure for each in who.kept.rounds] == [measure]
    who.later(2)
    newer = "samtale" if measure == "samtaletjek" else "rehabiliteringsmoede"
    who.more = {"meetings": [*HELD, meeting(newer, date(2026, 9, 2))]}
    who.round(measure, *answers)
    assert [each.measure for each in who.kept.rounds] == [measure, measure]


@pytest.mark.parametrize("measure", ["samtaletjek", "tilfredshed"])
def test_a_meeting_that_has_not_been_or_to_which_the_citizen_could_not_come_is_not_asked_about(measure: str):
    missed = [each.answered("cannot") for each in HELD]
    off = [replace(each, meeting=replace(each.meeting, cancelled=True)) for each in HELD]
    for held in ([], missed, off, [meeting(each.meeting.kind, date(2026, 9, 2)) for each in HELD]):
        who = Rounder(meetings=held)
        who.go(f"begynd.{measure}")
        assert "Jeg spørger, når" in who.said and not who.conversation.open
        who.command("udvikling")
        assert f"m.udvikling.begynd.{measure}" not in who.buttons.values()


def test_a_talk_is_offered_for_a_week_and_one_begun_in_time_may_be_finished():
    who = Rounder(meetings=[meeting("samtale", date(2026, 8, 25))])  # until eleven; it is ten, a week later
    who.command("udvikling")
    who.press("Samtaletjek", 8)
    who.later(2)
    who.command("udvikling")
    assert "Samtaletjek" not in who.buttons
    who.go("begynd.samtaletjek")
    assert "Hvor godt passer de mål" in who.said
    other = Rounder(meetings=[meeting("samtale", date(2026, 8, 24))])
    other.go("begynd.samtaletjek")
    assert "længe siden, I talte sammen" in other.said and not other.conversation.open


def test_what_was_begun_about_one_talk_is_not_finished_about_the_next():
    who = Rounder(meetings=[meeting("samtale", date(2026, 8, 30))])
    who.go("begynd.samtaletjek")
    who.press(1)
    old = Tap(who.buttons["1"], who.conversation.ask)
    who.later(2)
    who.more = {"meetings": [*HELD, meeting("samtale", date(2026, 9, 2))]}
    who.go("begynd.samtaletjek")
    assert "Hvor trygt var det" in who.said and "Dit svar nu" not in who.said
    who.give(old)
    assert "hører til noget tidligere" in who.said and "Hvor trygt var det" in who.said
    who.press(8, 8, 8, 8, "Spring over", "Gem kun til mig")
    assert [each.values["samtale_relation"] for each in who.kept.rounds] == [8]


def test_an_answer_begun_before_a_talk_is_not_about_it():
    who = Rounder(meetings=[meeting("samtale", date(2026, 8, 30))])
    who.go("begynd.samtaletjek")
    who.press(1, 2, 3, 4)
    who.later(2)
    who.more = {"meetings": [*HELD, meeting("samtale", date(2026, 9, 2))]}
    who.command("fortsaet")  # and not the button of the new question
    who.press("Spring over", "Gem kun til mig")
    who.round("samtaletjek", 8, 8, 8, 8)
    assert [each.values["samtale_relation"] for each in who.kept.rounds] == [1, 8]


# Somewhere to turn


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


# What is agreed


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


def test_an_old_button_that_lays_an_area_away_leads_to_the_wheel():
    who = Rounder(*FOUR, "hjul_folk")
    who.go("hjul.se.hjul_folk")
    old = Tap(who.buttons["Læg det væk"], who.conversation.ask - 1)
    who.give(old)
    assert "Tryk på et område for at ændre det." in who.said and len(who.wheel.active) == 5


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


# The wheel


def test_four_to_eight_areas_are_chosen_and_fewer_are_refused_with_the_ticks_kept():
    who = Rounder()
    who.command("udvikling")
    who.press("Hjulet", "Vælg områder", "Tro på job", "Min retning", "Færdig")
    assert "Vælg 4-8 områder" in who.said and who.wheel.active == ()
    who.press("Vælg igen")
    assert "☑ Tro på job" in str(who.seen.rows)
    who.press("Mine muligheder", "Flere ›", "Mine folk", "Færdig")
    assert [area.id for area in who.wheel.active] == ["hjul_tro", "hjul_retning", "hjul_muligheder", "hjul_folk"]
    assert "Dit hjul er klar." in who.said
    assert who.conversation.sessions["hjul_vaelg"].answers == {}


def test_an_area_is_made_up_by_writing_it():
    who = Rounder(*FOUR)
    who.go("hjul.vaelg")
    who.write("deltage i frokostpauser")
    who.write("samarbejde")
    who.press("Færdig")
    assert [(area.id, area.label) for area in who.wheel.active[4:]] == [
        ("eget_1", "deltage i frokostpauser"), ("eget_2", "samarbejde")]
    who.go("hjul.vaek.eget_1")
    who.go("hjul.vaelg")
    who.write("gå tur")
    who.press("Færdig")
    assert [area.id for area in who.wheel.active[4:]] == ["eget_2", "eget_3"]


def test_more_than_eight_are_refused():
    who = Rounder(*FOUR)
    who.go("hjul.vaelg")
    for name in ("a", "b", "c", "d", "e"):
        who.write(name)
    who.press("Færdig")
    assert "Vælg 4-8 områder" in who.said and len(who.wheel.areas) == 10


def test_an_area_is_renamed_and_asked_about_in_the_citizens_words_with_its_numbers_kept():
    who = Rounder(*FOUR)
    who.round("hjulet", 3, 4, 5, 6)
    who.go("hjul.se.hjul_hverdag")
    assert "Jeg spørger: Hvor godt får du søvn" in who.said and "Dine tal til nu: 5" in who.said
    who.press("Giv det et andet navn")
    assert "deltage i frokostpauser" in who.said
    who.write("deltage i frokostpauser")
    assert "Området har fået et nyt navn." in who.said and "Dine tal til nu: 5" in who.said
    who.press("Skriv et andet spørgsmål")
    who.write("Hvor let er det for mig at gå med?")
    assert "Jeg spørger: Hvor let er det for mig at gå med?" in who.said
    who.later()
    who.go("begynd.hjulet")
    who.press(3, 4)
    assert "Hvor let er det for mig at gå med?\n\ndeltage i frokostpauser" in who.said
    who.press(7, "Spring over", "Spring over", 6, "Gem kun til mig")
    assert "• deltage i frokostpauser: fra 5 til 7" in who.said


def test_a_name_that_is_too_long_or_taken_is_refused_and_nothing_is_changed():
    who = Rounder(*FOUR)
    for words, why in (("x" * 61, "Navnet er for langt"), ("tro på JOB", "allerede et område")):
        who.go("hjul.navn.hjul_ro")
        who.write(words)
        assert why in who.said and who.effects == ()
        assert who.wheel.area("hjul_ro").label == "Ro på bolig og penge"


def test_going_back_or_skipping_changes_nothing():
    for way in ("Tilbage", "Spring over"):
        for what in ("navn.hjul_ro", "spm.hjul_ro", "vaelg"):
            who = Rounder(*FOUR)
            before = who.wheel
            who.go(f"hjul.{what}")
            who.press(way)
            assert who.wheel == before and not who.conversation.open


def test_an_area_is_laid_away_and_taken_up_again_with_its_numbers():
    who = Rounder(*FOUR, "hjul_folk")
    who.round("hjulet", 3, 4, 5, 2, 6)
    who.go("hjul.vaek.hjul_ro")
    assert "Tallene er gemt." in who.said and "hjul_ro" not in [area.id for area in who.wheel.active]
    who.go("hjul.vaek.hjul_folk")
    assert "mindst 4 områder" in who.said and len(who.wheel.active) == 4
    who.go("hjul.op.hjul_ro")
    assert "med i dit hjul igen" in who.said and "Dine tal til nu: 6" in who.said
    who.command("udvikling")
    assert "• Ro på bolig og penge: 6" in who.said


def test_an_area_taken_up_again_is_asked_what_helped_since_it_was_laid_away():
    who = Rounder(*FOUR, "hjul_folk")
    who.round("hjulet", 3, 4, 5, 2, 6)
    who.go("hjul.vaek.hjul_ro")
    who.later()
    who.round("hjulet", 3, 4, 5, 6)
    who.go("hjul.op.hjul_ro")
    who.later()
    who.go("begynd.hjulet")
    who.press(3, 4, 5)
    while "Hvor meget ro" not in who.said:
        who.press(6)
    who.press(7)  # it was 6 when it was laid away
    assert "Hvad tror du, der har hjulpet?" in who.said


def test_a_double_tap_on_laying_away_does_no_more_than_one():
    who = Rounder(*FOUR, "hjul_folk", "hjul_krop")
    who.go("hjul.se.hjul_ro")
    tap = Tap(who.buttons["Læg det væk"], who.conversation.ask)
    who.give(tap)
    who.give(tap)
    assert who.effects == () and len(who.wheel.active) == 5


def test_an_area_is_tied_to_a_part_goal_and_to_none():
    part = PartGoal("0123456789abcdef", "tage bussen selv", date(2026, 9, 1))
    who = Rounder(*FOUR)
    who.kept.card = replace(who.kept.card, goals=(Goal("g", "et job", (part,)),))
    who.go("hjul.se.hjul_hverdag")
    who.press("Knyt det til et delmål", "tage bussen selv")
    assert who.wheel.area("hjul_hverdag").goal_id == part.id and "Hører til dit delmål: tage bussen selv" in who.said
    who.press("Knyt det til et delmål", "Ikke til noget delmål")
    assert who.wheel.area("hjul_hverdag").goal_id is None


def test_a_personal_number_is_no_name_and_distress_in_a_name_brings_the_card():
    who = Rounder(*FOUR)
    who.go("hjul.navn.hjul_ro")
    who.write("010170-1234")
    assert "CPR-nummer" in who.said and "010170" not in str(who.wheel)
    who.write("jeg vil dø")
    assert "så tal med nogen" in who.said and not who.conversation.open


def test_while_a_round_is_half_way_the_wheel_can_be_changed_and_the_round_goes_on():
    who = Rounder(*FOUR, "hjul_folk")
    who.go("begynd.hjulet")
    who.press(3, 4)
    who.go("hjul.navn.hjul_hverdag")
    who.write("sove om natten")
    who.go("hjul.vaek.hjul_folk")
    who.go("begynd.hjulet")
    assert "sove om natten" in who.said and "Spørgsmål 3 af 4" in who.said
    who.press(5, 6, "Gem kun til mig")
    assert who.kept.rounds[-1].values == {"hjul_tro": 3, "hjul_retning": 4, "hjul_hverdag": 5, "hjul_ro": 6}


# Where only ordinary things may pass


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


# A round that is not whole


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


def test_a_round_that_is_not_whole_repeats_no_question_of_the_rounds_before():
    who = Rounder()
    who.round("trivselstjek", 9, 9, 9, 9)
    who.later()
    who.round("trivselstjek", 5, 5, 5, 5)
    assert "Skal vi tale om det" in who.said
    who.later()
    who.round("trivselstjek", 5, "Spring over", 9, 9, ending="Gem kun til mig")
    assert "Skal vi tale om det" not in who.said


def test_an_area_taken_up_again_is_in_the_picture_from_its_next_number_on():
    five = (*FOUR, "hjul_kunnen")
    who = Rounder(*five)
    who.round("hjulet", 2, 3, 4, 5, 6)
    who.later()
    who.go("hjul.vaek.hjul_kunnen")
    who.round("hjulet", 3, 4, 5, 6)
    who.go("hjul.op.hjul_kunnen")
    who.command("udvikling")
    assert "Det, jeg kan" not in who.said  # it has no number of the day that is named
    who.later()
    who.round("hjulet", 3, 4, 9, 5, 6)
    assert "Det, jeg kan: fra 4 til 9" in who.said


def test_what_has_become_of_an_area_that_came_later_is_seen_from_its_second_number_on():
    who = Rounder(*FOUR)
    who.round("hjulet", 2, 3, 4, 5)
    who.go("hjul.op.hjul_kunnen")
    who.later()
    who.round("hjulet", 2, 3, 2, 4, 5)
    assert "Det, jeg kan: 2 (nyt område)" in who.said
    who.later()
    who.round("hjulet", 2, 3, 6, 4, 5)
    assert "Det, jeg kan: fra 2 til 6, siden 29. september 2026" in who.said
    assert who.picture is not None
    assert content_from(who.picture) == content_of("hjulet", who.kept.rounds, who.wheel, who.setting)
    who.later()
    who.kept.card = replace(who.kept.card, wheel=chosen("hjul_kunnen", "hjul_krop", "hjul_folk", "hjul_sammen"))
    who.round("hjulet", 7, 1, 1, 1)
    assert "Første gang: 29. september 2026" in who.said  # none of the first round is on it any more
    assert "Det, jeg kan: fra 2 til 7\n" in who.said


def test_a_wheel_of_other_areas_without_numbers_is_not_called_private():
    who = Rounder(*CALM)
    who.round("hjulet", 2, 3, 4, 5)
    who.kept.card = Rounder("hjul_folk", "hjul_hverdag", "hjul_krop", "hjul_ro").kept.card
    who.command("udvikling")
    assert "private" not in who.said and "Her kan du se" in who.said


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
