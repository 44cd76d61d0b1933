"""How many unasked messages one citizen gets: a few a day and a week. Reminders of meetings are not counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from afsaet.meetings.decision import Decision, Drop, Send, Wait
from afsaet.meetings.hours import Hours
from afsaet.meetings.localtime import moment_of, wall_of
from afsaet.municipality import Municipality

WEEK = 7


@dataclass(frozen=True, slots=True)
class Ration:
    """At most so many on a day of the calendar, and within any seven such days in a row."""

    per_day: int
    per_week: int

    @staticmethod
    def of(municipality: Municipality) -> Ration:
        """The ration that `kommune.toml` sets."""
        return Ration(municipality.ration.per_day, municipality.ration.per_week)


def ration(now: datetime, taken: Iterable[datetime], allowed: Ration, hours: Hours,
           useless_from: datetime | None = None) -> Decision:
    """Whether one more unasked message may go out now, must wait, or comes too late.

    taken: when others went out to the same citizen, or are to. useless_from: from when on it helps nobody.
    """
    days = [wall_of(moment, hours.zone).date() for moment in taken]
    at = hours.next_allowed(now)
    while not _fits(wall_of(at, hours.zone).date(), days, allowed):
        tomorrow = wall_of(at, hours.zone).date() + timedelta(days=1)
        at = hours.next_allowed(moment_of(datetime.combine(tomorrow, time()), hours.zone))
    if useless_from is not None and at >= useless_from:
        return Drop("ration" if at > hours.next_allowed(now) else "too_late")
    return Wait(at) if at > now.astimezone(UTC) else Send()


def _fits(day: date, days: list[date], allowed: Ration) -> bool:
    """Whether one more on this day keeps the ration, in every seven days that it is among."""
    if days.count(day) >= allowed.per_day:
        return False
    weeks = (day - timedelta(days=back) for back in range(WEEK))
    return all(sum(first <= each < first + timedelta(days=WEEK) for each in days) < allowed.per_week
               for first in weeks)
