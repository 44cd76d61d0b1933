"""What the assistant says, before any channel has given it a shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """One button: the words on it, and what a press of it means.

    `action` goes out with the button and comes back with the press. It is at most 48 bytes of ASCII,
    so that it fits Telegram's 64 together with the number of the question it belongs to.
    `url` makes it a link instead; then `action` is empty.
    """

    label: str
    action: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that is shown with a message besides words, and made only when it is sent.

    kind: who makes it ("calendar", "wheel", "line"). data: JSON values it is made of.
    """

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message in plain text. A channel decides how the parts look; none of them holds markup.

    note: a short line above (progress, or what was just done). lead: the question or headline, shown strong.
    text: the rest. A message may be longer than a channel allows: the channel splits it at sentence ends
    and puts the buttons under the last piece. attachment: a picture or a file that goes with it; the words tell
    what is in it to those who do not see it.
    """

    text: str = ""
    lead: str = ""
    note: str = ""
    rows: Rows = ()
    attachment: Attachment | None = None

    def plain(self) -> str:
        """All the words, paragraph by paragraph, as a reader meets them."""
        return "\n\n".join(part for part in (self.note, self.lead, self.text) if part)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back to an equal message; empty parts are left out."""
        rows = [[{k: v for k, v in (("label", b.label), ("action", b.action), ("url", b.url)) if v} for b in row]
                for row in self.rows]
        attached = {"kind": self.attachment.kind, "data": dict(self.attachment.data)} if self.attachment else None
        parts = {"note": self.note, "lead": self.lead, "text": self.text, "rows": rows, "attachment": attached}
        return {key: value for key, value in parts.items() if value}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Message:
        rows = tuple(tuple(Button(**button) for button in row) for row in data.get("rows", ()))
        attached = data.get("attachment")
        return Message(data.get("text", ""), data.get("lead", ""), data.get("note", ""), rows,
                       Attachment(**attached) if attached else None)
