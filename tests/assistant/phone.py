"""A citizen's phone without a network: what they do goes to the assistant, and what it lays out arrives here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act, Incoming, Reachable, Start
from afsaet.assistant.turn.arriving import note_arrived
from afsaet.assistant.turn.receive import receive
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text
from afsaet.flows.message import Button, Message
from afsaet.store import chats, outbox
from afsaet.store.outgoing import Outgoing

BOT = 7000000001
_SYMBOL = re.compile(r"^[☐☑✓]\s*")


@dataclass(frozen=True)
class Bubble:
    """One message of the assistant's as it stands in the chat. answer: what stands under an answered question."""

    ref: str
    message: Message
    ask: int = 0
    answer: str = ""

    @property
    def text(self) -> str:
        return self.message.plain()

    @property
    def buttons(self) -> dict[str, Button]:
        return {_SYMBOL.sub("", button.label): button for row in self.message.rows for button in row}


@dataclass
class Network:
    """Numbers messages and updates as Telegram does, and remembers every payload it was given to carry."""

    messages: Callable[[], int] = field(default_factory=lambda: count(100).__next__)
    updates: Callable[[], int] = field(default_factory=lambda: count(500).__next__)
    carried: list[Any] = field(default_factory=list)


class Phone:
    """One private chat. `assistant` may be changed for another between two turns, as when the service restarts."""

    def __init__(self, assistant: Assistant, network: Network, address: str) -> None:
        self.assistant = assistant
        self.network = network
        self.address = address
        self.screen: list[Bubble] = []
        self.own: list[str] = []

    # What the citizen does. Each lets everything arrive that was laid out for them.

    def says(self, text: str) -> str:
        """A text, or a command where it begins with a slash; returns the message's number."""
        ref = self.writes(text)
        self.reads()
        return ref

    def starts(self, code: str = "") -> None:
        self.gives(Start(code), self._number())
        self.reads()

    def taps(self, label: str, bubble: Bubble | None = None) -> None:
        """The newest button with these words, or the one under `bubble`."""
        self.gives(*self.press(label, bubble))
        self.reads()

    def edits(self, ref: str, text: str) -> None:
        self.gives(Edited(text, ref), ref)
        self.reads()

    def blocks(self) -> None:
        self.gives(Reachable(False))

    def unblocks(self) -> None:
        self.gives(Reachable(True))
        self.reads()

    def plays(self, lines: list[str]) -> None:
        """Each line is the words on a button of the newest message that has any, or a text."""
        for line in lines:
            if any(line in bubble.buttons for bubble in self.screen[-1:]):
                self.taps(line)
            else:
                self.says(line)

    # The same without anything arriving.

    def writes(self, text: str) -> str:
        ref = self._number()
        self.own.append(ref)
        self.gives(Command(text, ref) if text.startswith("/") else Text(text, ref), ref)
        return ref

    def press(self, label: str, bubble: Bubble | None = None) -> tuple[Tap, str]:
        shown = bubble or next((each for each in reversed(self.screen) if label in each.buttons), None)
        assert shown is not None, f"no button says {label!r}:\n{self.transcript}"
        return Tap(shown.buttons[label].action, shown.ask), shown.ref

    def gives(self, given: Input | Start | Reachable, ref: str = "", **more: Any) -> Incoming:
        """Anything at all; returned so that it can be handed over once more."""
        update = (BOT, self.network.updates())
        incoming = Incoming("telegram", self.address, given, ref, **{"update": update, **more})
        self.again(incoming)
        return incoming

    def again(self, incoming: Incoming) -> None:
        for act in receive(self.assistant, incoming):
            self._arrives(act, act.payload())

    # What they see.

    @property
    def last(self) -> Bubble:
        return self.screen[-1]

    @property
    def transcript(self) -> str:
        return "\n---\n".join(f"{each.text}\n{' | '.join(each.buttons)}" for each in self.screen)

    def reads(self) -> None:
        """Everything that waits for this chat arrives, and is noted as the sender notes it."""
        while rows := self.waiting():
            for row in rows:
                ref = self._arrives(Act.from_payload(row.kind, row.payload), row.payload)
                with self.assistant.database.write() as tx:
                    outbox.done(tx, [row.id], self.assistant.now())
                    note_arrived(tx, row.line, row.payload, ref, self.assistant.now())

    def waiting(self) -> list[Outgoing]:
        """What is due for this chat and has not arrived."""
        with self.assistant.database.read() as tx:
            line = chats.hash_of(tx, "telegram", self.address).hex()
            rows = outbox.due(tx, "telegram", self.assistant.now(), 1000)
        return [row for row in rows if row.line == line]

    def _arrives(self, act: Act, payload: Any) -> str:
        self.network.carried.append(payload)
        if act.kind == "send":
            self.screen.append(Bubble(self._number(), act.message, act.ask))
            return self.screen[-1].ref
        if act.kind == "delete":
            self.own.remove(act.ref)
            return act.ref
        # An answered question keeps its words and loses its buttons.
        change = {"answer": act.answer, "message": replace(act.message, rows=())} if act.answer else {
            "message": act.message, "ask": act.ask}
        self.screen = [replace(each, **change) if each.ref == act.ref else each for each in self.screen]
        return act.ref

    def _number(self) -> str:
        return str(self.network.messages())
