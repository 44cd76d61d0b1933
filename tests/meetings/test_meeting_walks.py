"""Any mixture of what a citizen, their caseworker and the days do to meetings and the list: nobody is stuck, nothing is
told that may not be, and only a caseworker calls a meeting off."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from afsaet.assistant import shelf
from afsaet.flows.conversation import Turn
from afsaet.flows.converse import converse, opening
from afsaet.flows.converse.entering import begin
from afsaet.flows.effects import Effect, Forget
from afsaet.flows.files import checks
from afsaet.flows.inputs import Command, Input, Tap, Text
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import ALL_SENSITIVITIES, Setting
from afsaet.flows.state.rounds import is_stale
from afsaet.meetings.effects import MeetingAnswered, OwnTaskAdded, OwnTaskRemoved, OwnTaskTicked
from afsaet.meetings.kinds import KINDS
from afsaet.meetings.meeting import Meeting, cancelled, changed
from afsaet.meetings.mine import Mine, OwnTask
from afsaet.meetings.pages.own_list import MOST
from afsaet.meetings.place import Passed, Place
from afsaet.meetings.reminders import Rules
from afsaet.municipality import Municipality
from tests.flows import sayings
from tests.flows.walking.restart import restarted

WALKS = int(os.environ.get("WALKS", "40"))
MUNICIPALITY = Municipality()
RULES = Rules.of(MUNICIPALITY)
LIBRARY = shelf.build(MUNICIPALITY, shelf.read_definitions(None))
NAMES = {**MUNICIPALITY.names(), "sagsbehandler": "Mette", "sagsbehandler_telefon": "", "sagsbehandler_tid": ""}
STEPS = tuple(MUNICIPALITY.text_profile().process.order)
TELLING = {"place": "Klinikken Hvilested", "room": "Venteværelse Ambulant", "people": "psykolog Anne",
           "agenda": ("Din medicin",)}  # fmt: skip
WORDS_THAT_TELL = ("Hvilested", "Ambulant", "psykolog", "medicin")
NOT_UNDERSTOOD = ("Den knap virker ikke mere", "Den knap hører til noget tidligere")
SOME = st.integers(0, 10_000)


class MeetingWalks(RuleBasedStateMachine):
    """The citizen with their meetings and list as the store would keep them."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 12, 1, 10, tzinfo=MUNICIPALITY.zone)
        self.open_to = ALL_SENSITIVITIES
        self.meetings: list[Mine] = []
        self.tasks: list[OwnTask] = []
        self.place: Place | None = None
        self.conversation = begin(LIBRARY, "forberedelse")
        self.live: tuple[Button, ...] = ()
        self.old: list[Tap] = []
        self.number = 0
        self.gone = False
        self._see(opening(LIBRARY, self.conversation, self.setting))

    @property
    def setting(self) -> Setting:
        facts = {"meetings": self.meetings, "own_tasks": self.tasks, "place": self.place,
                 "reminder_rules": RULES}  # fmt: skip
        return Setting(self.now, self.open_to, checks.FLAGS, NAMES, facts)

    def here(self) -> bool:
        return not self.gone

    @precondition(here)
    @rule(which=SOME)
    def presses_a_button(self, which: int) -> None:
        button, over = self.live[which % len(self.live)], self._round_is_over()
        turn = self._give(Tap(button.action, self.conversation.ask))
        if button.action != "stay" and not over:
            assert not any(words in message.plain() for message in _messages(turn) for words in NOT_UNDERSTOOD)

    @precondition(lambda self: self.gone)
    @rule()
    def says_yes_once_more(self) -> None:
        self.conversation, self.gone = begin(LIBRARY, "forberedelse", ask=self.conversation.ask + 1), False
        self._see(opening(LIBRARY, self.conversation, self.setting))

    @precondition(here)
    @rule(which=SOME)
    def presses_an_old_button(self, which: int) -> None:
        self._give(self.old[which % len(self.old)])

    @precondition(here)
    @rule()
    def presses_the_last_again(self) -> None:
        tap = self.old[-1]
        first = self._give(tap)
        again = converse(LIBRARY, self.conversation, tap, self.setting)
        if first.effects and not self.gone:
            assert not again.effects and again.conversation.sessions == self.conversation.sessions

    @precondition(here)
    @rule(name=st.sampled_from(("moede", "hvadnu", "liste", "menu", "fortsaet", "mine møder", "mine_svar")))
    def opens(self, name: str) -> None:
        self._give(Command(name, "c"))

    @precondition(here)
    @rule(text=st.one_of(sayings.ORDINARY, sayings.TEXTS, st.sampled_from(("min liste", "i morgen", "24. december"))))
    def writes(self, text: str) -> None:
        self.number += 1
        self._give(Text(text, str(self.number)))

    @precondition(here)
    @rule(kind=st.sampled_from(sorted(KINDS)), hours=st.integers(1, 700), early=st.sampled_from((0, 15)))
    def a_meeting_is_booked(self, kind: Any, hours: int, early: int) -> None:
        wall = (self.now + timedelta(hours=hours)).replace(tzinfo=None)
        name = f"abcdefghj{len(self.meetings):03}"
        meeting = Meeting(name, name, kind, wall, "Europe/Copenhagen", arrival_minutes=early, **TELLING)  # type: ignore[arg-type]
        self.meetings.append(Mine(meeting, "", self.now))

    @precondition(lambda self: self.here() and self.meetings)
    @rule(which=SOME, hours=st.integers(1, 700))
    def a_meeting_is_moved(self, which: int, hours: int) -> None:
        number = which % len(self.meetings)
        wall = (self.now + timedelta(hours=hours)).replace(tzinfo=None)
        moved = changed(self.meetings[number].meeting, wall=wall, cancelled=False)
        self.meetings[number] = Mine(moved, "", self.now)

    @precondition(lambda self: self.here() and self.meetings)
    @rule(which=SOME)
    def a_meeting_is_called_off(self, which: int) -> None:
        number = which % len(self.meetings)
        off = cancelled(self.meetings[number].meeting)
        self.meetings[number] = Mine(off, "", self.now) if off != self.meetings[number].meeting else self.meetings[number]

    @precondition(here)
    @rule(step=st.sampled_from(STEPS))
    def the_case_goes_on(self, step: str) -> None:
        self.place = Place((Passed(step, self.now, "caseworker"),))

    @precondition(here)
    @rule(hours=st.sampled_from((1, 24, 24 * 14)))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(here)
    @rule(open_to=st.sampled_from((ALL_SENSITIVITIES, frozenset({"alm"}))))
    def the_policy_changes(self, open_to: frozenset[str]) -> None:
        self.open_to = open_to

    def _round_is_over(self) -> bool:
        """Whether the buttons are those of a round whose time has run out meanwhile."""
        dialogue = LIBRARY.dialogues[self.conversation.dialogue]
        return is_stale(dialogue, self.conversation.session, self.setting)

    def _give(self, given: Input) -> Turn:
        before = list(self.meetings)
        turn = converse(LIBRARY, self.conversation, given, self.setting)
        for effect in turn.effects:
            self._done(effect, given)
        assert [mine.meeting for mine in self.meetings] == [mine.meeting for mine in before]
        self._see(turn)
        return turn

    def _done(self, effect: Effect, given: Input) -> None:
        """What the store would keep, if the citizen has asked for just that."""
        if isinstance(effect, MeetingAnswered):
            assert isinstance(given, Tap)
            assert given.action == f"m.moede.{effect.answer}.{effect.meeting_id}.{effect.version}"
            (mine,) = [each for each in self.meetings if each.meeting.id == effect.meeting_id]
            assert mine.meeting.version == effect.version
            assert not mine.meeting.cancelled
            assert mine.meeting.start > self.now
            self.meetings = [each.answered(effect.answer) if each is mine else each for each in self.meetings]
        elif isinstance(effect, OwnTaskAdded):
            assert len(self.tasks) < MOST
            assert effect.text.strip()
            self.tasks.append(OwnTask(f"t{self.number}x{len(self.tasks)}", effect.text, effect.on))
        elif isinstance(effect, OwnTaskTicked):
            self.tasks = [replace(each, done=effect.done) if each.id == effect.task_id else each for each in self.tasks]
        elif isinstance(effect, OwnTaskRemoved):
            assert isinstance(given, Tap)
            assert given.action == f"m.liste.{effect.task_id}.slet"
            self.tasks = [each for each in self.tasks if each.id != effect.task_id]
        self.gone = self.gone or isinstance(effect, Forget)

    def _see(self, turn: Turn) -> None:
        self.conversation = restarted(turn.conversation)
        for message in _messages(turn):
            _fits(message)
            if self.open_to < ALL_SENSITIVITIES:
                assert not any(word in message.plain() for word in WORDS_THAT_TELL)
            assert not any(word in json.dumps(message.to_json()["attachment"]) for word in WORDS_THAT_TELL
                           if message.attachment is not None)
            if message.rows:
                self.live = tuple(button for row in message.rows for button in row)
                self.old += [Tap(button.action, self.conversation.ask) for button in self.live]
        assert self.live


def _messages(turn: Turn) -> list[Message]:
    return [message for message in (turn.redraw, *turn.say) if message is not None]


def _fits(message: Message) -> None:
    assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message
    buttons = [button for row in message.rows for button in row]
    assert len(buttons) <= 100 and all(1 <= len(row) <= 8 for row in message.rows)
    for button in buttons:
        assert 1 <= len(button.label) <= 64 and button.action.isascii() and len(button.action) <= 48
    actions = [button.action for button in buttons if button.action != "stay"]
    assert len(actions) == len(set(actions))


def test_any_walk_among_meetings_and_the_list_can_go_on_and_tells_nothing_it_may_not() -> None:
    run_state_machine_as_test(MeetingWalks, settings=settings(
        max_examples=WALKS, stateful_step_count=50, print_blob=True,
        suppress_health_check=list(HealthCheck)))  # fmt: skip
