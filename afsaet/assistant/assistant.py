"""The assistant as every channel meets it: one thing comes in, one transaction later the answers lie ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Literal

from afsaet import clock
from afsaet.assistant import shelf
from afsaet.assistant.incoming import Act, Incoming
from afsaet.assistant.joining import at_the_door
from afsaet.assistant.turn import take_turn
from afsaet.flows.conversation import Forget, Library
from afsaet.flows.definition import Definition
from afsaet.flows.setting import ALL_SENSITIVITIES, Setting
from afsaet.municipality import Municipality
from afsaet.store import conversations
from afsaet.store.database import Database

Policy = Literal["safe", "open"]
OPEN_CHATS = frozenset({"telegram"})  # channels that are not the municipality's own


class Assistant:
    """Everything a turn needs that is the same for every citizen. Safe to share between threads.

    policy: what an open chat may carry. now: the present moment, aware.
    """

    def __init__(
        self,
        database: Database,
        municipality: Municipality,
        definitions: Mapping[str, Definition],
        *,
        policy: Policy = "safe",
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self.database = database
        self.municipality = municipality
        self.policy = policy
        self.now = now
        self.library: Callable[[str], Library] = cache(
            lambda profile: shelf.build(municipality, definitions, profile)
        )

    def setting(self, channel: str, profile: str) -> Setting:
        """The surroundings of a turn now: local time, what the channel may carry, the municipality's names."""
        closed = channel in OPEN_CHATS and self.policy == "safe"
        return Setting(
            now=self.now().astimezone(self.municipality.zone),
            open_to=frozenset({"alm"}) if closed else ALL_SENSITIVITIES,
            flags=self.municipality.flags(profile),
            names=self.municipality.names(profile),
        )

    def receive(self, incoming: Incoming) -> list[Act]:
        """Take one thing in. What is to be done in a citizen's chat lies in the outbox afterwards.

        Returned is only what is kept nowhere: the answers to a chat that is nobody's. Something handed over
        before does nothing. Raises DatabaseFault where nothing was kept, so that it may be handed over again.
        """
        with self.database.write() as tx:
            opened = conversations.open_chat(tx, incoming.channel, incoming.address) if incoming.private else None
            if opened is None:
                return at_the_door(self, tx, incoming)
            effects = take_turn(self, tx, incoming, opened)
        if any(isinstance(effect, Forget) for effect in effects):
            self.database.scrub()
        return []
