"""Which reminders a meeting has, and what is to be done with one when its time has come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
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
Why = Literal["unwanted", "booked_late", "next_is_near"]


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

    due: when the calendar says, in UTC. at: when it goes out, once quiet hours and weekends have moved it, which may
    be earlier. confirm: it asks whether the citizen comes. There is never more than one for an offset.
    """

    offset: int
    sort: Sort
    due: datetime
    at: datetime
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A reminder that the municipality has and this version of the meeting gets none of. due: as above. why: the
    citizen has not kept it, the meeting was added or changed too late for it, or the next one would be too near."""

    offset: int
    sort: Sort
    due: datetime
    why: Why


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
    has had its day. wanted: the offsets the citizen has kept, None for all. One that a weekend would hold back goes
    out on the last allowed day before it, and where the next one takes that day, a day earlier again, so that each is
    sent and in its order. If that is past already, it waits for the weekend's end. It is left out where it would go
    out too late to help, or just before the next one. The first one asks whether the citizen comes.
    """
    kept = [each for each in _each(meeting, rules, planned_at, wanted) if isinstance(each, Reminder)]
    return tuple(replace(each, confirm=index == 0) for index, each in enumerate(reversed(kept)))


def left_out(meeting: Meeting, rules: Rules, planned_at: datetime,
             wanted: Collection[int] | None = None) -> tuple[LeftOut, ...]:
    """The reminders that are not in the plan, with why, in the order of time; none of a meeting that is called off."""
    found = [each for each in _each(meeting, rules, planned_at, wanted) if isinstance(each, LeftOut)]
    return tuple(reversed(found))


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
    at = hours.next_allowed(max(now, reminder.at))
    later = [other for other in others if other.offset < reminder.offset]
    if at >= meeting.arrival:
        return Drop("too_late")
    if not _useful(at, meeting, later):
        return Drop("next_is_near")
    return Wait(at) if at > now else Send()


def _each(meeting: Meeting, rules: Rules, planned_at: datetime,
          wanted: Collection[int] | None) -> Iterator[Reminder | LeftOut]:
    """What becomes of each that is offered, from the one nearest the meeting to the earliest."""
    kept: list[Reminder] = []
    for offset, sort in reversed(() if meeting.cancelled else offered(meeting, rules)):
        due = moment_of(days_before(meeting.wall, offset, rules.at), ZoneInfo(meeting.zone))
        at = _moment(due, rules.hours, planned_at, kept)
        if wanted is not None and offset not in wanted:
            yield LeftOut(offset, sort, due, "unwanted")
        elif due <= planned_at or at >= meeting.arrival:
            yield LeftOut(offset, sort, due, "booked_late")
        elif not _useful(at, meeting, kept):
            yield LeftOut(offset, sort, due, "next_is_near")
        else:
            kept.append(Reminder(offset, sort, due, at))
            yield kept[-1]


def _moment(due: datetime, hours: Hours, planned_at: datetime, later: Sequence[Reminder]) -> datetime:
    """When it goes out: before the weekend and before the later ones if that is still to come, else when next allowed.
    Only weekends bring two together, since their own days differ and their time of the day does not."""
    at = hours.before_weekend(due)
    while any(other.at - at <= TOO_NEAR for other in later):
        at = hours.day_earlier(at)
    return at if at > planned_at else hours.next_allowed(due)


def _useful(at: datetime, meeting: Meeting, later: Sequence[Reminder]) -> bool:
    return at < meeting.arrival and all(other.at - at > TOO_NEAR for other in later)
