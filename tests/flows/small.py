"""Small dialogues for tests, and a citizen who walks through them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from afsaet.flows.conversation import Turn
from afsaet.flows.converse import converse, opening
from afsaet.flows.converse.entering import begin
from afsaet.flows.definition import Definition
from afsaet.flows.dialogue import load
from afsaet.flows.effects import Sent
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text
from afsaet.flows.library import Library
from afsaet.flows.message import Message
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Session
from tests.flows.transcript import after_restart

KINDS: dict[str, dict[str, Any]] = {
    "text": {"kind": "text"},
    "one": {"kind": "one", "options": [{"id": "a", "text": "Æbler"}, {"id": "b", "text": "Bananer"}]},
    "many": {"kind": "many", "options": [{"id": "a", "text": "Æbler"}, {"id": "b", "text": "Bananer"},
                                         {"id": "c", "text": "Noget andet", "free": True}]},
    "scale": {"kind": "scale", "low": "lidt", "high": "meget"},
    "yesno": {"kind": "yesno"},
    "date": {"kind": "date"},
    "points": {"kind": "points", "most": 2},
}  # fmt: skip


def question(name: str, kind: str = "text", ask: str = "", **more: Any) -> dict[str, Any]:
    """A question of this kind; its wording is made from its name where none is given."""
    return {"id": name, "ask": ask or f"Hvad med {name}?", "help": "Skriv lidt.", "answer": KINDS[kind],
            "sensitivity": "alm", "heading": "O1", **more}  # fmt: skip


def dialogue(*questions: dict[str, Any], **sections: list[dict[str, Any]]) -> Definition:
    """A dialogue of one section, or of the sections named."""
    parts = sections or {"alt": list(questions)}
    made = [{"id": name, "title": f"Om {name}", "why": "Derfor.", "questions": asked} for name, asked in parts.items()]
    texts = {"id": "lille", "title": "Lille", "intro": "Hej.", "outro": "Her er de."}
    return Definition.model_validate({**texts, "sections": made})


class Citizen:
    """A citizen in a small dialogue. `seen` is the latest message that had buttons."""

    def __init__(self, definition: Definition, **setting: Any) -> None:
        self.setting = Setting(datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/Copenhagen")), **setting)
        self.revise(definition)
        self.conversation = begin(self.library, "lille")
        self.seen = Message()
        self.said = ""
        self.written = 0
        self.sent: list[dict[str, Any]] = []
        self._turn(opening(self.library, self.conversation, self.setting))
        self.press("Begynd")

    @property
    def session(self) -> Session:
        return self.conversation.session

    @property
    def buttons(self) -> dict[str, str]:
        return {button.label.lstrip("☑☐✓ "): button.action for row in self.seen.rows for button in row}

    def words(self, name: str) -> str:
        """How the answer to a question reads."""
        return self.session.answers[name].words

    def revise(self, definition: Definition) -> None:
        """The dialogue's file is another from now on."""
        self.library = Library({"lille": load(definition)})

    def world(self, **changes: Any) -> None:
        self.setting = replace(self.setting, **changes)

    def press(self, label: str) -> None:
        self.give(Tap(self.buttons[label], self.conversation.ask))

    def write(self, text: str, *, early: bool = False) -> None:
        self.written += 1
        self.give(Text(text, str(self.written), early))

    def edit(self, number: int, text: str) -> None:
        """Write the message of this number, counted from 1, anew."""
        self.give(Edited(text, str(number)))

    def command(self, name: str) -> None:
        self.give(Command(name))

    def send(self) -> dict[str, Any]:
        """Send from the summary, and return what was sent."""
        self.command("mine_svar")
        self.press("Send til min sagsbehandler")
        self.press("Ja, send")
        return self.sent[-1]

    def give(self, given: Input) -> None:
        self._turn(converse(self.library, self.conversation, given, self.setting))

    def _turn(self, turn: Turn) -> None:
        self.conversation = after_restart(turn.conversation)
        messages = [message for message in (turn.redraw, *turn.say) if message]
        self.said = "\n\n".join(message.plain() for message in messages)
        self.seen = next((message for message in reversed(messages) if message.rows), self.seen)
        self.sent += [dict(effect.snapshot) for effect in turn.effects if isinstance(effect, Sent)]
