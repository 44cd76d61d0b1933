"""A dialogue as a machine, and the machine as a drawing."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import yaml
from transitions import MachineError

from afsaet.flows.definition import Definition
from afsaet.flows.dialogue import load
from afsaet.flows.files.reading import read_dialogue
from afsaet.flows.machine import STOPS, draw, questions_of
from afsaet.flows.state.session import Answer, Session
from afsaet.flows.state.walk import Walk
from tests.flows.small import Citizen, dialogue, question

PREPARATION = read_dialogue(files("afsaet.flows") / "definitions" / "forberedelse.yaml")
ARROW = re.compile(r"  (\w+) --> (\w+): (.+)")
LABEL = re.compile(r"(\w+)(?: \[(.+)\])?")


def steps(definition: Definition) -> set[tuple[str, str, str, str]]:
    """Every step drawn: from, to, by which trigger, on which condition."""
    found = set()
    for arrow in filter(None, map(ARROW.fullmatch, draw(definition).splitlines())):
        for label in filter(None, map(LABEL.fullmatch, arrow[3].split(" | "))):
            found.add((arrow[1], arrow[2], label[1], label[2] or ""))
    return found


def test_the_drawing_holds_every_question_and_every_stop() -> None:
    drawn = set(re.findall(r'state "(\w+)" as \1', draw(PREPARATION)))
    assert drawn == {"start", *STOPS, *(each.id for each in questions_of(PREPARATION))}


def test_the_drawing_holds_every_condition_on_the_step_to_its_question() -> None:
    forward = {(to, condition) for _from, to, trigger, condition in steps(PREPARATION) if trigger == "next"}
    assert {step for step in forward if step[1]} == {
        ("maal_hvad_skal_til", "maal_retning = ikke_muligt / ved_ikke"),
        ("helbred_behandling_hvad", "helbred_behandling = ja / venter"),
        ("hjaelp_besoeg", "hjaelp_valg = any"),
        ("moede_laege", "laegeattest"),
        ("moede_laege_dato", "moede_laege = har_tid and laegeattest"),
        ("moede_tolk_sprog", "moede_tolk = ja"),
    }


def test_a_branch_can_be_passed_by_in_the_drawing() -> None:
    drawn = steps(PREPARATION)
    assert ("maal_retning", "maal_hvad_skal_til", "next", "maal_retning = ikke_muligt / ved_ikke") in drawn
    assert ("maal_retning", "maal_timer", "next", "") in drawn
    assert ("maal_timer", "maal_retning", "back", "") in drawn


def test_two_branches_in_a_row_can_both_be_passed_by() -> None:
    asked = dialogue(question("a", "yesno"), question("b", when={"a": ["ja"]}), question("c", when={"a": ["nej"]}))
    assert {step for step in steps(asked) if step[0] == "a" and step[2] == "next"} == {
        ("a", "b", "next", "a = ja"), ("a", "c", "next", "a = nej"), ("a", "summary", "next", "")}  # fmt: skip


def test_the_drawing_s_title_is_read_as_one_text() -> None:
    asked = dialogue(question("a")).model_copy(update={"title": 'Et: "to" {moedenavn}'})
    assert yaml.safe_load(draw(asked).split("---")[1]) == {"title": 'Et: "to" {moedenavn}'}


def test_the_machine_keeps_nobody() -> None:
    small = load(dialogue(question("a"), question("b")))
    for number in range(3):
        walk = Walk(small, Session("lille", small.revision), Citizen(small.definition).setting)
        walk.fire("next")
        assert (walk.state, number) == ("a", number)
    assert small.machine.models == []


def test_two_citizens_in_one_dialogue_walk_apart() -> None:
    asked = dialogue(question("a"), question("b"), question("c"))
    first, second = Citizen(asked), Citizen(asked)
    second.library = first.library
    first.write("om a")
    assert (first.session.state, second.session.state) == ("b", "a")


def test_a_step_the_machine_does_not_have_is_a_programmer_s_mistake() -> None:
    small = load(dialogue(question("a")))
    walk = Walk(small, Session("lille", small.revision), Citizen(small.definition).setting)
    with pytest.raises(MachineError):
        walk.fire("confirm")


def test_a_parent_that_is_closed_opens_nothing() -> None:
    middle = question("b", "yesno", when={"a": ["ja"]})
    small = load(dialogue(question("a", "yesno"), middle, question("c", when={"b": ["ja"]})))
    answers = {"a": Answer("answered", "?", "", "", "nej", "Nej"), "b": Answer("answered", "?", "", "", "ja", "Ja")}
    walk = Walk(small, Session("lille", small.revision, answers=answers), Citizen(small.definition).setting)
    assert not walk.branch_open(small.questions["c"])


def test_a_parent_that_is_skipped_or_kept_for_the_talk_opens_nothing() -> None:
    small = load(dialogue(question("a", "many"), question("b", when={"a": "any"})))
    setting = Citizen(small.definition).setting
    for state, is_open in (("answered", True), ("skipped", False), ("med_sagsbehandler", False)):
        answers = {"a": Answer(state, "?", "", "", ("a",), "Æbler")}  # type: ignore[arg-type]
        walk = Walk(small, Session("lille", small.revision, answers=answers), setting)
        assert walk.branch_open(small.questions["b"]) is is_open


def test_an_offer_opens_the_question_about_what_it_is_for_and_a_wish_does_not() -> None:
    citizen = Citizen(dialogue(question("a"), question("b", ask="Hvad vil du opnå?", when={"a": "offer"}), question("c")))
    citizen.write("Jeg vil have en mentor")
    assert "Hvad vil du opnå?" in citizen.said
    citizen.press("Tilbage")
    citizen.write("Jeg vil turde ringe til en arbejdsplads")
    assert "Hvad med c?" in citizen.said
