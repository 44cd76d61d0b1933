"""A turn whose effects are carried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act, Incoming
from afsaet.flows.conversation import Turn
from afsaet.flows.setting import Setting
from afsaet.store import outbox
from afsaet.store.conversations import Conversation as Opened
from afsaet.store.outbox import Item
from afsaet.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Turning:
    """The turn, inside its own transaction. opened: the citizen as they were before."""

    assistant: Assistant
    tx: Tx
    opened: Opened
    incoming: Incoming
    turn: Turn
    setting: Setting

    def put(self, act: Act) -> None:
        """Let it go to the citizen's chat, after what the turn says."""
        assert self.opened.chat is not None
        outbox.put(self.tx, self.opened.chat, [Item(act.payload(), act.kind)], self.assistant.now())


CarryOut = Callable[[Turning, Any], None]
