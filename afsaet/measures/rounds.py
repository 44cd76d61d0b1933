"""One round of a measure, and which rounds count: only those in which everything was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from afsaet.measures.items import CHOICES, HIGH, ITEMS, LOW, NOT_RELEVANT, Item, Measure, numbered

Value = int | str | None
WITH_TOTAL: frozenset[Measure] = frozenset({"trivselstjek", "samtaletjek"})
ENOUGH = 2  # complete rounds, before there is anything to say


@dataclass(frozen=True, slots=True)
class Round:
    """One citizen's answers to one measure at one time. No later round takes its place.

    at: when it was finished, local time with zone. values: a number, the id of a choice or None for each item or
    area. words: what the citizen wrote, by item; beside an area by `wheel.words_key`. complete: the citizen came to
    its end and answered all of it. shared: the citizen has sent it to their caseworker. labels: what each area of the
    wheel was called then, in Danish: a name given later is not shown with numbers that were shared before it. begun:
    when its first answer was given; None in rounds of before that was noted.
    """

    id: str
    measure: Measure
    at: datetime
    values: Mapping[str, Value]
    words: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True
    shared: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    begun: datetime | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a round's time has a zone")

    @property
    def started(self) -> datetime:
        """When it was begun, as far as is known: what it is about lies before that."""
        return self.begun or self.at

    def number(self, item: str) -> int | None:
        """The number given for an item or area; None for one that was passed, chosen otherwise or never asked."""
        value = self.values.get(item)
        return value if isinstance(value, int) else None

    def total(self) -> int | None:
        """The sum of the four items, 0 to 40. None unless all four are numbers, and for a measure without a total.

        6, 7, 5 and 6 make 24; with "Ikke aktuelt for mig" among them there is none.
        """
        if self.measure not in WITH_TOTAL:
            return None
        numbers = [self.number(item.id) for item in numbered(self.measure)]
        return None if None in numbers else sum(number for number in numbers if number is not None)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back to an equal round."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**data, "at": self.at.isoformat(), "values": dict(self.values), "words": dict(self.words),
                "labels": dict(self.labels), "begun": self.begun.isoformat() if self.begun else None}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Round:
        begun = datetime.fromisoformat(data["begun"]) if data.get("begun") else None
        return Round(**{**data, "at": datetime.fromisoformat(data["at"]), "begun": begun})


def is_whole(measure: Measure, values: Mapping[str, Value], areas: Iterable[str] = ()) -> bool:
    """Whether everything is answered, so that the round may be called complete. `areas`: those on the wheel now.

    Own words may be left out. A round about nothing is never whole.
    """
    if measure == "hjulet":
        asked = list(areas)
        return bool(asked) and all(_is_number(values.get(area)) for area in asked)
    return all(_answers(item, values.get(item.id)) for item in ITEMS[measure] if item.scale != "words")


def counting(rounds: Iterable[Round], measure: Measure | None = None) -> tuple[Round, ...]:
    """The complete rounds of a measure, or of all, in the order of time whatever order they come in."""
    kept = (each for each in rounds if each.complete and measure in (None, each.measure))
    return tuple(sorted(kept, key=lambda each: (each.at, each.id)))


def shared(rounds: Iterable[Round]) -> tuple[Round, ...]:
    """What may reach a caseworker or a figure: complete and sent by the citizen, in the order of time."""
    return tuple(each for each in counting(rounds) if each.shared)


def _answers(item: Item, value: Value) -> bool:
    if item.scale == "choice":
        return value in CHOICES[item.id]
    return _is_number(value) or (item.may_pass and value == NOT_RELEVANT)


def _is_number(value: Value) -> bool:
    return isinstance(value, int) and LOW <= value <= HIGH
