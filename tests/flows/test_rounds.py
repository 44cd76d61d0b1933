"""A round: short, begun empty each time, finished by the citizen, and gone quietly when it is left too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from afsaet.assistant.shelf import read_definitions
from afsaet.flows.conversation import Turn
from afsaet.flows.dialogue import load
from afsaet.flows.effects import RoundDone
from afsaet.flows.inputs import Tap
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Message
from tests.flows.small import Citizen, dialogue, question
from tests.flows.walking.citizen import NAMES

ROUNDS = {name: load(definition) for name, definition in read_definitions(None).items() if definition.kind == "round"}
SCALE = {"kind": "scale", "low": "lidt", "high": "meget"}
MOVES = dialogue(
    question("tal", "scale", ask="Hvor meget?", required=True),
    question("hjalp", ask="Hvad har hjulpet?", when={"tal": "higher"}),
    question("hjaelp", ask="Hvad vil du have hjælp til?", when={"tal": "lower"}),
).model_copy(update={"id": "bevaeger", "kind": "round"})  # fmt: skip


def opens(visit: Visit) -> Page:
    return Page(Message(), visit.conversation, enter=visit.argument or "trivselstjek")


class Rounds(Citizen):
    """Someone who is filling in a plan, and is asked for rounds now and then."""

    def revise(self, definition: Any) -> None:
        super().revise(definition)
        both = {**self.library.dialogues, **ROUNDS, "bevaeger": load(MOVES)}
        self.library = replace(self.library, dialogues=both, pages={"udvikling": opens})

    def _turn(self, turn: Turn) -> None:
        super()._turn(turn)
        self.done = [effect for effect in turn.effects if isinstance(effect, RoundDone)]

    def begin(self, name: str) -> None:
        self.give(Tap(f"m.udvikling.{name}", 0))

    def answers(self, *numbers: object) -> None:
        for number in numbers:
            self.press(str(number))


def citizen() -> Rounds:
    return Rounds(dialogue(question("en"), question("to")))


def test_a_whole_round_takes_a_tap_an_item_and_two_more():
    who = citizen()
    who.begin("trivselstjek")
    who.answers(6, 7, 5, 6)
    assert "Mig selv: 6" in who.said and "Det hele: 6" in who.said
    who.press("Gem og vis til min sagsbehandler")
    [done] = who.done
    assert done.values == {"trivsel_mig": 6, "trivsel_naere": 7, "trivsel_andre": 5, "trivsel_samlet": 6}
    assert done.whole and done.shared and done.dialogue == "trivselstjek"


def test_kept_for_oneself_it_is_not_shown_to_anybody():
    who = citizen()
    who.begin("trivselstjek")
    who.answers(6, 7, 5, 6)
    who.press("Gem kun til mig")
    assert not who.done[0].shared


def test_afterwards_the_plan_is_where_it_was_and_the_next_round_is_empty():
    who = citizen()
    who.write("mit svar")
    who.begin("trivselstjek")
    who.answers(6, 7, 5, 6)
    who.press("Gem kun til mig")
    assert who.session.dialogue == "lille" and not who.conversation.open
    who.command("fortsaet")
    assert "Hvad med to?" in who.said
    who.begin("trivselstjek")
    assert "Spørgsmål 1 af 4" in who.said and not who.session.answers


def test_not_relevant_is_an_answer_and_no_number():
    who = citizen()
    who.begin("trivselstjek")
    who.answers(6, "Ikke aktuelt for mig", "Ikke aktuelt for mig", 6)
    who.press("Gem kun til mig")
    assert who.done[0].values["trivsel_naere"] == "na" and who.done[0].whole


def test_all_eleven_numbers_can_be_reached_in_rows_that_fit_a_small_phone():
    who = citizen()
    who.begin("trivselstjek")
    rows = [row for row in who.seen.rows if any(button.action.startswith("a.") for button in row)]
    assert [button.label for row in rows for button in row] == [str(number) for number in range(11)]
    assert max(map(len, rows)) == 4


def test_a_number_can_be_changed_before_the_round_is_finished():
    who = citizen()
    who.begin("trivselstjek")
    who.answers(6, 7, 5, 6)
    who.press("Ret et svar")
    who.press("Mig selv")
    who.press("8")
    assert "Mig selv: 8" in who.said
    who.press("Gem kun til mig")
    assert who.done[0].values["trivsel_mig"] == 8


def test_a_round_with_an_item_skipped_is_kept_and_is_not_whole():
    who = citizen()
    who.begin("trivselstjek")
    who.answers(6, "Spring over", 5, 6)
    assert "ikke svaret på det hele" in who.said
    who.press("Gem kun til mig")
    assert not who.done[0].whole and "trivsel_naere" not in who.done[0].values


def test_own_words_go_with_a_round():
    who = citizen()
    who.begin("samtaletjek")
    who.answers(7, 8, 7, 8)
    who.write("mere tid")
    who.press("Gem kun til mig")
    assert who.done[0].words == {"samtale_anderledes": "mere tid"} and who.done[0].whole


@pytest.mark.parametrize(("days", "kept"), [(3, True), (4, False)])
def test_a_round_left_half_way_stays_open_three_days_and_then_goes_quietly(days: int, kept: bool):
    who = citizen()
    who.write("mit svar")
    who.begin("trivselstjek")
    who.answers(6, 7)
    who.world(now=who.setting.now + timedelta(days=days))
    who.command("fortsaet")
    assert ("ude blandt andre" in who.said) is kept
    assert ("Hvad med to?" in who.said) is not kept
    assert bool(who.conversation.sessions["trivselstjek"].answers) is kept
    assert who.done == []


def test_a_button_of_a_round_that_is_over_answers_nothing():
    who = citizen()
    who.begin("trivselstjek")
    who.answers(6, 7)
    old = Tap(who.buttons["5"], who.conversation.ask)
    who.world(now=who.setting.now + timedelta(days=9))
    who.give(old)
    assert "hører til noget tidligere" in who.said and "Hvad med en?" in who.said
    assert not who.conversation.sessions["trivselstjek"].answers


def test_the_rest_of_a_round_is_what_was_skipped_or_got_words_alone():
    who = citizen()
    who.begin("trivselstjek")
    who.answers(6)
    who.press("Spring over")
    who.write("det kommer an på dagen")
    who.press("Behold svaret")
    who.answers(6)
    assert "Du har ikke svaret på det hele." in who.said
    who.press("Svar på resten")
    assert "dem, du er tættest på" in who.said
    who.press("7")
    who.press("Svar på resten")
    assert "ude blandt andre" in who.said and "det kommer an på dagen" in who.said
    who.press("5")
    assert "Du har ikke svaret på det hele." not in who.said and "Svar på resten" not in who.buttons
    who.press("Gem kun til mig")
    assert who.done[0].whole


@pytest.mark.parametrize(("number", "asked"), [(5, "Hvad har hjulpet?"), (3, "hjælp til?"), (4, "Dine svar")])
def test_what_is_asked_next_hangs_on_how_the_number_has_moved(number: int, asked: str):
    who = citizen()
    who.world(facts={"last_round": {"tal": 4}})
    who.begin("bevaeger")
    who.press(str(number))
    assert asked in who.said


def test_without_an_earlier_round_nothing_is_said_to_have_moved():
    who = citizen()
    who.begin("bevaeger")
    who.press("5")
    assert "Dine svar" in who.said


def test_under_the_safe_policy_a_private_round_is_left_for_the_next_talk():
    who = citizen()
    who.world(open_to=frozenset({"alm"}))
    who.begin("trivselstjek")
    assert "næste gang I taler sammen" in who.said and list(who.buttons) == ["Menu"]


def test_what_is_said_afterwards_may_come_from_another_room():
    def after(visit: Visit, done: RoundDone) -> Page:
        return Page(Message(f"Tallet er {done.values['trivsel_mig']}."), visit.conversation)

    who = citizen()
    who.library = replace(who.library, after_round=after)
    who.begin("trivselstjek")
    who.answers(6, 7, 5, 6)
    who.press("Gem kun til mig")
    assert who.said == "Tallet er 6."


class RoundWalks(RuleBasedStateMachine):
    """Anything done in any order around a round: what is kept is what was pressed last, and nobody is stuck."""

    def __init__(self) -> None:
        super().__init__()
        self.who = citizen()
        self.who.world(names=NAMES)
        self.who.begin("samtaletjek")
        self.pressed: dict[str, int] = {}
        self.old: list[Tap] = []

    def _give(self, tap: Tap) -> None:
        before = self.who.conversation
        live = tap.ask == before.ask and tap.action in self.who.buttons.values()
        if live and before.open and before.session.dialogue == "samtaletjek" and tap.action.startswith("a."):
            self.pressed[before.session.state] = int(tap.action.removeprefix("a."))
        if live and tap.action == "drop":
            self.pressed.pop(before.session.state, None)
        self.who.give(tap)
        for done in (each for each in self.who.done if each.dialogue == "samtaletjek"):  # not one begun from the menu
            assert {name: value for name, value in done.values.items() if value is not None} == self.pressed
            assert done.whole == (len(self.pressed) == 4)
        self._look()

    def _look(self) -> None:
        """What holds after every step. A round that is over, or was begun anew, has nothing in it."""
        session = self.who.conversation.sessions["samtaletjek"]
        if not session.answers:
            self.pressed = {}
        assert self.who.buttons, "no way on"
        assert all(len(action) <= 48 for action in self.who.buttons.values())
        self.old += [Tap(action, self.who.conversation.ask) for action in self.who.buttons.values()]

    @rule(which=st.integers(0, 99))
    def presses_a_button(self, which: int) -> None:
        actions = [action for action in self.who.buttons.values() if action not in ("withworker", "m.slet.ja")]
        self._give(Tap(actions[which % len(actions)], self.who.conversation.ask))

    @precondition(lambda self: self.old)
    @rule(which=st.integers(0, 9999))
    def presses_an_old_button(self, which: int) -> None:
        old = self.old[which % len(self.old)]
        if old.ask != self.who.conversation.ask:
            self._give(old)

    @rule(days=st.integers(0, 5))
    def lets_time_pass(self, days: int) -> None:
        self.who.world(now=self.who.setting.now + timedelta(days=days))

    @rule(name=st.sampled_from(["menu", "fortsaet", "mine_svar", "pause", "hvadnu"]))
    def commands(self, name: str) -> None:
        self.who.command(name)
        self._look()

    @rule()
    def opens_the_round(self) -> None:
        self.who.begin("samtaletjek")
        self._look()

    @rule(text=st.sampled_from(["mere tid", "stop", "hej", "7 eller 8"]))
    def writes(self, text: str) -> None:
        self.who.write(text)
        self._look()


def test_any_walk_through_a_round_keeps_what_was_pressed_and_can_go_on():
    run_state_machine_as_test(RoundWalks, settings=settings(
        max_examples=60, stateful_step_count=30, suppress_health_check=list(HealthCheck)))
