"""Rounds about a meeting: offered once there is one to ask about, for as long as it is fresh, and answered once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from afsaet.assistant import shelf
from afsaet.flows.inputs import Tap
from afsaet.municipality import Municipality
from tests.measures.rounding import HELD, Rounder, meeting


def test_after_a_talk_there_is_a_samtaletjek():
    who = Rounder(meetings=[meeting("samtale", date(2026, 8, 30))])
    who.command("udvikling")
    who.press("Samtaletjek")
    assert "Tænk på den sidste samtale" in who.said and "Hvor trygt var det" in who.said
    assert "0 er slet ikke trygt. 10 er helt trygt." in who.said


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
