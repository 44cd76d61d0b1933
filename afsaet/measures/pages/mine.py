"""What is kept of the citizen whose page is opened, as the facts of the turn hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from afsaet.flows.library import Visit
from afsaet.flows.setting import ALL_SENSITIVITIES, Setting
from afsaet.measures.agreement import Agreement
from afsaet.measures.goals import Goal, PartGoal
from afsaet.measures.items import Measure
from afsaet.measures.pages.own import wheel_of
from afsaet.measures.pictures import Mark
from afsaet.measures.rounds import Round
from afsaet.measures.sharing import Sharing
from afsaet.measures.wheel import Wheel
from afsaet.meetings.kinds import MAIN_KIND
from afsaet.meetings.meeting import Meeting


def rounds(visit: Visit) -> Sequence[Round]:
    """Every round, the oldest first."""
    return visit.setting.facts.get("rounds") or ()


def wheel(visit: Visit) -> Wheel:
    return wheel_of(visit.setting.facts)


def agreements(visit: Visit) -> Mapping[Measure, Agreement]:
    """What is agreed, of the measures about which something is."""
    return visit.setting.facts.get("agreements") or {}


def sharing(visit: Visit) -> Sharing:
    return visit.setting.facts.get("sharing") or Sharing()


def part_goals(visit: Visit) -> tuple[PartGoal, ...]:
    """The part-goals that are open."""
    goals: Sequence[Goal] = visit.setting.facts.get("goals") or ()
    return tuple(part for goal in goals for part in goal.parts if part.is_open)


def held(visit: Visit) -> Iterator[Meeting]:
    """The meetings that are over and were not called off."""
    for mine in visit.setting.facts.get("meetings") or ():
        if not mine.meeting.cancelled and mine.meeting.end <= visit.setting.now:
            yield mine.meeting


def marks(visit: Visit) -> Iterator[Mark]:
    """The talks and meetings that have been, for the picture."""
    for meeting in held(visit):
        yield Mark(meeting.wall.date(), "talk" if meeting.kind == "samtale" else "meeting")


def team_meeting_days(visit: Visit) -> int | None:
    """How many days ago the latest main meeting was; None where there has been none."""
    days = [(visit.setting.now.date() - meeting.wall.date()).days for meeting in held(visit)
            if meeting.kind == MAIN_KIND]
    return min(days, default=None)


def closed(setting: Setting) -> bool:
    """Whether only ordinary things may pass the channel."""
    return setting.open_to < ALL_SENSITIVITIES
