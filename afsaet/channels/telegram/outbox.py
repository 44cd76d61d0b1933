"""Where outgoing items come from and are noted as sent: what the sender asks of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Kind = Literal["send", "edit", "delete"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do in one chat.

    id: the row's, which may stand in a log. chat_key: the store's name for the chat. address: Telegram's
    number for it. order: rises in the order in which items were stored. reply: the citizen has just
    written or tapped; False for what was not asked for. progress: how many pieces of a long message have
    been sent already.

    payload, by kind (`message` as `Message.to_json()` gives it, `ref` a Telegram message number):
    - send: `{"message": {…}, "ask": 17}`
    - edit: `{"message": {…}, "ask": 17, "ref": 321}` puts the message, buttons and all, in the place of
      the old one; with `"answer": "…"` too, the old one reads as an answered question without buttons
    - delete: `{"ref": 321}`
    """

    id: int
    chat_key: str
    address: int
    kind: Kind
    payload: Mapping[str, Any]
    reply: bool
    order: int
    progress: int = 0


class Outbox(Protocol):
    """The source. Its methods may raise anything: the sender logs the class and tries again later."""

    async def due(self, limit: int) -> Sequence[Item]:
        """Up to `limit` items that may be sent now: first of chats where a reply waits, then by `order`.

        Nothing behind a postponed item of its chat (a reply may go past what was not asked for), nor to a
        person who cannot be reached. What was not noted yet is given again. Fewer than `limit` items mean
        that there are no more.
        """
        ...

    async def postponed(self) -> Mapping[str, float]:
        """The chats where something is held behind a postponed item, or is one, by `chat_key`, and for how many
        seconds more. Asked once, when sending begins."""
        ...

    async def done(self, items: Sequence[Item], sent: int | None) -> None:
        """These were carried out and are to be forgotten. sent: the number of the message the last of
        them became, None when it was no message."""
        ...

    async def postpone(self, item: Item, seconds: float) -> None:
        """Not before so many seconds from now, nor anything behind it in its chat."""
        ...

    async def failed(self, item: Item, final_for_chat: bool) -> None:
        """It will never be taken. final_for_chat: the person cannot be reached ("kan ikke nås"), and
        nothing else that waits for the chat is to be given by `due`."""
        ...

    async def progress(self, item: Item, sent: int) -> None:
        """So many pieces of it have been sent; `due` gives it with that `progress` from now on."""
        ...
