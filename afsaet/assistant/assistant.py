"""What every turn needs that is the same for every citizen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Literal

from afsaet import clock
from afsaet.assistant import shelf
from afsaet.flows.definition import Definition
from afsaet.flows.library import Library
from afsaet.flows.setting import ALL_SENSITIVITIES, Setting
from afsaet.municipality import Municipality
from afsaet.store.database import Database

Policy = Literal["safe", "open"]
OPEN_CHATS = frozenset({"telegram"})  # channels that are not the municipality's own


class Assistant:
    """The database, the municipality, what there is to say, and the time. Safe to share between threads.

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
        self._flags = cache(municipality.flags)
        self._names = cache(municipality.names)

    def setting(self, channel: str, profile: str) -> Setting:
        """The surroundings of a turn now: local time, what the channel may carry, the municipality's names."""
        closed = channel in OPEN_CHATS and self.policy == "safe"
        return Setting(
            now=self.now().astimezone(self.municipality.zone),
            open_to=frozenset({"alm"}) if closed else ALL_SENSITIVITIES,
            flags=self._flags(profile),
            names=self._names(profile),
            offers=self.municipality.text_profile(profile).offers,
        )
