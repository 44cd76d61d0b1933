"""What the citizen does with their goals, by the first word of the button's argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from afsaet.flows.library import Page, Visit
from afsaet.measures.pages import checking, goal, mine, writing
from afsaet.measures.pages.goal_list import listed, private

# Each is given what follows the word, mostly a goal's id, and answers None where there is no such goal any more.
_ACTS: Mapping[str, Callable[[Visit, str], Page | None]] = {
    "se": goal.shown, "vis": partial(goal.sharing, share=True), "skjul": partial(goal.sharing, share=False),
    "slet": goal.removed, "hjul": goal.on_the_wheel,
    "hoved": writing.main_goal_asked, "ny": writing.part_goal_asked, "ret": writing.corrected,
    "nyt": writing.new_words_asked, "videre": writing.taken_up, "tjek": checking.asked, "svar": checking.answered,
}  # fmt: skip


def goals_page(visit: Visit) -> Page:
    """The list, "page.<number>" of it, or what the argument names."""
    if mine.closed(visit.setting):
        return private(visit)
    what, _dot, rest = visit.argument.partition(".")
    page = _ACTS[what](visit, rest) if what in _ACTS else None
    return page or listed(visit, number=int(rest) if what == "page" and rest.isdecimal() else 0)
