"""Draws docs/conversation.svg: three moments of a conversation, in the words the program uses today.

Run it with `.venv/bin/python docs/picture.py` after changing a text it shows. The citizen's part stands
below; everything else is asked of the dialogue engine. The words are also put into the picture as its
description, for those who have it read aloud.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import typst

from afsaet.assistant import shelf
from afsaet.flows import welcome
from afsaet.flows.conversation import Conversation, Turn
from afsaet.flows.converse import converse, opening
from afsaet.flows.converse.entering import begin
from afsaet.flows.inputs import Input, Tap, Text
from afsaet.flows.message import Message
from afsaet.flows.setting import Setting
from afsaet.fonts import FOLDER
from afsaet.municipality import Municipality

PICTURE = Path(__file__).with_name("conversation.svg")
TITLE = "A conversation with Afsæt on a phone: the welcome, the first questions, and the receipt"
OWN_WORDS = "Jeg vil gerne arbejde med dyr."
TAPPED = "Et job med nogle få timer om ugen"


@dataclass(frozen=True)
class Bubble:
    """One message of the chat. pressed: the button a finger rests on. gap: a line between what is shown."""

    message: Message
    own: bool = False
    pressed: str = ""
    gap: bool = False


Scene = list[Bubble]


class Chat:
    """One citizen talking with the engine; nothing is kept."""

    def __init__(self) -> None:
        municipality = Municipality(name="Solvang Kommune", languages=("da",))
        self.library = shelf.build(municipality, shelf.read_definitions(None))
        now = datetime(2026, 12, 1, 10, 14, tzinfo=municipality.zone)
        self.setting = Setting(now, flags=municipality.flags(), names=municipality.names())
        self.conversation: Conversation = begin(self.library, "forberedelse")
        self.shown = self._taken(opening(self.library, self.conversation, self.setting))[-1]

    def give(self, given: Input) -> list[Message]:
        """What the assistant says to this; an answered question comes first, as it reads from then on."""
        asked = self.shown
        turn = converse(self.library, self.conversation, given, self.setting)
        settled = [Message(lead=asked.lead, text=f"✓ {turn.settled.answer}")] if turn.settled else []
        return [*settled, *self._taken(turn)]

    def tap(self, label: str) -> list[Message]:
        """A press of the button with these words. Raises StopIteration where it is not there."""
        action = next(button.action for row in self.shown.rows for button in row if button.label == label)
        return self.give(Tap(action, self.conversation.ask))

    def _taken(self, turn: Turn) -> list[Message]:
        self.conversation = turn.conversation
        said = [*([turn.redraw] if turn.redraw else []), *turn.say]
        self.shown = said[-1]
        return said


def scenes() -> list[Scene]:
    """Three phones' worth of the conversation."""
    chat = Chat()
    invited = welcome.invited(chat.setting, "")
    _begun, first = chat.tap("Begynd")
    answered, second = chat.give(Text(OWN_WORDS, "1"))
    own = Bubble(Message(OWN_WORDS), own=True)
    settled = chat.tap(TAPPED)[0]
    chat.tap("Pause")
    chat.tap("Menu")
    chat.tap("Mine svar")
    (confirm,) = chat.tap("Send til min sagsbehandler")
    _confirmed, receipt = chat.tap("Ja, send")
    return [
        [Bubble(invited, pressed="Ja, jeg vil gerne prøve"), Bubble(first, gap=True)],
        [Bubble(answered), own, Bubble(second, pressed=TAPPED)],
        [Bubble(settled), Bubble(confirm, pressed="Ja, send", gap=True), Bubble(receipt)],
    ]


def words(shown: list[Scene]) -> str:
    """Everything the picture says, line by line."""
    def lines() -> Iterator[str]:
        for bubble in (bubble for scene in shown for bubble in scene):
            yield f"{'Borgeren' if bubble.own else 'Afsæt'}: {' '.join(bubble.message.plain().split())}"
            for row in bubble.message.rows:
                yield " ".join(f"[{button.label}]" for button in row)

    return "\n".join(lines())


def drawn(shown: list[Scene]) -> str:
    """The picture as SVG, with letters as shapes, so that it looks the same everywhere."""
    data = [[{**bubble.message.to_json(), "own": bubble.own, "pressed": bubble.pressed, "gap": bubble.gap}
             for bubble in scene] for scene in shown]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
    source = Path(__file__).with_name("picture.typ").read_bytes()
    svg = typst.compile(source, font_paths=fonts, ignore_system_fonts=True, format="svg",
                        sys_inputs={"scenes": json.dumps(data)})
    assert isinstance(svg, bytes)
    start, rest = _smaller(svg.decode()).split(">", 1)
    return f'{start} role="img"><title>{escape(TITLE)}</title><desc>{escape(words(shown))}</desc>{rest}'


def _smaller(svg: str) -> str:
    """The same picture, smaller: short names for the shapes, and no attribute that says the default."""
    for number, name in enumerate(dict.fromkeys(re.findall(r'id="(\w+)"', svg))):
        svg = svg.replace(f'"{name}"', f'"s{number}"').replace(f"#{name}", f"#s{number}")
    return svg.replace(' fill-rule="nonzero"', "")


if __name__ == "__main__":
    PICTURE.write_text(drawn(scenes()), encoding="utf-8")
