"""The four things that are asked about once a month, at the end of the month's first round of whatever measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from afsaet.flows.definition import Definition
from afsaet.flows.machine import questions_of
from afsaet.measures.agreement import Agreement
from afsaet.measures.items import ITEMS, Measure
from afsaet.measures.rounds import Round

ITEMS_OF: Measure = "status"
FLAG = "maanedens_foerste"  # the fact that opens them
KEPT_ITEMS = "kept_items"  # the fact that says of which items nobody but the citizen sees the answers
CARRIERS: tuple[Measure, ...] = ("trivselstjek", "samtaletjek", "hjulet", "tilfredshed")


def due(rounds: Iterable[Round], begun: datetime) -> bool:
    """Whether a round begun then is the first of its month, and the four have not been answered in it by one that was
    begun in the month before. begun: local time."""
    month = (begun.year, begun.month)
    first = not any(each.measure in CARRIERS and (each.started.year, each.started.month) == month for each in rounds)
    return first and not any(each.measure == ITEMS_OF and (each.at.year, each.at.month) == month for each in rounds)


def opens(rounds: Iterable[Round], agreement: Agreement | None) -> Callable[[datetime], bool]:
    """Whether they are asked along with a round begun at a moment, in local time. agreement: what the citizen has
    agreed about them."""
    def asked(begun: datetime) -> bool:
        return not (agreement and agreement.rests_on(begun.date())) and due(rounds, begun)
    return asked


def with_monthly(definitions: Mapping[str, Definition]) -> Mapping[str, Definition]:
    """The definitions, with the four questions at the end of every round.

    They can be left out without making the round itself less whole. Where one of them may not pass a channel none is
    asked, since they are followed together.
    """
    monthly = definitions.get(ITEMS_OF)
    if monthly is None:
        return definitions
    asked = {"only_if": FLAG, "required": False, "sensitivity": "følsom"}
    added = tuple(section.model_copy(update={
        "questions": tuple(question.model_copy(update=asked) for question in section.questions)
    }) for section in monthly.sections)
    return {name: each.model_copy(update={"sections": (*each.sections, *added)}) if name in CARRIERS else each
            for name, each in definitions.items()}


def asked_twice(definitions: Mapping[str, Definition], name: str) -> list[str]:
    """The questions of the round with that name that are among the four too: asked along, they would come twice."""
    monthly, carrier = definitions.get(ITEMS_OF), definitions.get(name)
    if monthly is None or carrier is None or name not in CARRIERS:
        return []
    four = {question.id for question in questions_of(monthly)}
    return [question.id for question in questions_of(carrier) if question.id in four]


def kept_items(kept: Iterable[Measure]) -> frozenset[str]:
    """The items of these measures."""
    return frozenset(item.id for measure in kept for item in ITEMS[measure])
