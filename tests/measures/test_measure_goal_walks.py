"""Any mixture of what people do with their goals: no words are lost, nobody is stuck, and nothing is shown unasked.

`WALKS` sets how many walks are tried.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from afsaet.flows.inputs import Tap
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import ALL_SENSITIVITIES
from afsaet.flows.state.rounds import is_stale
from afsaet.measures.goals import Goal
from tests.measures.rounding import FOUR, LIBRARY, Rounder

WALKS = int(os.environ.get("WALKS", "25"))
SOME = st.integers(0, 10_000)
CLOSED = frozenset({"alm"})
NOT_UNDERSTOOD = ("virker ikke mere", "hører til noget tidligere")


class GoalWalks(RuleBasedStateMachine):
    @initialize(areas=st.sampled_from(((), FOUR)))
    def begins(self, areas: tuple[str, ...]) -> None:
        self.who = Rounder(*areas)
        self.old: list[Tap] = []
        self.written = 0
        self.before: tuple[Goal, ...] = ()
        self.goes("")

    @rule(way=st.sampled_from(("", "ny", "hoved", "tjek", "videre")))
    def goes(self, way: str) -> None:
        self.who.go(f"maal.{way}" if way else "maal")
        self.looks()

    @rule(which=SOME)
    def presses_a_button(self, which: int) -> None:
        buttons = [button for row in self.who.seen.rows for button in row if button.action != "stay"]
        button = buttons[which % len(buttons)]
        if button.action != "m.slet.ja":
            self.presses(button)

    @rule(which=SOME, about=st.sampled_from((".svar.", ".nyt.", ".ret.", ".vis.", ".skjul.", ".slet.", ".hjul.", ".se.")))
    def presses_about_a_goal(self, which: int, about: str) -> None:
        """Such buttons are few among all there are."""
        self.goes("")
        parts = [part for goal in self.who.kept.card.goals for part in goal.parts]
        if parts:
            more = (".naaet", ".paa_vej", ".aendret", ".droppet")[which % 4] if about == ".svar." else ""
            self.who.go(f"maal{about}{parts[which % len(parts)].id}{more}")
            self.looks()

    @rule(which=SOME, way=st.sampled_from(("ny", "hoved", "nyt", "ret")), steps=st.integers(0, 6))
    def writes_a_goal(self, which: int, way: str, steps: int) -> None:
        """What lies nearest, and sometimes only a part of it."""
        parts = [part for goal in self.who.kept.card.goals for part in goal.parts]
        if way in ("nyt", "ret") and not parts:
            return
        self.who.go(f"maal.{way}" if way in ("ny", "hoved") else f"maal.{way}.{parts[which % len(parts)].id}")
        self.looks()
        if "Delmål" in self.who.buttons:
            self.presses_a_label("Delmål")
        for step in range(steps):
            if "Spring over" in self.who.buttons and self.who.conversation.open:
                self.writes(which % 3 == 0) if step == 0 else self.presses_a_label("Spring over")

    def presses_a_label(self, label: str) -> None:
        self.who.press(label)
        self.looks()

    def presses(self, button: Button) -> None:
        over = self.a_round_is_over()
        self.who.give(Tap(button.action, self.who.conversation.ask))
        assert over or not any(words in self.who.said for words in NOT_UNDERSTOOD), button
        self.looks(deletes=button.label == "Ja, slet det")

    def a_round_is_over(self) -> bool:
        """Whether the buttons are those of a round whose time has run out meanwhile."""
        session = self.who.conversation.session
        return is_stale(LIBRARY.dialogues[session.dialogue], session, self.who.setting)

    @rule(which=SOME)
    def presses_an_old_button(self, which: int) -> None:
        tap = self.old[which % len(self.old)]
        if not tap.action.endswith(".ja"):
            self.who.give(tap)
            self.looks()

    @rule(offer=st.booleans())
    def writes(self, offer: bool) -> None:
        self.written += 1
        self.who.write(f"{'en mentor' if offer else 'gå en tur'} {self.written:03}")
        self.looks()

    @rule(days=st.sampled_from((1, 90, 400)))
    def comes_back_later(self, days: int) -> None:
        self.who.later(days)

    @rule(open_to=st.sampled_from((ALL_SENSITIVITIES, CLOSED)))
    def the_policy_changes(self, open_to: frozenset[str]) -> None:
        self.who.open_to = open_to
        self.goes("")

    def looks(self, deletes: bool = False) -> None:
        goals = self.who.kept.card.goals
        for message in self.who.messages:
            self.fits(message)
        self.old += [Tap(button.action, self.who.conversation.ask) for message in self.who.messages
                     for row in message.rows for button in row]  # fmt: skip
        ids = [each for goal in goals for each in (goal.id, *(part.id for part in goal.parts))]
        assert len(ids) == len(set(ids)) and all(goal.text or goal.parts for goal in goals)
        if not deletes:
            assert {part.id for goal in self.before for part in goal.parts} <= set(ids)
            self.keeps_the_words(goals)
        if self.who.open_to == CLOSED:
            assert not any(text in self.who.said for text in self.words(goals))
        self.before = goals

    def keeps_the_words(self, goals: tuple[Goal, ...]) -> None:
        """What a goal once was called stands with it for ever, and new words are shown to nobody unasked."""
        now = {part.id: part for goal in goals for part in goal.parts}
        for before in (part for goal in self.before for part in goal.parts):
            after = now[before.id]
            assert after.history[:len(before.history)] == before.history
            if after.text != before.text:
                assert after.history[-1].text == before.text and not after.shared
        if self.before and self.before[0].text and goals and goals[0].text not in ("", self.before[0].text):
            assert goals[0].earlier[-1] == self.before[0].text

    def words(self, goals: tuple[Goal, ...]) -> list[str]:
        return [each.text for goal in goals for each in (goal, *goal.parts) if each.text]

    def fits(self, message: Message) -> None:
        assert message.plain().strip() and len(message.plain().encode("utf-16-le")) // 2 < 4096
        buttons = [button for row in message.rows for button in row]
        # What is said at once to one of the lowest numbers has no buttons: the next question follows with its own.
        asked = [button for button in buttons if not button.action.startswith(("day.", "stay"))]  # no calendar's days
        assert (buttons or message is not self.who.messages[-1]) and all(message.rows) and len(asked) <= 30
        assert all(1 <= len(button.label) <= 64 and len(button.action) <= 48 and button.action.isascii()
                   for button in buttons)  # fmt: skip


def test_any_walk_through_goals_keeps_all_words_and_can_go_on() -> None:
    run_state_machine_as_test(GoalWalks, settings=settings(  # type: ignore[no-untyped-call]
        max_examples=WALKS, stateful_step_count=30, report_multiple_bugs=False, suppress_health_check=list(HealthCheck)))
