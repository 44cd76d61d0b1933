"""Which reminders a meeting has, and what is to be done with one when its time has come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from afsaet.meetings.decision import Decision, Drop, Send, Wait
from afsaet.meetings.hours import Hours
from afsaet.meetings.kinds import KINDS
from afsaet.meetings.localtime import days_before, moment_of
from afsaet.meetings.meeting import Meeting
from afsaet.municipality import Municipality

READY_DAYS = 2
TOO_NEAR = timedelta(hours=2)

Sort = Literal["reminder", "ready"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the municipality has set: reminders so many days before, at this time of the day, within these hours."""

    before: tuple[int, ...]
    at: time
    hours: Hours

    @staticmethod
    def of(municipality: Municipality) -> Rules:
        """The rules that `kommune.toml` sets."""
        return Rules(municipality.reminders.days_before, municipality.reminders.at, Hours.of(municipality))


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of one version of a meeting, recognised by its offset: the number of days before.

    due: when the calendar says, in UTC. at: when it goes out, once quiet hours and weekends have moved it. confirm:
    it asks whether the citizen comes. There is never more than one for an offset.
    """

    offset: int
    sort: Sort
    due: datetime
    at: datetime
    confirm: bool = False


def offered(meeting: Meeting, rules: Rules) -> tuple[tuple[int, Sort], ...]:
    """What a citizen may choose among: every offset with its sort, the earliest first. "Er du klar?" takes the place
    of a reminder on the same day."""
    sorts: dict[int, Sort] = dict.fromkeys(rules.before, "reminder")
    if KINDS[meeting.kind].ready:
        sorts[READY_DAYS] = "ready"
    return tuple(sorted(sorts.items(), reverse=True))


def choices(rules: Rules) -> tuple[int, ...]:
    """All the numbers of days before a meeting that a citizen may choose among, the largest first."""
    asked = [READY_DAYS] if any(kind.ready for kind in KINDS.values()) else []
    return tuple(sorted({*rules.before, *asked}, reverse=True))


def plan(meeting: Meeting, rules: Rules, planned_at: datetime,
         wanted: Collection[int] | None = None) -> tuple[Reminder, ...]:
    """The reminders of this version of the meeting, in the order of time.

    planned_at: when the meeting was added or changed, or the citizen chose anew; what should have gone out by then
    has had its day. wanted: the offsets the citizen has kept, None for all. A reminder is left out where it would go
    out too late to help, or just before the next one. The first one asks whether the citizen comes.
    """
    if meeting.cancelled:
        return ()
    kept: list[Reminder] = []
    for offset, sort in reversed(offered(meeting, rules)):
        due = moment_of(days_before(meeting.wall, offset, rules.at), ZoneInfo(meeting.zone))
        at = rules.hours.next_allowed(due)
        if due > planned_at and (wanted is None or offset in wanted) and _useful(at, meeting, kept):
            kept.insert(0, Reminder(offset, sort, due, at))
    return tuple(Reminder(each.offset, each.sort, each.due, each.at, confirm=index == 0)
                 for index, each in enumerate(kept))


def decide(reminder: Reminder, version: int, meeting: Meeting, others: Sequence[Reminder], now: datetime,
           hours: Hours) -> Decision:
    """What to do with a reminder, asked when its timer fires, however late that is.

    version: the meeting's version that the reminder was planned for; `meeting` is as it stands now. others: the
    reminders planned for the same version, sent or not. Late is well, as long as it is before the arrival time and
    not within two hours of the next reminder.
    """
    if meeting.cancelled:
        return Drop("cancelled")
    if version != meeting.version:
        return Drop("moved")
    at = hours.next_allowed(max(now, reminder.due))
    later = [other for other in others if other.offset < reminder.offset]
    if at >= meeting.arrival:
        return Drop("too_late")
    if not _useful(at, meeting, later):
        return Drop("next_is_near")
    return Wait(at) if at > now else Send()


def _useful(at: datetime, meeting: Meeting, later: Sequence[Reminder]) -> bool:
    return at < meeting.arrival and all(other.at - at > TOO_NEAR for other in later)
