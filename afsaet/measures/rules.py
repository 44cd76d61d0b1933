"""When a number is worth a question: the five rules, exactly, and no more than they say.

Each is a plain function over one citizen's rounds, so that two people compute the same. They look at complete rounds
alone, and at trends in totals only where the latest round has one: a round with "Ikke aktuelt for mig" has no total
and is passed over. A prompt is an offer to talk. It is never sent to anybody as a sign of danger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from afsaet.measures.items import HIGH, numbered
from afsaet.measures.rounds import Round, Value, counting
from afsaet.municipality import Municipality


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the rules draw their lines; a municipality may move them.

    talk_item, talk_total: rule (a). fall: points, rule (b). steady_rounds, steady_weeks: rule (c). support_item:
    rule (d). tens_every: rule (e). group: the fewest people a figure may stand for.
    """

    talk_item: int = 6
    talk_total: int = 30
    fall: int = 5
    steady_rounds: int = 4
    steady_weeks: int = 8
    support_item: int = 1
    tens_every: int = 3
    group: int = 5

    @staticmethod
    def of(municipality: Municipality) -> Thresholds:
        """The thresholds that `kommune.toml` sets."""
        return Thresholds(**municipality.measures.model_dump())


SHIPPED = Thresholds()


def talk_about_us(rounds: Iterable[Round], lines: Thresholds = SHIPPED) -> bool:
    """(a) The latest Samtaletjek has an item of 6 or lower, or a total under 30.

    7, 7, 8, 7 = 29 is due; 8, 7, 8, 7 = 30 is not.
    """
    for latest in counting(rounds, "samtaletjek")[-1:]:
        total = latest.total()
        low_item = min(_numbers(latest), default=HIGH) <= lines.talk_item
        return low_item or (total is not None and total < lines.talk_total)
    return False


def talk_before_meeting(rounds: Iterable[Round], lines: Thresholds = SHIPPED) -> bool:
    """(b) The latest Trivselstjek total is at least 5 under the previous one, or it is the second fall in a row.

    26 → 21 is due, and 26 → 25 → 24; 26 → 22 is not.
    """
    totals = _totals(rounds)
    if len(totals) < 2:
        return False
    latest, previous = totals[-1], totals[-2]
    return latest <= previous - lines.fall or (len(totals) > 2 and latest < previous < totals[-3])


def talk_about_help(rounds: Iterable[Round], lines: Thresholds = SHIPPED) -> bool:
    """(c) Of the last four Trivselstjek, spread over at least 8 weeks, none has a total above the first of them.

    20, 20, 19, 20 is due; 20, 21, 19, 18 is not. The weeks are counted in days of the calendar.
    """
    latest = _with_total(rounds)[-lines.steady_rounds:]
    if len(latest) < lines.steady_rounds:
        return False
    days = (latest[-1].at.date() - latest[0].at.date()).days
    first, *later = (each.total() or 0 for each in latest)
    return days >= 7 * lines.steady_weeks and max(later) <= first


def support_card(values: Mapping[str, Value], lines: Thresholds = SHIPPED) -> bool:
    """(d) An item of the Trivselstjek being answered is 0 or 1: the citizen is shown the support card at once.

    5, 1, 4, 5 is due. It is asked of the answers so far, nothing is concluded, and nothing of it is kept.
    """
    asked = (values.get(item.id) for item in numbered("trivselstjek"))
    return any(isinstance(value, int) and value <= lines.support_item for value in asked)


def could_be_better(rounds: Iterable[Round], lines: Thresholds = SHIPPED) -> bool:
    """(e) All four items of the latest Samtaletjek are 10; asked at the first such round and then every third."""
    talks = counting(rounds, "samtaletjek")
    tens = [each for each in talks if each.total() == HIGH * len(numbered("samtaletjek"))]
    return bool(tens) and tens[-1] is talks[-1] and (len(tens) - 1) % lines.tens_every == 0


def _numbers(talk: Round) -> list[int]:
    given = (talk.number(item.id) for item in numbered("samtaletjek"))
    return [number for number in given if number is not None]


def _with_total(rounds: Iterable[Round]) -> Sequence[Round]:
    """The Trivselstjek that have a total, in order; none if the latest has not: it is what a prompt would be about."""
    outcomes = counting(rounds, "trivselstjek")
    if not outcomes or outcomes[-1].total() is None:
        return ()
    return [each for each in outcomes if each.total() is not None]


def _totals(rounds: Iterable[Round]) -> list[int]:
    return [each.total() or 0 for each in _with_total(rounds)]
