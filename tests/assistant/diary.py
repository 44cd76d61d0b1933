"""One citizen's meetings as their caseworker keeps them, with the reminders that belong to each version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from afsaet.assistant import keeping
from afsaet.assistant.unasked import reminding
from afsaet.assistant.unasked.firing import fire
from afsaet.meetings.meeting import Meeting, cancelled, changed
from afsaet.store import conversations, meetings, timers
from afsaet.store.timers import Timer
from tests.assistant.world import World


def wall(text: str) -> datetime:
    """A wall time from "2026-12-01 10:00"."""
    return datetime.fromisoformat(text)


class Diary:
    """What the caseworker does, each in a transaction of its own under the citizen's lock."""

    def __init__(self, world: World, citizen: str) -> None:
        self.world = world
        self.citizen = citizen
        self._numbers = count(1)

    def add(self, when: str | datetime, **values: Any) -> Meeting:
        """A talk, unless another kind is asked for."""
        begins = when if isinstance(when, datetime) else wall(when)
        name = f"{self.citizen}m{next(self._numbers)}"
        given = {"kind": "samtale", "wall": begins, "zone": self.world.municipality.zone.key, **values}
        meeting = Meeting(name, f"{name}@afsaet", **given)
        with self.world.database.write() as tx:
            tx.lock(self.citizen)
            meetings.add(tx, self.citizen, meeting, self.world.clock())
            self._plan(tx, meeting)
        return meeting

    def move(self, meeting: Meeting, when: str | datetime, **values: Any) -> Meeting:
        begins = when if isinstance(when, datetime) else wall(when)
        return self._change(changed(meeting, wall=begins, cancelled=False, **values))

    def cancel(self, meeting: Meeting) -> Meeting:
        return self._change(cancelled(meeting))

    def answer(self, meeting: Meeting, word: Any) -> None:
        """What the citizen says to this version."""
        with self.world.database.write() as tx:
            tx.lock(self.citizen)
            meetings.answer(tx, self.citizen, meeting.id, meeting.version, word, self.world.clock())

    def prefers(self, **choice: Any) -> None:
        """The citizen chooses which reminders they want, and it takes effect at once."""
        with self.world.database.write() as tx:
            opened = conversations.open_citizen(tx, self.citizen)
            before = keeping.load(opened)
            assert before is not None
            after = replace(before, **choice)
            now = self.world.clock()
            keeping.save(tx, self.citizen, before, after, now)
            reminding.plan_coming(tx, self.world.municipality, self.citizen, now, reminding.wanted(after))

    def timers(self, meeting: Meeting | None = None) -> list[Timer]:
        with self.world.database.read() as tx:
            found = timers.of_citizen(tx, self.citizen)
        return [timer for timer in found if meeting is None or timer.subject == meeting.id]

    def states(self, meeting: Meeting) -> list[tuple[int, int, str, str | None]]:
        """Version, offset, state and why, of each, in that order."""
        return sorted((timer.version, -timer.offset, timer.state, timer.why) for timer in self.timers(meeting))

    def planned(self, meeting: Meeting) -> dict[int, str]:
        """When those that wait go out, by local clocks."""
        zone = self.world.municipality.zone
        return {timer.offset: timer.due_at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M %z")
                for timer in self.timers(meeting) if timer.state == "planned"}

    def at(self, when: str) -> None:
        """It is this time now, by local clocks."""
        local = wall(when).replace(tzinfo=self.world.municipality.zone)
        self.world.clock.now = local.astimezone(UTC)

    def fires(self, when: str = "") -> int:
        """Whatever is due is dealt with, at this time if one is given; how many messages were laid."""
        if when:
            self.at(when)
        return fire(self.world.assistant())

    def _change(self, meeting: Meeting) -> Meeting:
        with self.world.database.write() as tx:
            assert meetings.change(tx, self.citizen, meeting, self.world.clock())
            self._plan(tx, meeting)
        return meeting

    def _plan(self, tx: Any, meeting: Meeting) -> None:
        wanted = reminding.wanted(keeping.load(conversations.open_citizen(tx, self.citizen)))
        reminding.plan(tx, self.world.municipality, self.citizen, meeting, self.world.clock(), wanted)
