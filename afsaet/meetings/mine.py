"""A citizen's meetings and their own list, as plain values for the pages that show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from afsaet.meetings.kinds import MAIN_KIND
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.whatnow import Answer


@dataclass(frozen=True, slots=True)
class Mine:
    """A meeting with what its citizen answered to this version of it. changed_at: when the version was made."""

    meeting: Meeting
    answer: Answer
    changed_at: datetime

    def answered(self, answer: Answer) -> Mine:
        """The same with this answer."""
        return replace(self, answer=answer)


@dataclass(frozen=True, slots=True)
class OwnTask:
    """Something the citizen wants to remember. on: the day, if they chose one."""

    id: str
    text: str = field(repr=False)
    on: date | None = None
    done: bool = False


def coming(meetings: Iterable[Mine], now: datetime) -> list[Mine]:
    """Those that are neither over nor called off, the next one first."""
    found = [mine for mine in meetings if not mine.meeting.cancelled and mine.meeting.end > now]
    return sorted(found, key=lambda mine: mine.meeting.start)


def held(meetings: Iterable[Mine], now: datetime) -> date | None:
    """The day of the latest main meeting that is over and was not called off."""
    days = [mine.meeting.wall.date() for mine in meetings
            if mine.meeting.kind == MAIN_KIND and not mine.meeting.cancelled and mine.meeting.end <= now]
    return max(days, default=None)


def of_id(meetings: Iterable[Mine], meeting_id: str) -> Mine | None:
    """The meeting with that id; None where the citizen has none such."""
    return next((mine for mine in meetings if mine.meeting.id == meeting_id), None)


def waiting(tasks: Sequence[OwnTask]) -> int:
    """How many things on the list are not done."""
    return sum(not task.done for task in tasks)
