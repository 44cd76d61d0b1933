"""What is kept of a citizen besides the conversation, for the texts and pages that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from afsaet.assistant.casework import way
from afsaet.assistant.turn import measure_facts, meeting_facts
from afsaet.meetings.reminders import Rules
from afsaet.municipality import Municipality
from afsaet.store import caseworkers, versions
from afsaet.store.citizens import Citizen
from afsaet.store.tx import Tx


class Names(Mapping[str, str]):
    """The municipality's names, and the caseworker's, which are fetched only when a text asks for them."""

    def __init__(self, known: Mapping[str, str], tx: Tx, caseworker_id: str) -> None:
        self._known = dict(known)
        self._tx = tx
        self._caseworker_id = caseworker_id

    def __getitem__(self, name: str) -> str:
        if name.startswith("sagsbehandler") and name not in self._known:
            person = caseworkers.get(self._tx, self._caseworker_id)
            self._known["sagsbehandler"] = person.name if person else ""
            self._known["sagsbehandler_telefon"] = (person.phone if person else None) or ""
            self._known["sagsbehandler_tid"] = (person.hours if person else None) or ""
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _versions(tx: Tx, citizen: Citizen) -> Mapping[str, int]:
    """The number of the latest version of each dialogue that was ever sent."""
    return {version.dialogue: version.number for version in versions.list_all(tx, citizen.id)}


FETCH: Mapping[str, Callable[[Tx, Citizen], Any]] = {
    "versions": _versions, **meeting_facts.FETCH, **measure_facts.FETCH,
}


class Facts(Mapping[str, Any]):
    """Each fact by its name, fetched once a turn and only when it is asked for."""

    def __init__(self, tx: Tx, citizen: Citizen, municipality: Municipality, now: datetime) -> None:
        self._fetch: dict[str, Callable[[], Any]] = {name: partial(fetch, tx, citizen) for name, fetch in FETCH.items()}
        self._fetch["place"] = partial(way.place_of, tx, municipality, citizen, now)
        self._fetch["reminder_rules"] = partial(Rules.of, municipality)
        local = now.astimezone(municipality.zone)
        self._fetch |= {name: partial(follows, self, local) for name, follows in measure_facts.FOLLOWS.items()}
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = self._fetch[name]()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fetch)

    def __len__(self) -> int:
        return len(self._fetch)
