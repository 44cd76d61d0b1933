"""One small municipality with its assistant, and what tests want to know of its database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from itertools import count
from typing import Any

from sqlalchemy import select

from afsaet.assistant.assistant import Assistant, Policy
from afsaet.assistant.casework import caseload
from afsaet.assistant.shelf import read_definitions
from afsaet.flows.conversation import MAIN
from afsaet.flows.definition import Definition
from afsaet.municipality import Municipality
from afsaet.store import conversations, versions
from afsaet.store.database import Database
from afsaet.store.tables import metadata
from afsaet.store.versions import Version
from tests.assistant.phone import Network, Phone

METTE = "mette@kommune.dk"
shipped = cache(partial(read_definitions, None))
FIRST_QUESTION = "Hvad vil du gerne arbejde med"
SECOND_QUESTION = "Hvad vil du helst hen imod"


@dataclass
class Clock:
    """It stands still until time is said to pass. A Tuesday, at noon in Denmark."""

    now: datetime = datetime(2026, 3, 3, 11, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **parts: int) -> None:
        self.now += timedelta(**parts)


@dataclass
class World:
    """municipality and policy are those of the assistant that phones talk to from the beginning."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    municipality: Municipality = field(default_factory=Municipality)
    policy: Policy = "open"
    network: Network = field(default_factory=Network)
    addresses: Any = field(default_factory=lambda: count(4_711_000))

    def __post_init__(self) -> None:
        with self.database.write() as tx:
            caseload.add_caseworker(tx, METTE, "Mette Holm", self.clock(), phone="12345678")

    def assistant(
        self, definitions: Mapping[str, Definition] | None = None, *, policy: Policy | None = None,
        municipality: Municipality | None = None, database: Database | None = None,
    ) -> Assistant:
        """An assistant over the same database: another process, or the same one after a restart."""
        return Assistant(
            database or self.database, municipality or self.municipality,
            definitions or shipped(), policy=policy or self.policy, now=self.clock,
        )

    # People

    def citizen(self, name: str = "Kirsten Lund", reference: str | None = None) -> str:
        with self.database.write() as tx:
            added = caseload.add_citizen(
                tx, name, METTE, self.clock(), profile="rehabiliteringsteam", reference=reference)
        return added.citizen.id

    def invite(self, citizen: str, **more: Any) -> str:
        with self.database.write() as tx:
            return caseload.invite(tx, citizen, self.clock(), self.municipality.invite_days, **more)[0]

    def phone(self) -> Phone:
        """A phone that is nobody's yet."""
        return Phone(self.assistant(), self.network, str(next(self.addresses)))

    def joins(self, citizen: str, phone: Phone | None = None, **more: Any) -> Phone:
        """The citizen takes a new invitation and says yes."""
        phone = phone or self.phone()
        phone.starts(self.invite(citizen, **more))
        phone.taps("Ja, jeg vil gerne prøve")
        return phone

    def joined(self, name: str = "Kirsten Lund", reference: str | None = None) -> tuple[str, Phone]:
        citizen = self.citizen(name, reference)
        return citizen, self.joins(citizen)

    # What is kept

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, as it lies there."""
        with self.database.read() as tx:
            return {table.name: [tuple(row) for row in tx.conn.execute(select(table).order_by(*table.primary_key))]
                    for table in metadata.sorted_tables}

    def counts(self) -> dict[str, int]:
        return {name: len(rows) for name, rows in self.tables().items()}

    def answers(self, citizen: str) -> dict[str, dict[str, Any]]:
        """The answers to the preparation, by question."""
        with self.database.read() as tx:
            return conversations.load(tx, citizen)[1].get(MAIN, {})

    def words(self, citizen: str, question: str) -> list[str]:
        """The citizen's own words to that question, a message each."""
        answer = self.answers(citizen).get(question, {"parts": []})
        return [part["text"] for part in answer["parts"]]

    def state(self, citizen: str) -> dict[str, Any]:
        with self.database.read() as tx:
            state, _answers = conversations.load(tx, citizen)
        assert state is not None
        return state

    def case(self, citizen: str) -> caseload.Case:
        with self.database.read() as tx:
            return caseload.case(tx, citizen)

    def tasks(self, citizen: str) -> list[str]:
        return [task.kind for task in self.case(citizen).tasks]

    def versions(self, citizen: str) -> list[Version]:
        with self.database.read() as tx:
            return versions.list_all(tx, citizen)


def recorded() -> list[str]:
    """What a citizen who answers everything and sends it writes and presses, from the yes on."""
    text = files("afsaet.cli").joinpath("recorded_citizen.txt").read_text(encoding="utf-8")
    return text.splitlines()
