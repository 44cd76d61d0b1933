"""The four things that are asked about once a month, at the end of the month's first round of whatever measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from afsaet.flows.definition import Definition
from afsaet.measures.items import Measure
from afsaet.measures.rounds import Round

ITEMS_OF = "status"
FLAG = "maanedens_foerste"  # the fact that opens them
CARRIERS: tuple[Measure, ...] = ("trivselstjek", "samtaletjek", "hjulet", "tilfredshed")


def due(rounds: Iterable[Round], now: datetime) -> bool:
    """Whether a round finished now is the first of its month. now: local time."""
    return not any(each.measure in CARRIERS and (each.at.year, each.at.month) == (now.year, now.month)
                   for each in rounds)


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
