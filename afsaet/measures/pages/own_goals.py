"""The citizen's goals as the pages find and change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from afsaet.flows.language import mark as _
from afsaet.flows.library import Visit
from afsaet.flows.message import Button
from afsaet.flows.setting import Setting
from afsaet.measures.goals import STATUS, Goal, PartGoal, is_due, new_id, next_check
from afsaet.measures.pages import ways
from afsaet.meetings.words import day_words

HERE = f"{ways.HERE}.maal"
MAIN_GOAL, PART_GOAL = "maal", "delmaal"  # the dialogues in which they are written


def to_goals(setting: Setting) -> Button:
    return Button(setting.tr(_("Mine mål")), HERE)


def goals_of(visit: Visit) -> tuple[Goal, ...]:
    found: Sequence[Goal] = visit.setting.facts.get("goals") or ()
    return tuple(found)


def main_goal(visit: Visit) -> Goal | None:
    """The goal that all part-goals lead to; its text is empty for one who has only part-goals."""
    return next(iter(goals_of(visit)), None)


def parts_of(visit: Visit) -> tuple[PartGoal, ...]:
    """Every part-goal, those that are reached or dropped among them."""
    return tuple(part for goal in goals_of(visit) for part in goal.parts)


def part_of(visit: Visit, part_id: str) -> PartGoal | None:
    return next((part for part in parts_of(visit) if part.id == part_id), None)


def with_part(visit: Visit, part: PartGoal) -> tuple[Goal, ...]:
    """The goals with this part-goal, in the place of the one of its id or else last."""
    goals = goals_of(visit) or (Goal(new_id("h", visit.setting.now, ()), ""),)
    home = next((goal for goal in goals if any(each.id == part.id for each in goal.parts)), goals[0])
    return tuple(goal.with_part(part) if goal is home else goal for goal in goals)


def with_goals(visit: Visit, goals: tuple[Goal, ...]) -> Visit:
    """The same visit once the goals are these."""
    facts = {**visit.setting.facts, "goals": goals}
    return replace(visit, setting=replace(visit.setting, facts=facts))


def how_it_goes(part: PartGoal, setting: Setting) -> str:
    """What was said of it last, and when it is asked about next: "På vej. Jeg spørger til det mandag den 1. marts." """
    tr = setting.tr
    on = "" if part.is_open else f" {day_words(part.history[-1].on, setting)}"
    said = [f"{tr(STATUS[part.status])}{on}."] if part.status else []
    day = next_check(part)
    if day is not None and is_due(part, setting.now.date()):
        said.append(tr(_("Jeg vil gerne høre, hvordan det går.")))
    elif day is not None:
        said.append(tr(_("Jeg spørger til det {day}."), day=day_words(day, setting)))
    return " ".join(said)
