"""The citizen: what they see, what they have written, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from afsaet.flows.conversation import Conversation, Turn
from afsaet.flows.converse import converse, opening
from afsaet.flows.converse.entering import begin
from afsaet.flows.definition import Definition
from afsaet.flows.dialogue import load
from afsaet.flows.effects import Forget
from afsaet.flows.inputs import Command, Input, Tap, Text, written
from afsaet.flows.library import Library, Word
from afsaet.flows.machine import START, STOPS
from afsaet.flows.message import Button, Message
from afsaet.flows.safety.crisis import sounds_like_crisis
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer
from afsaet.meetings.pages import ALOUD, ENDS, pages
from afsaet.meetings.process import build
from afsaet.municipality import Municipality
from tests.flows.walking import deeds, kept, screen
from tests.flows.walking.nearest import nearest
from tests.flows.walking.restart import restarted

CASEWORKER = {"sagsbehandler": "Dorte", "sagsbehandler_telefon": "12 34 56 78", "sagsbehandler_tid": "9-12"}
NAMES = Municipality().names() | CASEWORKER
WORDS = tuple(Word(f"w{n}", f"Mentor{n}", "En, der støtter dig.", (f"mentor nr. {n}",)) for n in range(20))
PAGES = pages(build(Municipality().text_profile()))
NOW = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
FIRST_ASK = 1_790_000_000  # the numbering of buttons begins at the time, in seconds


def foreign(text: str) -> str:
    """A language with longer words, in which no text reads as it does in Danish."""
    return f"¤{text}¤"


class Citizen:
    """A citizen on a walk. `step` gives the assistant one input and checks everything that came of it.

    showing: the question on the screen that a text would answer. behind: the question, if any, that was on the
    screen before the latest one; one shown once more is the same. wordings: each question as it was last shown, in Danish. live: the buttons of
    the latest message that has any. fresh: whether the world is still as it was when they came. old: every
    button ever shown, with its number. written: the reference of every message the citizen wrote. chosen: the
    sections to send, None for all. said: the words of the latest turn. sent: every version.
    """

    def __init__(self, definition: Definition, open_to: frozenset[str], flags: frozenset[str]) -> None:
        self.setting = Setting(NOW, open_to, flags, NAMES)
        self.library = Library({}, WORDS, (), {"da": str, "en": foreign}, PAGES, ends=ENDS, aloud=ALOUD)
        self.revise(definition)
        self.conversation = begin(self.library, definition.id, ask=FIRST_ASK)
        self.showing = ""
        self.behind = ""
        self.wordings: dict[str, str] = {}
        self.live: tuple[Button, ...] = ()
        self.old: list[Tap] = []
        self.written: list[str] = []
        self.chosen: frozenset[str] | None = None
        self.last_tap = Tap("begin", 0)
        self.said = ""
        self.sent: list[Mapping[str, Any]] = []
        self.gone = False
        self._see(self.conversation, opening(self.library, self.conversation, self.setting))

    @property
    def answers(self) -> Mapping[str, Answer]:
        return self.conversation.session.answers

    @property
    def place(self) -> str:
        """The question the conversation stands at, on the screen or behind a page of the menu; or ""."""
        return question_at(self.conversation)

    def kind(self, name: str) -> str:
        """The kind of answer of a question; "" for one that has left the dialogue."""
        return self.questions[name].answer.kind if name in self.questions else ""

    def tr(self, text: str) -> str:
        """The text in the language spoken now."""
        translate = self.library.translators[self.conversation.language]
        return replace(self.setting, translate=translate).tr(text)

    def allowed(self, name: str) -> bool:
        """Whether the channel may carry a question now."""
        return name in self.questions and self.questions[name].sensitivity in self.setting.open_to

    def branch_open(self, name: str) -> bool:
        """Whether the answers given, and the municipality's choices, lead to a question."""
        question = self.questions[name]
        if question.only_if and question.only_if not in self.setting.flags:
            return False
        for parent, wanted in question.when.items():
            answer = self.answers.get(parent)
            if answer is None or answer.state != "answered" or not self.branch_open(parent):
                return False
            values = answer.value if isinstance(answer.value, tuple) else (answer.value,)
            if wanted != "any" and not set(wanted) & set(values):
                return False
        return True

    def visible(self, name: str) -> bool:
        """Whether a question is asked now."""
        question = self.questions[name]
        in_set = not self.conversation.session.short or question.short or name in self.answers
        return in_set and self.allowed(name) and self.branch_open(name)

    def revise(self, definition: Definition) -> None:
        """The dialogue's file is another from now on."""
        self.fresh = False
        self.definition = definition
        self.questions = {question.id: question for section in definition.sections for question in section.questions}
        self.library = replace(self.library, dialogues={definition.id: load(definition, NAMES)})

    def world(self, **changes: Any) -> None:
        """The day, the policy or the municipality's choices are others from now on."""
        self.fresh = False
        self.setting = replace(self.setting, **changes)

    def ref(self) -> str:
        """The channel's name for the next message the citizen writes."""
        return str(100 + len(self.written))

    def twin(self) -> Citizen:
        """The same citizen, whose further walk leaves this one where it is."""
        other = copy(self)
        other.wordings, other.old = dict(self.wordings), list(self.old)
        other.written, other.sent = list(self.written), list(self.sent)
        return other

    def converse(self, given: Input) -> Turn:
        """What would come of an input, checked by nobody."""
        return converse(self.library, self.conversation, given, self.setting)

    def step(self, given: Input) -> Turn:
        """One input, and everything that must hold of what came of it."""
        before, turn = self.conversation, self.converse(given)
        kept.only_what_was_meant(self, given, turn)
        deeds.only_what_was_asked_for(self, given, turn)
        if isinstance(given, Tap):
            deeds.nothing_twice(self, given, turn)
            self.chosen = deeds.chosen_after(self, given)
            self.last_tap = given
        twin = None
        if not isinstance(given, Tap) and sounds_like_crisis(written(given)):
            twin = deeds.no_trace_of_a_crisis(self, given, turn)
        if isinstance(given, Text):
            self.written.append(given.ref)
        self._see(before, turn)
        self.behind = twin.behind if twin else self.behind
        self.setting = replace(self.setting, now=self.setting.now + timedelta(minutes=1))
        return turn

    def reaches_sending(self) -> None:
        """A citizen who does what lies nearest comes to the summary, and sends, in a bounded number of steps."""
        other = self.twin()
        other.step(Command("fortsaet"))
        most = 4 * len(self.questions) + 30
        for _step in range(most):
            do = nearest(other)
            if len(other.sent) > len(self.sent) or do is None:
                return
            other.step(do)
        raise AssertionError(f"not sent after {most} steps, but: {other.said}")

    def _see(self, before: Conversation, turn: Turn) -> None:
        self.conversation = restarted(turn.conversation)
        self.gone = any(isinstance(effect, Forget) for effect in turn.effects)
        messages = screen.messages_of(turn)
        self.said = "\n".join(message.plain() for message in messages)
        for message in messages:
            screen.fits(self, message)
            if message.rows:
                self._show(before, message)
        screen.keeps_secrets(self, turn)
        assert self.showing == (self.place if self.conversation.open else "")
        if self.fresh and not self.gone:
            screen.has_a_way_on(self)

    def _show(self, before: Conversation, message: Message) -> None:
        """What a message with buttons makes of the screen."""
        self.live = screen.buttons_of(message)
        self.fresh = True
        self.old += [Tap(button.action, self.conversation.ask) for button in self.live]
        self.showing = screen.question_shown(self, message)
        if self.showing:
            self.wordings[self.showing] = self.setting.danish(self.questions[self.showing].ask)
            screen.honest_progress(self, message)
        if (self.showing or self.conversation.open) and question_at(before) != question_at(self.conversation):
            self.behind = question_at(before)


def question_at(conversation: Conversation) -> str:
    """The question a conversation stands at; "" at one of the stops around them."""
    state = conversation.session.state
    return "" if state in (START, *STOPS) else state
