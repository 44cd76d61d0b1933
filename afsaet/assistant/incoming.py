"""What a channel hands over, and what is to be done in the chat for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from afsaet.flows.inputs import Input, whole
from afsaet.flows.message import Message

Kind = Literal["send", "edit", "delete"]


@dataclass(frozen=True, slots=True)
class Start:
    """The opening of an invitation's link; `code` is empty where the assistant was merely found."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Reachable:
    """The citizen has let the assistant in again, or shut it out."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that came in.

    channel: "telegram", "terminal", … address: where the answer goes (a chat id). ref: the channel's name for
    the message that was written, or whose button was pressed. update: (bot id, update id) where the channel may
    hand the same thing over twice. private: false for a group or a channel of many.
    """

    channel: str
    address: str
    given: Input | Start | Reachable
    ref: str = ""
    update: tuple[int, int] | None = None
    private: bool = True

    def whole(self) -> Incoming:
        """The same with U+FFFD for every half character in its texts, which could be neither kept nor sent."""
        values = {field.name: getattr(self.given, field.name) for field in fields(self.given)}
        mended: dict[str, Any] = {name: whole(text) for name, text in values.items() if isinstance(text, str)}
        return replace(self, given=replace(self.given, **mended))


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do in a chat: a new message, an edit of the message `ref`, or its deletion.

    ask: the number its buttons carry. answer: an edit with it shows an answered question, without buttons.
    live: it carries the present question, so its reference is noted once it has arrived. older: what is then left of
    the message that carries the question until then, where that has not arrived yet.
    """

    kind: Kind = "send"
    message: Message = field(default_factory=Message)
    ask: int = 0
    ref: str = ""
    answer: str = ""
    live: bool = False
    older: str = ""

    def payload(self) -> dict[str, Any]:
        """What is sealed into the outbox; `from_payload` reads it back."""
        data: dict[str, Any] = {"message": self.message.to_json(), "ask": self.ask}
        more = {"ref": self.ref, "answer": self.answer, "live": self.live, "older": self.older}
        return {**data, **{name: value for name, value in more.items() if value}}

    @staticmethod
    def from_payload(kind: Kind, payload: Mapping[str, Any]) -> Act:
        message = Message.from_json(payload["message"])
        return Act(kind, message, payload["ask"], payload.get("ref", ""), payload.get("answer", ""),
                   payload.get("live", False), payload.get("older", ""))
