"""When a message nobody asked for may go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from afsaet.meetings.localtime import days_before, moment_of, next_showing, wall_of
from afsaet.municipality import Municipality

SATURDAY = 5
URGENT = timedelta(hours=12)
NOTICE = timedelta(hours=2)  # told later than this before a meeting, people are on their way


@dataclass(frozen=True, slots=True)
class Hours:
    """The municipality's hours: nothing from `start` until `end`, and on Saturdays and Sundays only where
    `weekends` says so. Both are times of the day in the zone; `start` may be the later of the two."""

    start: time
    end: time
    weekends: bool
    zone: ZoneInfo

    @staticmethod
    def of(municipality: Municipality) -> Hours:
        """The hours that `kommune.toml` sets."""
        quiet = municipality.quiet_hours
        return Hours(quiet.start, quiet.end, municipality.weekends, municipality.zone)

    def next_allowed(self, moment: datetime) -> datetime:
        """That moment, or the first one after it at which an unasked message may go out; in UTC."""
        moment = moment.astimezone(UTC)
        while True:
            wall = wall_of(moment, self.zone)
            tomorrow = wall.date() + timedelta(days=1)
            if wall.weekday() >= SATURDAY and not self.weekends:
                moment = next_showing(tomorrow, time(), self.zone, moment)
            elif self._quiet(wall.time()):
                day = wall.date() if wall.time() < self.end else tomorrow
                moment = next_showing(day, self.end, self.zone, moment)
            else:
                return moment

    def before_weekend(self, moment: datetime) -> datetime:
        """That moment, or the end of its quiet hours; where that falls on a day on which nothing may go out, the same
        time of the last day before it on which it may. In UTC."""
        awake = replace(self, weekends=True).next_allowed(moment)
        wall = wall_of(awake, self.zone)
        back = 0 if self.weekends else max(0, wall.weekday() - SATURDAY + 1)
        # On the day clocks are changed an hour may be missing; then it is the first that is allowed after it.
        return self.next_allowed(moment_of(days_before(wall, back, wall.time()), self.zone) if back else awake)

    def day_earlier(self, moment: datetime) -> datetime:
        """The same time of the last day before that one on which a message may go out; in UTC."""
        wall = wall_of(moment, self.zone)
        return self.before_weekend(moment_of(days_before(wall, 1, wall.time()), self.zone))

    def _quiet(self, at: time) -> bool:
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def tell_at(now: datetime, hours: Hours, starts: Sequence[datetime], *, changed: bool) -> datetime | None:
    """When to tell of a new or changed meeting; None where nobody is helped by it any more.

    starts: when the meeting was to begin, and when it begins now. changed: it is a move or a cancellation, which
    may break quiet hours and weekends from 12 hours before either, so that nobody sets out in vain.
    """
    coming = [start.astimezone(UTC) for start in starts if start > now]
    if not coming:
        return None
    first, allowed = min(coming), hours.next_allowed(now)
    if not changed:
        return allowed if allowed < first else None
    if first - now <= URGENT:
        return now.astimezone(UTC)
    return allowed if allowed <= first - NOTICE else first - URGENT
