"""One citizen's conversation, line by line. The lines may as well come from a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import count

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act, Incoming, Start
from afsaet.assistant.turn.receive import receive
from afsaet.channels.terminal.shown import COLUMNS, shown
from afsaet.flows.commands import is_command
from afsaet.flows.inputs import Command, Input, Tap, Text
from afsaet.flows.message import Button, Message
from afsaet.store import chats, outbox

CHANNEL = "terminal"
_SYMBOL = re.compile(r"^[☐☑✓]\s*")


class Chat:
    """A chat at this address. `say` is given every message: as text ready to print, and as it is. columns: of the
    screen it is printed on."""

    def __init__(
        self, assistant: Assistant, address: str, say: Callable[[str, Message], None], *, columns: int = COLUMNS,
    ) -> None:
        self._assistant = assistant
        self._address = address
        self._say = say
        self._columns = columns
        self._live: list[Button] = []
        self._ask = 0
        self._refs = count(1)

    def open(self, code: str) -> None:
        """Begin with the invitation, or go on where this address left."""
        self._receive(Command("fortsaet") if self.is_bound() else Start(code))

    def is_bound(self) -> bool:
        """Whether a citizen has said yes here (and not deleted everything since)."""
        with self._assistant.database.read() as tx:
            chat = chats.find(tx, CHANNEL, self._address)
            return chat is not None and chat.active

    def play(self, lines: Iterable[str]) -> None:
        """Take in one line after another."""
        for line in lines:
            self.take(line)

    def take(self, line: str) -> None:
        """A line: the words on a button, its number after a #, a command, or a text."""
        text = line.strip("\n")
        if not text.strip():
            return
        button = self._pressed(text.strip())
        if button is not None:
            self._receive(Tap(button.action, self._ask))
        elif is_command(text):
            self._receive(Command(text, asked=self._ask))
        else:
            self._receive(Text(text, f"t{next(self._refs)}", asked=self._ask))

    def _pressed(self, words: str) -> Button | None:
        """Exactly the words on a button, in their own capitals: "pause" in small letters may be an answer. Before the
        yes nothing is asked that a bare number could answer."""
        number = words.removeprefix("#")
        numbered = words.startswith("#") or not self.is_bound()
        if numbered and number.isdecimal() and 0 < int(number) <= len(self._live):
            return self._live[int(number) - 1]
        return next((button for button in self._live if words in (button.label, _SYMBOL.sub("", button.label))), None)

    def _receive(self, given: Input | Start) -> None:
        ref = "pressed" if isinstance(given, Tap) else ""
        for act in receive(self._assistant, Incoming(CHANNEL, self._address, given, ref)):
            self._do(act)
        while self._drained():
            pass

    def _drained(self) -> int:
        """Say what lies in the outbox for this address; returns how many acts there were."""
        with self._assistant.database.write() as tx:
            line = chats.hash_of(tx, CHANNEL, self._address).hex()
            rows = [row for row in outbox.due(tx, CHANNEL, self._assistant.now(), 1000) if row.line == line]
            for row in rows:
                self._do(Act.from_payload(row.kind, row.payload))
            outbox.done(tx, [row.id for row in rows], self._assistant.now())
            return len(rows)

    def _do(self, act: Act) -> None:
        """Show a message. An answered question has scrolled past and needs no change; nor does a deletion."""
        if act.kind == "delete" or act.answer:
            return
        if act.message.rows:
            self._live = [button for row in act.message.rows for button in row if button.action not in ("", "stay")]
            self._ask = act.ask
        self._say(shown(act.message, self._numbers(act.message), self._columns), act.message)

    def _numbers(self, message: Message) -> dict[Button, int]:
        return {button: number for number, button in enumerate(self._live, 1)} if message.rows else {}


