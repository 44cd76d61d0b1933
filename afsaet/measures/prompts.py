"""Which questions a citizen is offered after a round, and which of them their caseworker sees once it is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from afsaet.flows.language import mark as _
from afsaet.measures.items import Measure
from afsaet.measures.rounds import ENOUGH, Round, counting, shared
from afsaet.measures.rules import (
    SHIPPED,
    Thresholds,
    could_be_better,
    talk_about_help,
    talk_about_us,
    talk_before_meeting,
)

Rule = Literal["samarbejde", "foer_moedet", "hjaelpen", "bedre"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """An offer to talk: the rule it comes of, and its Danish text."""

    rule: Rule
    text: str


# In the order in which they are shown. Rule (d), the support card, is no prompt: it leaves no trace.
TEXTS: Mapping[Rule, str] = {
    "samarbejde": _("Tal om samarbejdet. Hvad kunne I gøre lidt anderledes?"),
    "foer_moedet": _("Skal vi tale om det før næste møde?"),
    "hjaelpen": _("Er der noget ved hjælpen, du vil tale om?"),
    "bedre": _("Er der noget, der kunne være lidt bedre?"),
}
_RULES: Mapping[Rule, tuple[Measure, Callable[[Iterable[Round], Thresholds], bool]]] = {
    "samarbejde": ("samtaletjek", talk_about_us),
    "foer_moedet": ("trivselstjek", talk_before_meeting),
    "hjaelpen": ("trivselstjek", talk_about_help),
    "bedre": ("samtaletjek", could_be_better),
}


def prompts(rounds: Iterable[Round], lines: Thresholds = SHIPPED) -> tuple[Prompt, ...]:
    """What the citizen is shown now, in order. Of a measure with one complete round nothing is said."""
    every = counting(rounds)
    return tuple(Prompt(rule, text) for rule, text in TEXTS.items() if _due(rule, every, lines))


def for_caseworker(rounds: Iterable[Round], lines: Thresholds = SHIPPED) -> tuple[Prompt, ...]:
    """What the caseworker is shown: due over the shared rounds, and shown to the citizen when the latest of them was
    the latest of all. So it rests on nothing unshared, and never comes before the citizen has seen it."""
    every, sent = counting(rounds), shared(rounds)
    return tuple(Prompt(rule, text) for rule, text in TEXTS.items()
                 if _due(rule, sent, lines) and _due(rule, _until_shared(every, _RULES[rule][0]), lines))


def _due(rule: Rule, rounds: Iterable[Round], lines: Thresholds) -> bool:
    measure, applies = _RULES[rule]
    own = counting(rounds, measure)
    if len(own) < ENOUGH:
        return False
    # A first round on which nothing could be said does not use up the turn of a rule that comes every third time.
    return applies(own[ENOUGH - 1:] if rule == "bedre" else own, lines)


def _until_shared(every: tuple[Round, ...], measure: Measure) -> tuple[Round, ...]:
    """The rounds of the measure up to the latest one shared."""
    own = [each for each in every if each.measure == measure]
    last = max(chain((index for index, each in enumerate(own) if each.shared), (-1,)))
    return tuple(own[:last + 1])
