"""Wall time and zone: what the clock on the wall shows, and the moment that is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Doubt = Literal["missing", "twice"]
MOST_YEARS = 5  # further off, a year is written wrong; and clocks know no moment near the first and the last there is


def moment_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks in the zone show this time. `wall` has no zone of its own.

    An hour that comes twice means the first time. An hour that is skipped is moved on by what the clocks are:
    half past two becomes half past three.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def doubt(wall: datetime, zone: ZoneInfo) -> Doubt | None:
    """Why this wall time is not one moment: the clocks skip it, or show it twice. None if it is one."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first == second:
        return None
    return "missing" if moment_of(wall, zone).astimezone(zone).replace(tzinfo=None) != wall else "twice"


def far_off(wall: datetime, now: datetime) -> bool:
    """Whether this wall time is of a year so far from now that nobody books a meeting in it."""
    return abs(wall.year - now.year) > MOST_YEARS


def wall_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """What clocks in the zone show at that moment, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def next_showing(day: date, at: time, zone: ZoneInfo, after: datetime) -> datetime:
    """The first moment, in UTC, later than `after` at which clocks show this on that day; else the last one.

    It differs from `moment_of` only in an hour that comes twice, of which the first may be over.
    """
    wall = datetime.combine(day, at)
    first = moment_of(wall, zone)
    again = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return first if first > after else max(first, again)


def days_before(wall: datetime, days: int, at: time) -> datetime:
    """So many days earlier by the calendar, at that time of the day: a day is not always 24 hours."""
    return datetime.combine(wall.date() - timedelta(days), at)
