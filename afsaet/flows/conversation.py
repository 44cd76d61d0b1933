"""The whole of one citizen's talk with the assistant: every dialogue they have begun, and what a turn comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from afsaet.flows.effects import Effect
from afsaet.flows.message import Message
from afsaet.flows.state.session import Answer, Session
from afsaet.flows.state.step import Settled

MAIN = "forberedelse"  # the dialogue a citizen begins with, and the plan their caseworker gets


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a citizen is in all of it.

    dialogue: the one walked latest. open: whether texts go to it; else the citizen is in the menu. ask: the
    number of the live buttons; a press that carries another number is an old one. done: the press carried out
    latest, so that a double tap is known. language: of the texts. reminders: whether unasked messages are wanted.
    reminder_days: how many days before a meeting the citizen still wants one; None for all that there are.
    settled: the question answered latest (`Settled.of`) and the channel's name for the message in which its answer
    stands; both empty where that is not known.
    """

    dialogue: str
    open: bool = False
    ask: int = 1
    done: str = ""
    language: str = "da"
    reminders: bool = True
    reminder_days: tuple[int, ...] | None = None
    settled: tuple[str, str] = ("", "")
    sessions: Mapping[str, Session] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        return self.sessions[self.dialogue]

    def with_session(self, session: Session) -> Conversation:
        """The same conversation with this session in place of the earlier one of its dialogue."""
        return replace(self, sessions={**self.sessions, session.dialogue: session})

    def to_json(self) -> dict[str, Any]:
        """Everything but the answers, which are kept a row each. `from_json` reads it back."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "sessions"}
        return {**data, "sessions": {name: session.to_json() for name, session in self.sessions.items()}}

    @staticmethod
    def from_json(data: Mapping[str, Any], answers: Mapping[str, Mapping[str, Answer]]) -> Conversation:
        """The conversation as kept, with the answers given in each dialogue, by question."""
        kept = data["sessions"].items()
        sessions = {name: Session.from_json(session, answers.get(name, {})) for name, session in kept}
        days = data.get("reminder_days")  # not there in what was kept before it could be chosen
        settled = tuple(data.get("settled", ("", "")))  # nor this
        return Conversation(**{**data, "sessions": sessions, "settled": settled,
                               "reminder_days": None if days is None else tuple(days)})


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of one input.

    say: new messages, in order; the buttons of the last are live. redraw: what the pressed message becomes.
    settled: how the question that was answered, now or earlier, reads from now on. older: what is left of the message
    with the live buttons when another takes its place; empty where none does. effects: what is to be done beyond
    talking.
    """

    conversation: Conversation
    say: tuple[Message, ...] = ()
    redraw: Message | None = None
    settled: Settled | None = None
    older: str = ""
    effects: tuple[Effect, ...] = ()
