"""How far an area has come: in points, and in percent of where it began."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from babel.numbers import format_decimal

from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting
from afsaet.measures.items import history_of
from afsaet.measures.rounds import ENOUGH, Round, counting

NOTHING_YET = _("Der er ikke noget at sige endnu. Det kommer, når du har svaret to gange.")


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a line, and when it was given."""

    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What has become of one line: its first number, the one before the latest, and the latest.

    Of two rounds the first is the previous one as well. 4 → 5 is +1 point and +25 %; 0 → 3 is +3 points and no
    percentage, since nothing can be counted in parts of nothing.
    """

    first: int
    previous: int
    latest: int

    @property
    def points(self) -> int:
        """The latest number minus the first."""
        return self.latest - self.first

    @property
    def relative(self) -> float | None:
        """The points in percent of the first number; None where that is 0."""
        return 100 * self.points / self.first if self.first > 0 else None


def line(rounds: Iterable[Round], name: str) -> tuple[Point, ...]:
    """Every number of one area or item in the order of time, from complete rounds alone. Items that share a line,
    such as `maal_tro` and `status_tro`, are found under each other's names."""
    history = history_of(name)
    return tuple(
        Point(each.at, number)
        for each in counting(rounds)
        for item in sorted(each.values)
        if history_of(item) == history and (number := each.number(item)) is not None
    )


def progress(rounds: Iterable[Round], name: str) -> Progress | None:
    """The progress of that area or item; None, which is `NOTHING_YET`, below two complete rounds with a number."""
    numbers = [point.number for point in line(rounds, name)]
    return Progress(numbers[0], numbers[-2], numbers[-1]) if len(numbers) >= ENOUGH else None


def last_numbers(rounds: Iterable[Round]) -> dict[str, int]:
    """The latest number of each item or area in any complete round: what a new one is held against.

    Of any and not of the last one alone: an area that was laid away meanwhile goes on from where it was left.
    """
    return {item: number for each in counting(rounds) for item in each.values
            if (number := each.number(item)) is not None}


def points_words(points: float, setting: Setting) -> str:
    """ "+1", "-2,5" or "0": points with their sign, at most one decimal."""
    return format_decimal(round(points, 1) or 0, "+#,##0.#;-#,##0.#" if round(points, 1) else "0",
                          locale=setting.language)


def percent_words(relative: float, setting: Setting) -> str:
    """ "+25 %", in Danish with the space that Danish has before the sign."""
    return f"{points_words(relative, setting)}{' ' if setting.language == 'da' else ''}%"
