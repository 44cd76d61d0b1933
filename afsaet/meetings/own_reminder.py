"""When a citizen hears that there is something on their own list."""

from __future__ import annotations

from datetime import date, datetime

from afsaet.meetings.localtime import moment_of, wall_of
from afsaet.meetings.reminders import Rules


def heard_at(day: date, rules: Rules) -> datetime:
    """When one with something on their list for this day may hear of it, in UTC: at the municipality's time on that
    day, or on the last day before it on which a message may go out."""
    at = rules.hours.before_weekend(moment_of(datetime.combine(day, rules.at), rules.hours.zone))
    while wall_of(at, rules.hours.zone).date() > day:  # quiet hours have moved it to the next morning
        at = rules.hours.day_earlier(at)
    return at
