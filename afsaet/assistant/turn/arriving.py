"""What a message that has arrived means for the chat: it may carry the live buttons from now on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afsaet.assistant.incoming import Act
from afsaet.flows.message import Message
from afsaet.store import chats, outbox
from afsaet.store.outbox import Item
from afsaet.store.tx import Tx


def note_arrived(tx: Tx, line: str, payload: Mapping[str, Any], ref: str, now: datetime) -> None:
    """Note the message that carries the live buttons. Where a copy of the same question was still on its way when this
    one was laid, that one has arrived with its buttons meanwhile, and loses them.

    line: as the outbox gives it. payload: of the message, as `Act.payload()` made it. ref: the channel's name for it.
    """
    if not payload.get("live"):
        return
    if older := payload.get("older"):
        chat = chats.at(tx, line)
        if chat is not None and chat.asked_number == payload["ask"] and chat.asked_ref not in (None, ref):
            strip = Act("edit", Message(lead=older), ref=chat.asked_ref or "")
            outbox.put(tx, chat, [Item(strip.payload(), strip.kind)], now)
    chats.note_asked(tx, line, payload["ask"], ref)
