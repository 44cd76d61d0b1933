"""One meeting with one citizen, and what may be said of it: changes, doubts about its time, overlaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from afsaet.meetings.kinds import Kind
from afsaet.meetings.localtime import Doubt, doubt, moment_of


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it stands after its latest change.

    uid: its name in calendar files, the same for as long as it is. version: 0 at first, one more with each
    change: a reminder or an answer belongs to one version. wall: when it begins, as clocks in `zone` show.
    minutes: how long. people: who takes part, besides the citizen. arrival_minutes: how long before it the citizen
    and the caseworker meet. place, room and people may reveal what it is about.
    """

    id: str
    uid: str
    kind: Kind
    wall: datetime
    zone: str
    minutes: int = 60
    place: str = ""
    room: str = ""
    people: str = ""
    arrival_minutes: int = 0
    agenda: tuple[str, ...] = ()
    version: int = 0
    cancelled: bool = False

    @property
    def start(self) -> datetime:
        """The moment it begins, in UTC."""
        return moment_of(self.wall, ZoneInfo(self.zone))

    @property
    def end(self) -> datetime:
        """The moment it is over, in UTC."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def arrival(self) -> datetime:
        """The moment the citizen is to be there, in UTC."""
        return self.start - timedelta(minutes=self.arrival_minutes)

    @property
    def arrival_wall(self) -> datetime:
        """What clocks in the zone show when the citizen is to be there."""
        return self.arrival.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, fold=0)

    @property
    def time_doubt(self) -> Doubt | None:
        """Why its wall time is not one moment, on the nights when the clocks are changed."""
        return doubt(self.wall, ZoneInfo(self.zone))

    def is_past(self, now: datetime) -> bool:
        """Whether it has begun."""
        return self.start <= now

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back to an equal meeting."""
        return {**asdict(self), "wall": self.wall.isoformat(timespec="minutes"), "agenda": list(self.agenda)}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Meeting:
        return Meeting(**{**data, "wall": datetime.fromisoformat(data["wall"]), "agenda": tuple(data["agenda"])})


def changed(meeting: Meeting, **values: Any) -> Meeting:
    """The meeting with these values, as its next version; the same meeting if they are what it has already."""
    new = replace(meeting, **values)
    return meeting if new == meeting else replace(new, version=meeting.version + 1)


def cancelled(meeting: Meeting) -> Meeting:
    """The meeting called off, as its next version; the same meeting if it was so already."""
    return changed(meeting, cancelled=True)


def overlap(one: Meeting, other: Meeting) -> bool:
    """Whether both would keep the citizen at the same time. What is cancelled keeps nobody."""
    if one.cancelled or other.cancelled:
        return False
    return one.start < other.end and other.start < one.end
