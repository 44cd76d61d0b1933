"""What is kept of a citizen's rounds, wheel and goals, for the pages that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from afsaet.flows.views.suggesting import OWN, USED
from afsaet.measures.agreement import Agreement
from afsaet.measures.goals import Goal
from afsaet.measures.items import Measure
from afsaet.measures.monthly import FLAG, ITEMS_OF, KEPT_ITEMS, kept_items, opens
from afsaet.measures.pages.own_words import own_words, used_words
from afsaet.measures.progress import last_numbers
from afsaet.measures.rounds import Round
from afsaet.measures.sharing import Sharing
from afsaet.measures.wheel import Wheel
from afsaet.store import measure_cards, rounds
from afsaet.store.citizens import Citizen
from afsaet.store.tx import Tx


def _rounds(tx: Tx, citizen: Citizen) -> Sequence[Round]:
    """Every round, the oldest first."""
    return rounds.list_of(tx, citizen.id)


def _last_round(tx: Tx, citizen: Citizen) -> Mapping[str, int]:
    """The latest number given for each question in a whole round."""
    return last_numbers(rounds.list_of(tx, citizen.id))


def _wheel(tx: Tx, citizen: Citizen) -> Wheel:
    return measure_cards.get(tx, citizen.id).wheel


def _goals(tx: Tx, citizen: Citizen) -> Sequence[Goal]:
    return measure_cards.get(tx, citizen.id).goals


def _agreements(tx: Tx, citizen: Citizen) -> Mapping[Measure, Agreement]:
    """What is agreed, of the measures about which something is."""
    return measure_cards.get(tx, citizen.id).agreements


def _sharing(tx: Tx, citizen: Citizen) -> Sharing:
    return measure_cards.get(tx, citizen.id).sharing


def _private(facts: Mapping[str, Any], now: datetime) -> frozenset[Measure]:
    """The measures that the citizen keeps to themselves."""
    sharing: Sharing = facts["sharing"]
    return sharing.kept


FOLLOWS: Mapping[str, Callable[[Mapping[str, Any], datetime], Any]] = {
    FLAG: lambda facts, now: opens(facts["rounds"], facts["agreements"].get(ITEMS_OF)), "kept_private": _private,
    KEPT_ITEMS: lambda facts, now: kept_items(facts["sharing"].kept),
    OWN: lambda facts, now: own_words(facts["goals"]), USED: lambda facts, now: used_words(facts["goals"]),
}
FETCH: Mapping[str, Callable[[Tx, Citizen], Any]] = {
    "rounds": _rounds, "last_round": _last_round, "wheel": _wheel, "goals": _goals, "agreements": _agreements,
    "sharing": _sharing,
}
