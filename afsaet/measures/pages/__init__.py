"""The citizen's pages about rounds, the wheel and what is agreed, under the command /udvikling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from afsaet.flows.effects import RoundDone
from afsaet.flows.library import Opener, Page, Visit
from afsaet.flows.message import Message
from afsaet.flows.state.session import Session
from afsaet.measures.pages import after, wording, writing
from afsaet.measures.pages.agreeing import agreements
from afsaet.measures.pages.beginning import begun, not_now
from afsaet.measures.pages.goals import goals_page
from afsaet.measures.pages.hjul import wheel_page
from afsaet.measures.pages.own import for_citizen
from afsaet.measures.pages.standing import standing
from afsaet.measures.pages.wording import questions
from afsaet.measures.rules import Thresholds
from afsaet.measures.terms import Terms

__all__ = ["ENDS", "after_round", "aside", "for_citizen", "pages", "questions"]


def pages(terms: Terms) -> Mapping[str, Opener]:
    """The page of each command, by these terms."""
    return {"udvikling": partial(_development, terms=terms)}


def _development(visit: Visit, terms: Terms) -> Page:
    """Where the citizen stands, or the page that the first word of the argument names; what is left of it is the
    page's own."""
    others: Mapping[str, Opener] = {
        "begynd": partial(begun, terms=terms), "ikke_nu": not_now, "aftale": partial(agreements, terms=terms),
        "hjul": wheel_page, "maal": goals_page,
    }  # fmt: skip
    name, _dot, rest = visit.argument.partition(".")
    if name in others:
        return others[name](replace(visit, argument=rest))
    return standing(visit, others, terms)


ENDS: Mapping[tuple[str, str], Opener] = {**wording.ENDS, **writing.ENDS}


def after_round(lines: Thresholds, terms: Terms) -> Callable[[Visit, RoundDone], Page]:
    """What is said when a round is done, by these lines and terms."""
    return partial(after.after_round, lines=lines, terms=terms)


def aside(lines: Thresholds) -> Callable[[Visit, Session], Message | None]:
    """What is said at once to an answer in a round, by these lines."""
    return partial(after.support, lines=lines)
