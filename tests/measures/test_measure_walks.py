"""Any mixture of what people do with rounds, wheel and agreements: nobody is stuck, and nothing private is shown.

`WALKS` sets how many walks are tried.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from afsaet.flows.inputs import Tap, Text
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import ALL_SENSITIVITIES
from afsaet.measures.rounds import is_whole
from afsaet.measures.wheel import MOST, sensitivity
from tests.measures.rounding import FOUR, LIBRARY, Rounder

WALKS = int(os.environ.get("WALKS", "25"))
SOME = st.integers(0, 10_000)
WORDS = st.sampled_from(("tage bussen selv", "7", "{navn}", "a } b", "æ" * 61, "?", "stop", "010170-1234", "jeg vil dø", " "))
WAYS = ("", "aftale", "hjul", "hjul.vaelg", "hjul.igen", "hjul.lagt", "hjul.navn.hjul_ro", "hjul.vaek.hjul_ro",
        "begynd.hjulet", "begynd.trivselstjek", "begynd.samtaletjek", "begynd.tilfredshed", "aftale.hjulet.skjul",
        "begynd.forberedelse", "ikke_nu.hjulet", "se.hjulet", "hjul.op.eget_1", "nonsense.x.y", "maal", "maal.ny", "maal.hoved",
        "maal.tjek", "maal.videre", "maal.page.1")  # fmt: skip
NOT_UNDERSTOOD = ("virker ikke mere", "hører til noget tidligere", "Det valg findes ikke mere")
ASKED = [(question.ask, question.sensitivity) for dialogue in LIBRARY.dialogues.values()
         for question in dialogue.questions.values()]  # fmt: skip
PRIVATE = [question.ask for name in ("trivselstjek", "samtaletjek", "tilfredshed")
           for question in LIBRARY.dialogues[name].questions.values()
           if question.sensitivity != "alm" and (question.ask, "alm") not in ASKED]  # some a plan asks as well


class RoundWalks(RuleBasedStateMachine):
    @initialize(areas=st.sampled_from(((), FOUR)), monthly=st.booleans())
    def begins(self, areas: tuple[str, ...], monthly: bool) -> None:
        self.who = Rounder(*areas, monthly=monthly)
        self.old: list[Tap] = []
        self.who.command("udvikling")
        self.looks()

    @rule(which=SOME)
    def presses_a_button(self, which: int) -> None:
        buttons = self.live()
        button = buttons[which % len(buttons)]
        if button.action != "m.slet.ja":
            self.who.give(Tap(button.action, self.who.conversation.ask))
            assert not self.fresh or not any(words in self.who.said for words in NOT_UNDERSTOOD), button
            self.looks()

    @rule(which=SOME)
    def presses_an_old_button(self, which: int) -> None:
        tap = self.old[which % len(self.old)]
        if tap.action != "m.slet.ja":
            self.who.give(tap)
            self.looks()

    @rule(way=st.sampled_from(WAYS))
    def opens_a_page(self, way: str) -> None:
        self.who.go(way) if way else self.who.command("udvikling")
        self.looks()

    @rule(words=WORDS, early=st.booleans())
    def writes(self, words: str, early: bool) -> None:
        self.who.written += 1
        self.who.give(Text(words, str(self.who.written), early))
        self.looks()

    @rule(command=st.sampled_from(("fortsaet", "menu", "mine_svar", "udvikling", "pause")))
    def commands(self, command: str) -> None:
        self.who.command(command)
        self.looks()

    @rule(days=st.sampled_from((1, 4, 28)))
    def comes_back_later(self, days: int) -> None:
        self.who.later(days)
        self.fresh = False

    @rule(open_to=st.sampled_from((ALL_SENSITIVITIES, frozenset({"alm"}), frozenset({"alm", "fortrolig"}))))
    def the_policy_changes(self, open_to: frozenset[str]) -> None:
        self.who.open_to = open_to
        self.who.command("udvikling")
        self.looks()

    @rule(which=SOME, number=st.integers(0, 10))
    def finishes_a_round(self, which: int, number: int) -> None:
        """What lies nearest, as far as it leads."""
        self.who.go(("begynd.trivselstjek", "begynd.hjulet")[which % 2])
        self.looks()
        for _step in range(40):
            actions = [button.action for button in self.live()]
            way = next((each for each in (f"a.{number}", "show", "skip") if each in actions), None)
            if way is None:
                break
            self.who.give(Tap(way, self.who.conversation.ask))
            self.looks()

    def live(self) -> tuple[Button, ...]:
        return tuple(button for row in self.screen.rows for button in row if button.action != "stay")

    def looks(self) -> None:
        """What must hold of everything that is said and kept."""
        who = self.who
        for message in who.messages:
            self.fits(message)
            if message.rows:
                self.screen, self.fresh = message, True
        self.old += [Tap(button.action, who.conversation.ask) for message in who.messages
                     for row in message.rows for button in row]  # fmt: skip
        assert len(who.wheel.active) <= MOST
        names = [area.label.casefold() for area in who.wheel.active]
        assert len(names) == len(set(names))
        areas = [area.id for area in who.wheel.areas]
        for each in who.kept.rounds:
            own = [name for name in each.values if name in areas]
            assert not each.complete or is_whole(each.measure, each.values, own)
            assert each.complete or not each.shared
        if who.open_to == frozenset({"alm"}):
            self.keeps_to_itself()

    def fits(self, message: Message) -> None:
        assert message.plain().strip() and len(message.plain().encode("utf-16-le")) // 2 < 4096
        buttons = [button for row in message.rows for button in row]
        asked = [button for button in buttons if not button.action.startswith(("day.", "stay"))]  # no calendar's days
        assert all(message.rows) and len(asked) <= 30
        assert all(1 <= len(button.label) <= 64 and len(button.action) <= 48 and button.action.isascii()
                   for button in buttons)  # fmt: skip
        assert "010170" not in message.plain()

    def keeps_to_itself(self) -> None:
        who = self.who
        assert not any(ask in who.said for ask in PRIVATE)
        secret = [area.label for area in who.wheel.areas if sensitivity(area) != "alm" and len(area.label) > 8]
        words = "\n".join([who.said, *(button.label for message in who.messages for row in message.rows
                                       for button in row)])
        assert not any(label in words for label in secret)
        picture: Any = who.picture
        assert picture is None or picture.kind == "wheel"


def test_any_walk_through_rounds_and_pages_can_go_on_and_shows_nothing_private() -> None:
    run_state_machine_as_test(RoundWalks, settings=settings(  # type: ignore[no-untyped-call]
        max_examples=WALKS, stateful_step_count=25, report_multiple_bugs=False, suppress_health_check=list(HealthCheck)))
