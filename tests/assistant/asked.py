"""A citizen who is asked for rounds, and what arrives on their phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from afsaet.assistant.casework import asking_now
from afsaet.assistant.unasked import asking
from afsaet.assistant.unasked.firing import fire
from afsaet.measures.agreement import Agreement
from afsaet.measures.rounds import Round
from afsaet.meetings.wording import NOTICES
from afsaet.store import conversations, measure_cards, rounds, timers
from tests.assistant.desk import local
from tests.assistant.world import World
from tests.measures.rounding import CALM, chosen

QUESTION, REMINDER = NOTICES["round"], NOTICES["again"]


class Someone:
    """A citizen with a phone, who has joined on Tuesday the 3rd of March at noon."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.id, self.phone = world.joined()
        self.phone.reads()

    def agrees(self, measure: Any = "trivselstjek", **agreed: Any) -> None:
        with self.world.database.write() as tx:
            tx.lock(self.id)
            card = measure_cards.get(tx, self.id)
            agreement = Agreement(**{"since": self.today, **agreed})
            agreements = {**card.agreements, measure: agreement}
            measure_cards.save(tx, self.id, replace(card, wheel=chosen(*CALM), agreements=agreements))
            asking.plan(tx, self.world.municipality, self.id, measure, self.world.clock())

    def does(self, measure: Any = "trivselstjek") -> None:
        with self.world.database.write() as tx:
            tx.lock(self.id)
            rounds.add(tx, self.id, Round(f"r{self.world.clock():%d%H%M%m}", measure, self.world.clock(), {"trivsel_mig": 5}))
            asking.plan(tx, self.world.municipality, self.id, measure, self.world.clock())

    def wants_no_reminders(self) -> None:
        with self.world.database.write() as tx:
            opened = conversations.open_citizen(tx, self.id)
            conversations.save(tx, self.id, {**(opened.state or {}), "reminders": False}, {}, self.world.clock())

    def gets(self, when: str = "") -> list[str]:
        """What arrives when timers are fired at that time."""
        if when:
            self.world.clock.now = local(when)
        seen = len(self.phone.screen)
        fire(self.world.assistant())
        self.phone.reads()
        return [bubble.text for bubble in self.phone.screen[seen:] if bubble.text in (QUESTION, REMINDER)]

    @property
    def today(self) -> date:
        return self.world.clock().astimezone(self.world.municipality.zone).date()

    def states(self) -> list[tuple[str, int, str, str | None]]:
        with self.world.database.read() as tx:
            own = [timer for timer in timers.of_citizen(tx, self.id) if timer.sort == "round"]
        return [(timer.subject.partition(":")[0], timer.offset, timer.state, timer.why) for timer in own]

    def planned(self) -> list[str]:
        with self.world.database.read() as tx:
            own = [timer for timer in timers.of_citizen(tx, self.id) if timer.sort == "round" and timer.state == "planned"]
        zone = self.world.municipality.zone
        return [f"{timer.due_at.astimezone(zone):%m-%d %H:%M}" for timer in own]


def begins(someone: Someone, measure: Any = "trivselstjek") -> datetime:
    """The caseworker lets it be asked for; the moment from which that may be."""
    with someone.world.database.write() as tx:
        return asking_now.start(someone.world.assistant(), tx, someone.id, measure, someone.world.clock())
