"""What a caseworker does about meetings and steps, in a transaction of its own each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from afsaet.assistant.casework import appointments, booking, way
from afsaet.assistant.casework.appointments import Appointment
from afsaet.assistant.casework.booking import Booked
from afsaet.meetings.kinds import Kind
from afsaet.meetings.place import Place
from afsaet.store import citizens, meetings, timers
from tests.assistant.world import World

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LEFT_OUT = ("booked_late", "next_is_near", "unwanted")


def local(text: str) -> datetime:
    """The moment, in UTC, at which clocks in Copenhagen show this."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN).astimezone(UTC)


def add(world: World, citizen: str, at: str, kind: Kind = "rehabiliteringsmoede", **more: Any) -> Booked:
    with world.database.write() as tx:
        return booking.add(tx, world.municipality, citizen, kind, datetime.fromisoformat(at), world.clock(), **more)


def move(world: World, meeting: str, at: str | None = None, **more: Any) -> Booked:
    wall = None if at is None else datetime.fromisoformat(at)
    with world.database.write() as tx:
        return booking.move(tx, world.municipality, meeting, world.clock(), wall=wall, **more)


def cancel(world: World, meeting: str) -> Booked:
    with world.database.write() as tx:
        return booking.cancel(tx, world.municipality, meeting, world.clock())


def answers(world: World, booked: Booked, word: Any) -> None:
    """The citizen says this to the meeting as it is now."""
    with world.database.write() as tx:
        kept = meetings.get(tx, booked.kept.meeting.id)
        assert kept is not None
        meetings.answer(tx, kept.citizen_id, kept.meeting.id, kept.meeting.version, word, world.clock())


def seen(world: World, citizen: str) -> list[Appointment]:
    with world.database.read() as tx:
        return appointments.of_citizen(tx, citizen)


def place(world: World, citizen: str) -> Place:
    with world.database.read() as tx:
        whose = citizens.get(tx, citizen)
        assert whose is not None
        return way.place_of(tx, world.municipality, whose, world.clock())


def goes_to(world: World, citizen: str, step: str) -> way.Whereabouts:
    with world.database.write() as tx:
        return way.move(tx, world.municipality, citizen, step, world.clock())


def reminders(world: World, citizen: str) -> list[tuple[str, int, int, str]]:
    """Every reminder that was ever to go out: sort, days before, version and state."""
    with world.database.read() as tx:
        return [(timer.sort, timer.offset, timer.version, timer.state) for timer in timers.of_citizen(tx, citizen)
                if timer.sort in ("reminder", "ready") and timer.why not in LEFT_OUT]


def left_out(world: World, citizen: str) -> list[tuple[int, str]]:
    """Every reminder that there was none of from the first: days before and why."""
    with world.database.read() as tx:
        return [(timer.offset, timer.why) for timer in timers.of_citizen(tx, citizen) if timer.why in LEFT_OUT]


def notices(texts: Sequence[str]) -> list[str]:
    """Those that tell of a meeting."""
    return [text for text in texts if "aftale" in text]
