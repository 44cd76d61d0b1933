"""When a citizen is asked for a round: on which day, how late it helps, and when they are reminded, once.

Days are those of the calendar and times those of local clocks, so that a day is a day also where the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from afsaet.flows.definition import Sensitivity
from afsaet.measures.agreement import Agreement
from afsaet.measures.items import ITEMS, Measure
from afsaet.measures.wheel import Wheel, sensitivity
from afsaet.meetings.kinds import MAIN_KIND
from afsaet.meetings.localtime import moment_of, wall_of
from afsaet.meetings.meeting import Meeting

BY_AGREEMENT: tuple[Measure, ...] = ("trivselstjek", "hjulet")  # asked for on days of their own
FRESH = 7  # days: what was done or asked for so lately is not asked for again
REMINDED = 2  # days after the asking
AFTER_TALK = timedelta(hours=1)
TALK_IS_OVER = timedelta(hours=24)  # it is too long ago to be asked how it was
TALK_IS_FAR = timedelta(days=7)  # and to say it unasked
AFTER_MEETING = (7, 21)  # days after the main meeting: the asking, and the reminder


@dataclass(frozen=True, slots=True)
class Occasion:
    """When the citizen is asked, and reminded if there is time for it; in UTC. ends: from then on it is too late."""

    asked: datetime
    reminded: datetime | None
    ends: datetime | None = None


def next_day(agreement: Agreement, default: int, today: date, last: date | None, talks: Iterable[date]) -> date | None:
    """The day on which the measure is to be asked for next, today or later; None where no such day is known.

    default: after how many days, where nothing else is agreed. last: when it was done, or asked for, last. talks: the
    days of the talks to come. A talk within a week of the last time needs no other round.
    """
    if agreement.stopped or agreement.only_pause:
        return None
    earliest = max(today, agreement.paused_until or today)
    days, found = agreement.days(default), []
    if days is not None:
        begin = max((day for day in (agreement.since, last) if day is not None), default=today)
        found.append(max(begin + timedelta(days=days), earliest))
    if agreement.before_talk:
        eves = (talk - timedelta(days=1) for talk in sorted(talks))
        found += [eve for eve in eves if eve >= earliest and not is_fresh(last, eve)][:1]
    return min(found, default=None)


def is_fresh(last: date | None, day: date, days: int = FRESH) -> bool:
    """Whether what was done or asked for last is too near to that day to be asked for again. days: if fewer."""
    return last is not None and (day - last).days < min(days, FRESH)


def on_day(day: date, at: time, zone: ZoneInfo) -> Occasion:
    """The occasion of an agreed day, at the time of the day at which the municipality writes to people."""
    return Occasion(*(moment_of(datetime.combine(day + timedelta(days=later), at), zone) for later in (0, REMINDED)))


def asked_about(meeting: Meeting) -> Measure:
    """Which measure is about this meeting."""
    return "tilfredshed" if meeting.kind == MAIN_KIND else "samtaletjek"


def after(meeting: Meeting, at: time, satisfaction_days: int) -> tuple[Measure, Occasion]:
    """What is asked for once a meeting is over: about a talk within a day of it, about the main meeting after a week.

    satisfaction_days: so many days after the main meeting an answer about it counts.
    """
    zone = ZoneInfo(meeting.zone)
    day = wall_of(meeting.end, zone).date()
    if meeting.kind == MAIN_KIND:
        days = (datetime.combine(day + timedelta(days=later), at) for later in AFTER_MEETING)
        asked, reminded = (moment_of(wall, zone) for wall in days)
        ends = moment_of(datetime.combine(day + timedelta(days=satisfaction_days + 1), time()), zone)
        return "tilfredshed", Occasion(asked, reminded if reminded < ends else None, ends)
    ends = meeting.end + TALK_IS_OVER
    tomorrow = moment_of(datetime.combine(day + timedelta(days=1), at), zone)
    return "samtaletjek", Occasion(meeting.end + AFTER_TALK, tomorrow if tomorrow < ends else None, ends)


def may_pass(measure: Measure, wheel: Wheel, open_to: Iterable[Sensitivity]) -> bool:
    """Whether all of a round may pass the channel. Of one that may only in part nothing would count,
    and a wheel without areas cannot be asked about."""
    asked = [sensitivity(area) for area in wheel.active] if measure == "hjulet" else [
        item.sensitivity for item in ITEMS[measure]]
    return bool(asked) and set(asked) <= set(open_to)
