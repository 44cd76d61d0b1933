"""The course: how the items of a measure, and their total, went from round to round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting
from afsaet.measures.pictures.days import full_day, short_day

LINES = 6  # days that have a line of their own in the words
TOTAL = _("I alt")
NOT_RELEVANT = _("ikke aktuelt")
NO_TOTAL = _("intet tal")
WHY_NO_TOTAL = _("I alt: intet tal, når noget ikke er aktuelt")
MARKS: dict[Literal["talk", "meeting"], str] = {"talk": _("Samtale"), "meeting": _("Møde")}


@dataclass(frozen=True, slots=True)
class Item:
    """values: one a round, None for "Ikke aktuelt" and where there is no total. most: the highest there can be."""

    label: str
    values: tuple[int | None, ...]
    most: int = 10

    def __post_init__(self) -> None:
        if not all(0 <= value <= self.most for value in self.values if value is not None):
            raise ValueError(f"a number of this item is from 0 to {self.most}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A talk or a meeting on a day."""

    day: date
    kind: Literal["talk", "meeting"]


@dataclass(frozen=True, slots=True)
class Course:
    """days: of the rounds, the earliest first. totals: one a round, or none at all where nothing is added up."""

    title: str
    days: tuple[date, ...]
    items: tuple[Item, ...]
    totals: tuple[int | None, ...] = ()
    most_in_all: int = 40
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        if not self.days or not self.items:
            raise ValueError("a course has at least one round and one item")
        if any(earlier >= later for earlier, later in pairwise(self.days)):
            raise ValueError("the rounds stand in the order of their days, one a day")
        rows = [item.values for item in self.items] + ([self.totals] if self.totals else [])
        if any(len(row) != len(self.days) for row in rows):
            raise ValueError("an item has one value a round")

    def lines(self, setting: Setting) -> tuple[Item, ...]:
        """What is drawn, from the top: the total, if there is one, and the items."""
        if not self.totals:
            return self.items
        return (Item(setting.tr(TOTAL), self.totals, self.most_in_all), *self.items)


def describe_course(course: Course, setting: Setting) -> str:
    """The course in words: the days, then the numbers of each item in their order, then talks and meetings."""
    text = [course.title, *_days(course.days, setting), ""]
    for item in course.lines(setting):
        missing = setting.tr(NO_TOTAL if item.values is course.totals else NOT_RELEVANT)
        values = ", ".join(missing if value is None else str(value) for value in item.values)
        text.append(setting.tr(_("• {label}, 0 til {most}: {values}"), label=item.label, most=item.most, values=values))
    if None in course.totals:
        text.append(f"• {setting.tr(WHY_NO_TOTAL)}")
    for kind, name in MARKS.items():
        text += [f"• {setting.tr(name)}: {full_day(mark.day, setting)}" for mark in course.marks if mark.kind == kind]
    return "\n".join(text)


def _days(days: Sequence[date], setting: Setting) -> list[str]:
    """A line each; of many rounds in a row, which nobody would read to its end on a phone otherwise."""
    if len(days) == 1:
        return [full_day(days[0], setting)]
    if len(days) > LINES:
        row = ", ".join(short_day(day, setting) for day in days)
        ends = " – ".join(full_day(day, setting) for day in (days[0], days[-1]))
        return [ends, setting.tr(_("Dage: {days}"), days=row)]
    return [setting.tr(_("{number}. gang: {day}"), number=number, day=full_day(day, setting))
            for number, day in enumerate(days, 1)]
