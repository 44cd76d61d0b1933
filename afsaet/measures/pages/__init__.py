"""The citizen's pages about rounds, the wheel and what is agreed, under the command /udvikling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from afsaet.flows.effects import RoundDone
from afsaet.flows.library import Opener, Page, Visit
from afsaet.flows.message import Message
from afsaet.flows.session import Session
from afsaet.measures.pages import after, wording, writing
from afsaet.measures.pages.agreeing import agreements
from afsaet.measures.pages.goals import goals_page
from afsaet.measures.pages.hjul import wheel_page
from afsaet.measures.pages.own import for_citizen
from afsaet.measures.pages.standing import begun, not_now, standing
from afsaet.measures.pages.wording import questions
from afsaet.measures.rules import Thresholds

__all__ = ["ENDS", "PAGES", "SUBPAGES", "after_round", "aside", "for_citizen", "questions"]

# By the first word of the argument; what is left of it is the page's own.
SUBPAGES: Mapping[str, Opener] = {
    "begynd": begun, "ikke_nu": not_now, "aftale": agreements, "hjul": wheel_page, "maal": goals_page,
}  # fmt: skip


def development(visit: Visit) -> Page:
    """Where the citizen stands, or the page that the argument names."""
    name, _dot, rest = visit.argument.partition(".")
    if name in SUBPAGES:
        return SUBPAGES[name](replace(visit, argument=rest))
    return standing(visit, SUBPAGES)


PAGES: Mapping[str, Opener] = {"udvikling": development}
ENDS: Mapping[tuple[str, str], Opener] = {**wording.ENDS, **writing.ENDS}


def after_round(lines: Thresholds) -> Callable[[Visit, RoundDone], Page]:
    """What is said when a round is done, by these lines."""
    return partial(after.after_round, lines=lines)


def aside(lines: Thresholds) -> Callable[[Visit, Session], Message | None]:
    """What is said at once to an answer in a round, by these lines."""
    return partial(after.support, lines=lines)
