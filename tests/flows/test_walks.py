"""Any mixture of what people and those who run the service do, in any order: nothing is lost and nobody is stuck.

`WALKS` sets how many walks of each kind are tried; a few thousand take some minutes.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from afsaet.flows.definition import Definition
from afsaet.flows.inputs import Command, Edited, Tap, Text, Unreadable
from afsaet.flows.setting import ALL_SENSITIVITIES
from tests.flows import sayings
from tests.flows.revisions import FLAG, definitions, numbers, revised, shipped
from tests.flows.walking import Citizen
from tests.flows.walking.nearest import nearest

WALKS = int(os.environ.get("WALKS", "60"))
ROUTINE = settings(
    max_examples=WALKS,
    stateful_step_count=40,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)

POLICIES = st.sampled_from((ALL_SENSITIVITIES, frozenset({"alm"}), frozenset({"alm", "fortrolig"})))
SOME = st.integers(0, 10_000)
SHIPPED = {name: definition for name, definition in shipped().items() if definition.kind == "plan"}


class Walks(RuleBasedStateMachine):
    """Everything that can happen to one citizen. The checks are those of `Citizen.step`."""

    citizen: Citizen

    def begin(self, definition: Definition, open_to: frozenset[str], flag: bool) -> None:
        self.citizen = Citizen(definition, open_to, frozenset({FLAG} if flag else ()))

    def here(self) -> bool:
        return not self.citizen.gone

    @precondition(lambda self: self.citizen.gone)
    @rule()
    def begins_again(self) -> None:
        self.citizen = Citizen(self.citizen.definition, self.citizen.setting.open_to, self.citizen.setting.flags)

    @precondition(here)
    @rule(which=SOME)
    def presses_a_button(self, which: int) -> None:
        button = self.citizen.live[which % len(self.citizen.live)]
        self.citizen.step(Tap(button.action, self.citizen.conversation.ask))

    @precondition(here)
    @rule(text=sayings.ORDINARY)
    def answers(self, text: str) -> None:
        self.citizen.step(Text(text, self.citizen.ref()))

    @precondition(here)
    @rule(steps=st.integers(1, 6))
    def does_what_lies_nearest(self, steps: int) -> None:
        for _step in range(steps):
            do = nearest(self.citizen)
            if do is not None:
                self.citizen.step(do)

    @precondition(here)
    @rule(which=SOME)
    def presses_an_old_button(self, which: int) -> None:
        self.citizen.step(self.citizen.old[which % len(self.citizen.old)])

    @precondition(here)
    @rule()
    def presses_the_same_again(self) -> None:
        self.citizen.step(self.citizen.last_tap)

    @precondition(here)
    @rule(action=sayings.ACTIONS, ask=st.one_of(st.just(0), st.integers(-2, 10**12)))
    def presses_what_was_never_there(self, action: str, ask: int) -> None:
        self.citizen.step(Tap(action, ask or self.citizen.conversation.ask))

    @precondition(here)
    @rule(text=sayings.TEXTS, early=st.booleans())
    def writes(self, text: str, early: bool) -> None:
        self.citizen.step(Text(text, self.citizen.ref(), early))

    @precondition(here)
    @rule(text=sayings.TEXTS, which=SOME, known=st.booleans())
    def edits(self, text: str, which: int, known: bool) -> None:
        refs = list(self.citizen.written)
        ref = refs[which % len(refs)] if known and refs else f"no-{which}"
        self.citizen.step(Edited(text, ref))

    @precondition(here)
    @rule(kind=sayings.KINDS_OF_UNREADABLE, caption=sayings.CAPTIONS)
    def sends_something_else(self, kind: str, caption: str) -> None:
        self.citizen.step(Unreadable(kind, caption, "a file"))

    @precondition(here)
    @rule(name=sayings.COMMANDS, early=st.booleans())
    def commands(self, name: str, early: bool) -> None:
        self.citizen.step(Command(name, "a command", early))

    @precondition(here)
    @rule(action=st.sampled_from(("m.sprog.en", "m.sprog.da")))
    def changes_language(self, action: str) -> None:
        self.citizen.step(Tap(action, self.citizen.conversation.ask))

    @precondition(here)
    @rule(open_to=POLICIES)
    def the_policy_changes(self, open_to: frozenset[str]) -> None:
        self.citizen.world(open_to=open_to)

    @precondition(here)
    @rule(days=st.sampled_from((1, 21, 400)))
    def comes_back_later(self, days: int) -> None:
        self.citizen.world(now=self.citizen.setting.now + timedelta(days=days))

    @precondition(here)
    @rule(flag=st.booleans())
    def the_municipality_changes_its_mind(self, flag: bool) -> None:
        self.citizen.world(flags=frozenset({FLAG} if flag else ()))

    @precondition(here)
    @rule(data=st.data())
    def the_dialogue_is_revised(self, data: st.DataObject) -> None:
        self.citizen.revise(data.draw(revised(self.citizen.definition, self.fresh)))

    def teardown(self) -> None:
        if hasattr(self, "citizen") and not self.citizen.gone:
            self.citizen.reaches_sending()

    def __init__(self) -> None:
        super().__init__()
        self.fresh = numbers()


class ShippedWalks(Walks):
    @initialize(name=st.sampled_from(sorted(SHIPPED)), open_to=POLICIES, flag=st.booleans())
    def begins(self, name: str, open_to: frozenset[str], flag: bool) -> None:
        self.begin(SHIPPED[name], open_to, flag)


class SmallWalks(Walks):
    @initialize(data=st.data(), open_to=POLICIES, flag=st.booleans())
    def begins(self, data: st.DataObject, open_to: frozenset[str], flag: bool) -> None:
        self.begin(data.draw(definitions(self.fresh)), open_to, flag)


    @precondition(Walks.here)
    @rule()
    def could_send(self) -> None:
        self.citizen.reaches_sending()


def test_any_walk_through_a_shipped_dialogue_loses_nothing_and_can_go_on() -> None:
    run(ShippedWalks)


def test_any_walk_through_any_small_dialogue_loses_nothing_and_can_go_on() -> None:
    run(SmallWalks)


def run(machine: Any) -> None:
    run_state_machine_as_test(machine, settings=ROUTINE)
