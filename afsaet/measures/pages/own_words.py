"""The words of the citizen's goals, by question: to be offered elsewhere, and not again where they stand already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from afsaet.measures.goals import Goal
from afsaet.measures.pages.own_goals import MAIN_GOAL, PART_GOAL
from afsaet.measures.pages.settling import FIELDS, FIRST


def own_words(goals: Iterable[Goal]) -> Mapping[str, tuple[str, ...]]:
    """What the citizen wants now: the main goal, and the part-goals that are open, the newest last."""
    goals = tuple(goals)
    return {FIRST[MAIN_GOAL]: tuple(goal.text for goal in goals if goal.text),
            FIRST[PART_GOAL]: tuple(part.text for goal in goals for part in goal.parts if part.is_open)}


def used_words(goals: Iterable[Goal]) -> Mapping[str, frozenset[str]]:
    """All that stands, or stood, among the goals, help that was named first with it."""
    goals = tuple(goals)
    parts = [part for goal in goals for part in goal.parts]
    used = {question: [getattr(part, name) for part in parts] for name, question in FIELDS.items()}
    used[FIRST[MAIN_GOAL]] = list(chain.from_iterable((goal.text, goal.offer, *goal.earlier) for goal in goals))
    used[FIRST[PART_GOAL]] = list(chain.from_iterable(
        (part.text, part.offer, *(each.text for each in part.history)) for part in parts))
    return {question: frozenset(filter(None, texts)) for question, texts in used.items()}
