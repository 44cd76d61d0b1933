"""What citizens have shared of their rounds and goals: for their caseworker, and together in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from afsaet.assistant.casework.caseload import Case, citizen_by
from afsaet.export.shared import Shared
from afsaet.measures.card import Card
from afsaet.measures.figures import Figure, Name, Person, figures, last_closed
from afsaet.measures.goals import shared as shared_goals
from afsaet.measures.prompts import Prompt, for_caseworker
from afsaet.measures.rounds import Round, shared
from afsaet.measures.rules import Thresholds
from afsaet.measures.showing import marks_of
from afsaet.measures.wheel import as_shared
from afsaet.meetings.kinds import MAIN_KIND
from afsaet.meetings.localtime import wall_of
from afsaet.municipality import Municipality
from afsaet.store import citizens, measure_cards, meetings, rounds
from afsaet.store import figures as given
from afsaet.store.figures import Given
from afsaet.store.meetings import Kept
from afsaet.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Together:
    """Group figures. until: the last day whose rounds are in them."""

    until: date
    figures: Sequence[Figure]


def shared_of(tx: Tx, municipality: Municipality, citizen_id: str, now: datetime) -> Shared:
    """What the citizen has shared as of now. Raises Refused for one who is not there."""
    citizen_by(tx, citizen_id)
    found = _shared(municipality, measure_cards.get(tx, citizen_id), rounds.list_of(tx, citizen_id), now)
    been = (kept.meeting for kept in meetings.held(tx, citizen_id, now)
            if kept.answer is None or kept.answer.word != "cannot")
    return replace(found, marks=marks_of(been))


def shared_of_each(tx: Tx, municipality: Municipality, cases: Sequence[Case], now: datetime) -> dict[str, Shared]:
    """What each of these citizens has shared as of now, by their ids: with a statement for each table."""
    if not cases:
        return {}
    caseworkers = {case.caseworker.id for case in cases}
    whose = caseworkers.pop() if len(caseworkers) == 1 else None
    cards, own = measure_cards.by_citizen(tx, whose), rounds.shared_by_all(tx, whose)
    ids = [case.citizen.id for case in cases]
    return {each: _shared(municipality, cards.get(each, Card()), own.get(each, ()), now) for each in ids}


def prompts_of(tx: Tx, municipality: Municipality, citizen_id: str) -> tuple[Prompt, ...]:
    """The questions that the caseworker may take up: the citizen has seen them, and they rest on what is shared."""
    return for_caseworker(rounds.list_of(tx, citizen_id), Thresholds.of(municipality))


def together(tx: Tx, municipality: Municipality, now: datetime) -> Together:
    """The figures of everybody and of each text profile, up to the last closed quarter.

    A quarter's figures are computed once, the first time they are asked for, and kept: given again after somebody has
    deleted what they shared, they would show by the difference what it was. Only the latest are kept, and in a
    transaction that writes. Not of each caseworker: it would be read as a table of who is good at it.
    """
    until = last_closed(wall_of(now, municipality.zone).date())
    before = given.latest(tx)
    # A clock set back, or a smaller zone, gives what was given last, too.
    if before and before[0].until >= until:
        return Together(before[0].until, [each.figure for each in before])
    since = {each.figure.name: each.given_until for each in before if each.given_until is not None}
    found = [_as_given(each) for each in _computed(tx, municipality, now, until, since)]
    new = {each.name for each in found if each.points is not None or each.percent is not None}
    if found:
        given.replace(tx, [Given(each, until, until if each.name in new else since.get(each.name)) for each in found])
    return Together(until, found)


def _computed(tx: Tx, municipality: Municipality, now: datetime, until: date,
              since: Mapping[Name, date]) -> Sequence[Figure]:
    people, longest = [], 1
    for citizen_id, own in rounds.shared_by_all(tx).items():
        citizen = citizens.get(tx, citizen_id)
        assert citizen is not None  # the database holds the rounds to them
        days = municipality.text_profile(citizen.profile).deadlines.satisfaction_days
        longest = max(longest, days)
        local = [_local(each, municipality) for each in own]
        asked = met(local, meetings.held(tx, citizen_id, now), days)
        people.append(Person((citizen.profile,), local, asked))
    return figures(people, until, Thresholds.of(municipality), longest, since)


def _as_given(figure: Figure) -> Figure:
    """With one decimal: no more of it is kept than is shown."""
    return replace(figure, points=_rounded(figure.points), percent=_rounded(figure.percent))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _shared(municipality: Municipality, card: Card, own: Sequence[Round], now: datetime) -> Shared:
    theirs = shared(own)
    return Shared(now.astimezone(municipality.zone), theirs, as_shared(card.wheel, theirs), shared_goals(card.goals))


def _local(done: Round, municipality: Municipality) -> Round:
    """The round with its time as clocks here showed it: a quarter ends at midnight here."""
    return Round.from_json({**done.to_json(), "at": done.at.astimezone(municipality.zone).isoformat()})


def met(own: Sequence[Round], held: Sequence[Kept], days: int) -> dict[str, date]:
    """The day of the meeting that each round of "tilfredshed" is about, the latest main one before it; only of rounds
    that came within so many days of it."""
    ends = [(kept.meeting.end, kept.meeting.wall.date()) for kept in held if kept.meeting.kind == MAIN_KIND]
    found = {}
    for each in own:
        before = [day for end, day in ends if end <= each.started]
        if each.measure == "tilfredshed" and before and (each.at.date() - before[-1]).days <= days:
            found[each.id] = before[-1]
    return found
