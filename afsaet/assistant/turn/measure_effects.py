"""What a turn asks to have kept of rounds, wheel and goals.

A round that is shared makes no task and no notice: with forty citizens that would be one or two a day, of what is read
before the next talk anyway, and it might be taken for an alarm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from afsaet.assistant.turn.turning import CarryOut, Turning
from afsaet.assistant.unasked import asking, goal_checks
from afsaet.flows.effects import Effect, RoundDone
from afsaet.measures.effects import Agreed, GoalsChanged, SharingChanged, WheelChanged
from afsaet.measures.finishing import round_of_plan, rounds_of, sent
from afsaet.meetings.localtime import wall_of
from afsaet.store import measure_cards, rounds
from afsaet.store.ids import random_id
from afsaet.store.tx import Tx


def keep_numbers(tx: Tx, citizen_id: str, snapshot: Mapping[str, Any], now: datetime) -> None:
    """The numbers of a plan that has been sent begin the lines they belong to, or go on with them."""
    earlier = rounds.list_of(tx, citizen_id)
    found = round_of_plan(snapshot, random_id(), now, earlier)
    if found is not None:
        rounds.add(tx, citizen_id, found)


def _round(at: Turning, done: RoundDone) -> None:
    """Keep it: shared only if the citizen says so now, of a measure that they share, and when it is whole; with what
    was asked along with it."""
    citizen_id = at.opened.citizen.id
    card = measure_cards.get(at.tx, citizen_id)
    for each in sent(rounds_of(done, card.wheel, random_id), done, card.sharing):
        rounds.add(at.tx, citizen_id, each)
        asking.plan(at.tx, at.assistant.municipality, citizen_id, each.measure, at.assistant.now())


def _wheel(at: Turning, changed: WheelChanged) -> None:
    _settle(at, wheel=changed.wheel)


def _goals(at: Turning, changed: GoalsChanged) -> None:
    _settle(at, goals=changed.goals)
    goal_checks.plan(at.tx, at.assistant.municipality, at.opened.citizen.id, changed.goals, at.assistant.now())


def _sharing(at: Turning, changed: SharingChanged) -> None:
    _settle(at, sharing=changed.sharing)


def _agreed(at: Turning, agreed: Agreed) -> None:
    citizen, now, municipality = at.opened.citizen, at.assistant.now(), at.assistant.municipality
    new = replace(agreed.agreement, since=wall_of(now, municipality.zone).date())
    _settle(at, agreements={**measure_cards.get(at.tx, citizen.id).agreements, agreed.measure: new})
    asking.plan_all(at.tx, municipality, citizen, now)


def _settle(at: Turning, **new: Any) -> None:
    citizen_id = at.opened.citizen.id
    measure_cards.save(at.tx, citizen_id, replace(measure_cards.get(at.tx, citizen_id), **new))


ACTS: Mapping[type[Effect], CarryOut] = {
    RoundDone: _round, WheelChanged: _wheel, GoalsChanged: _goals,
    SharingChanged: _sharing, Agreed: _agreed,
}
