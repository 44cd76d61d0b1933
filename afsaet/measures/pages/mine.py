"""What is kept of the citizen whose page is opened, as the facts of the turn hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from afsaet.flows.library import Visit
from afsaet.flows.setting import ALL_SENSITIVITIES, Setting
from afsaet.measures.agreement import Agreement
from afsaet.measures.asking import asked_about
from afsaet.measures.goals import Goal, PartGoal
from afsaet.measures.items import Measure
from afsaet.measures.pages.own import wheel_of
from afsaet.measures.pictures import Mark
from afsaet.measures.rounds import Round
from afsaet.measures.sharing import Sharing
from afsaet.measures.showing import marks_of
from afsaet.measures.wheel import Wheel
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
    """The meetings that are over and were not called off, unless the citizen could not come to them."""
    for mine in visit.setting.facts.get("meetings") or ():
        if is_over(mine.meeting, visit.setting) and mine.answer != "cannot":
            yield mine.meeting


def is_over(meeting: Meeting, setting: Setting) -> bool:
    """Whether it has been held, as far as is known."""
    return not meeting.cancelled and meeting.end <= setting.now


def marks(visit: Visit) -> tuple[Mark, ...]:
    """The talks and meetings that have been, for the picture."""
    return marks_of(held(visit))


def latest_asked_about(visit: Visit, measure: Measure) -> Meeting | None:
    """The latest meeting that is over and that the measure is about, unless the citizen could not come to it."""
    about = [meeting for meeting in held(visit) if asked_about(meeting) == measure]
    return max(about, key=lambda meeting: meeting.end, default=None)


def closed(setting: Setting) -> bool:
    """Whether only ordinary things may pass the channel."""
    return setting.open_to < ALL_SENSITIVITIES
