"""The assistant as every channel meets it: one thing comes in, one transaction later the answers lie ready."""

from __future__ import annotations

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act, Incoming
from afsaet.assistant.turn.citizen import take_turn
from afsaet.assistant.turn.joining import at_the_door
from afsaet.flows.effects import Forget
from afsaet.store import conversations


def receive(assistant: Assistant, incoming: Incoming) -> list[Act]:
    """Take one thing in. What is to be done in a citizen's chat lies in the outbox afterwards.

    Returned is only what is kept nowhere: the answers to a chat that is nobody's. Something handed over
    before does nothing. Raises DatabaseFault where nothing was kept, so that it may be handed over again.
    """
    incoming = incoming.whole()  # here, where every channel comes in, and nothing has been kept or looked up yet
    with assistant.database.write() as tx:
        opened = conversations.open_chat(tx, incoming.channel, incoming.address) if incoming.private else None
        if opened is None:
            return at_the_door(assistant, tx, incoming)
        effects = take_turn(assistant, tx, incoming, opened)
    if any(isinstance(effect, Forget) for effect in effects):
        assistant.database.scrub()
    return []
