"""Group figures: what has become of many citizens' numbers together, beside what the projects aimed at.

They rest on shared rounds alone. None is about fewer than five people, and `suppression` sees to it that none of
those is given away by subtracting others. They compare no citizen with another, and no caseworker either: a group's
number says nothing of how good anybody's work is.

The numbers are the citizens' own. The sources do not say whether "10 percent" means points or parts of the first
number, so both are given, and neither is said to be the one that was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from statistics import fmean
from types import MappingProxyType
from typing import Literal

from afsaet.flows.language import mark as _
from afsaet.measures.items import SATISFIED
from afsaet.measures.progress import Progress, line, progress
from afsaet.measures.rounds import Round, shared
from afsaet.measures.rules import SHIPPED, Thresholds
from afsaet.measures.suppression import Path, publishable

Name = Literal["delmaal", "tro", "helbred", "socialt", "tilfreds"]
SATISFACTION_DAYS = 45
NEVER: Mapping[Name, date] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Target:
    """A figure and the percentage it is held against."""

    title: str
    percent: int


TARGETS: Mapping[Name, Target] = {
    "delmaal": Target(_("Fremgang i delmål"), 10),
    "tro": Target(_("Mere tro på job"), 20),
    "helbred": Target(_("Bedre helbred, som borgeren selv oplever det"), 10),
    "socialt": Target(_("Lettere at være sammen med andre"), 15),
    "tilfreds": Target(_("Tilfredse eller meget tilfredse med mødet"), 85),
}
_LINES: Mapping[Name, str] = {"tro": "status_tro", "helbred": "status_helbred", "socialt": "status_socialt"}


@dataclass(frozen=True, slots=True)
class Person:
    """One citizen. place: the groups they are in, from the top, such as profile and caseworker. Keep to one order
    and one set of groups for all and for good: figures cut in two ways can be subtracted from one another.

    rounds: what they have shared is taken from these, the rest is left. met: the day of the meeting that a round of
    "tilfredshed" is about, by the round's id.
    """

    place: Path
    rounds: Sequence[Round]
    met: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one group. points: the mean of the citizens' points; None for "tilfreds". percent: the mean of
    the relative values of those who have one, or the share that is satisfied. None also where there are too few."""

    name: Name
    group: Path
    points: float | None
    percent: float | None


@dataclass(frozen=True, slots=True)
class _Share:
    """What one citizen brings to a figure: `value` of `weight`."""

    place: Path
    value: float
    weight: int = 1


def figures(people: Iterable[Person], until: date, lines: Thresholds = SHIPPED,
            satisfaction_days: int = SATISFACTION_DAYS, since: Mapping[Name, date] = NEVER) -> tuple[Figure, ...]:
    """Every figure of every group that there is a citizen in, everybody first.

    until: the last day whose rounds are taken. Use `last_closed`: figures of today beside those of yesterday would
    show what the one person has answered who did so in between. since: the last day whose answers are in a figure of
    that name that was given before. Only citizens who have answered after it are counted, so that a figure and the one
    before it have no value in common: subtracting them gives no single person's, whoever has come or gone between.
    """
    everyone = [replace(each, rounds=[one for one in shared(each.rounds) if one.at.date() <= until])
                for each in people]
    groups = sorted({each.place[:depth] for each in everyone for depth in range(len(each.place) + 1)})
    found = []
    for name in TARGETS:
        after = since.get(name, date.min)
        if name == "tilfreds":
            points, percent = {}, _published(everyone, partial(_satisfied, days=satisfaction_days, after=after), lines)
        else:
            points = _published(everyone, partial(_points, name=name, after=after), lines)
            percent = _published(everyone, partial(_relative, name=name, after=after), lines)
        found += [Figure(name, group, points.get(group), percent.get(group)) for group in groups]
    return tuple(found)


def last_closed(today: date) -> date:
    """The last day of the quarter before this one."""
    first_month = today.month - (today.month - 1) % 3
    return date.fromordinal(date(today.year, first_month, 1).toordinal() - 1)


def _progress(person: Person, name: Name, after: date, *, relative: bool = False) -> list[Progress]:
    """The progress that a figure takes: of one line, or of every area of the citizen's wheel, which the sources call
    the wheel of part-goals. Nothing of a citizen whose every such number was in an earlier figure already."""
    wheel = sorted({area for each in person.rounds if each.measure == "hjulet" for area in each.values})
    names = wheel if name == "delmaal" else [_LINES[name]]
    found = {each: moved for each in names if (moved := progress(person.rounds, each)) is not None
             and (moved.relative is not None or not relative)}
    new = any(line(person.rounds, each)[-1].at.date() > after for each in found)
    return list(found.values()) if new else []


def _points(person: Person, name: Name, after: date) -> _Share | None:
    """The citizen's points: last - first, and for the part-goals the mean of that over their areas."""
    values = [each.points for each in _progress(person, name, after)]
    return _Share(person.place, fmean(values)) if values else None


def _relative(person: Person, name: Name, after: date) -> _Share | None:
    """The citizen's relative value: points ÷ first × 100, likewise; None where no first number is above 0."""
    values = [each.relative for each in _progress(person, name, after, relative=True) if each.relative is not None]
    return _Share(person.place, fmean(values)) if values else None


def _satisfied(person: Person, days: int, after: date) -> _Share | None:
    """The citizen's answers "meget tilfreds" and "tilfreds", of all that came within 45 days of their meetings.

    6 of 8 answers make 75 %. The group counts people, however many meetings each has answered about.
    """
    answers = [each.values["tilfreds_moede"] for each in person.rounds if each.measure == "tilfredshed"
               and each.at.date() > after and each.id in person.met
               and 0 <= (each.at.date() - person.met[each.id]).days <= days]
    return _Share(person.place, 100 * sum(each in SATISFIED for each in answers), len(answers)) if answers else None


def _published(people: Sequence[Person], of: Callable[[Person], _Share | None], lines: Thresholds) -> dict[Path, float]:
    """The mean of each group that may be published."""
    shares = [share for person in people if (share := of(person)) is not None]
    found = {}
    for group in publishable([each.place for each in shares], lines.group):
        inside = [each for each in shares if each.place[:len(group)] == group]
        found[group] = sum(each.value for each in inside) / sum(each.weight for each in inside)
    return found
