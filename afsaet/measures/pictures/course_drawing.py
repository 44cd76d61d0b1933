"""The course as a picture: a strip for the total and for each item, one below the other over the same days.

Strips and not lines on top of each other: whole numbers from 0 to 10 often coincide, and a line alone beside its name
needs no colour to be told from the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import nan

from matplotlib.transforms import Affine2D, Transform

from afsaet.flows.setting import Setting
from afsaet.measures.pictures.course import MARKS, NOT_RELEVANT, WHY_NO_TOTAL, Course, Item
from afsaet.measures.pictures.days import full_day, short_day
from afsaet.measures.pictures.sheet import BLUE, FAINT, GROUND, INK, MARGIN, QUIET, SMALL, WIDTH, WORDS, Sheet

_LEFT, _RIGHT = MARGIN + 70, WIDTH - MARGIN - 40
_HEIGHT = 130  # of a strip, from its lowest number to its highest
_APART = 50  # pixels between two numbers beside a line
_STEEP = 100  # pixels: with its next point so near, a line may go up through a number above this one
_DAYS_APART = 150
_SHAPES = ("o", "s", "^", "D", "v", "P")
_MARK_SHAPES = {"talk": "o", "meeting": "D"}
_GAP = "–"


def sheet(course: Course, setting: Setting) -> Sheet:
    """The course, drawn."""
    drawn = Sheet()
    across = _across(course)
    lines = course.lines(setting)
    drawn.head(course.title)
    days = [full_day(day, setting) for day in (course.days[0], course.days[-1])]
    drawn.note(days[0] if len(course.days) == 1 else f"{days[0]} {_GAP} {days[1]}")
    for words in _missing(course):
        drawn.note(f"{_GAP}  {setting.tr(words)}")
    for number, item in enumerate(lines):
        _strip(drawn, course, item, across, _SHAPES[number % len(_SHAPES)])
    drawn.at += 16  # a number may stand below the last strip
    if course.marks:
        _marks(drawn, course, across, setting)
    _days(drawn, course.days, across, setting)
    return drawn


def _missing(course: Course) -> Iterator[str]:
    """What a dash stands for: one among the items is an answer, and one in the total follows from it."""
    if any(value is None for item in course.items for value in item.values):
        yield NOT_RELEVANT
    if None in course.totals:
        yield WHY_NO_TOTAL


def _across(course: Course) -> Affine2D:
    """From a day's number to pixels from the left: as far apart as the days are."""
    days = [*course.days, *(mark.day for mark in course.marks)]
    first, last = min(days).toordinal(), max(days).toordinal()
    if first == last:
        return Affine2D().translate((_LEFT + _RIGHT) / 2 - first, 0)
    return Affine2D().translate(-first, 0).scale((_RIGHT - _LEFT) / (last - first), 1).translate(_LEFT, 0)


def _strip(drawn: Sheet, course: Course, item: Item, across: Affine2D, shape: str) -> None:
    drawn.at += 34
    for line in drawn.fitted(item.label, WIDTH - 2 * MARGIN, 2, WORDS, 700):
        drawn.down(WORDS)
        drawn.text(MARGIN, drawn.at, line, weight=700)
    drawn.at += 60
    place = across + Affine2D().scale(1, -_HEIGHT / item.most).translate(0, drawn.at + _HEIGHT)
    for value in (0, item.most):
        y = drawn.at + _HEIGHT * (1 - value / item.most)
        drawn.line([_LEFT - 20, _RIGHT + 20], [y, y], color=FAINT)
        drawn.text(_LEFT - 34, y, str(value), SMALL, color=QUIET, align="right", over="center_baseline")
    marked = [day for mark in course.marks for day in (mark.day.toordinal(),) * 2 + (nan,)]
    drawn.line(marked, [0, item.most, nan] * len(course.marks), place, linestyle=(0, (1, 3)), color=QUIET)
    x = [day.toordinal() for day in course.days]
    drawn.line(x, [nan if value is None else value for value in item.values], place, linewidth=6, marker=shape,
               markersize=20, markerfacecolor=BLUE, markeredgecolor=INK, markeredgewidth=4)
    _numbers(drawn, x, item, place)
    drawn.at += _HEIGHT


def _numbers(drawn: Sheet, x: list[int], item: Item, place: Transform) -> None:
    """Beside their points: the first, the last, and those between that stand free of both their neighbours."""
    at = [place.transform((day, 0))[0] for day in x]
    for number, value in enumerate(item.values):
        beside = [other for other in (number - 1, number + 1) if 0 <= other < len(at)]
        if number not in (0, len(at) - 1) and min(abs(at[number] - at[other]) for other in beside) < _APART:
            continue
        y = place.transform((0, item.most / 2 if value is None else value))[1]
        if value is None:
            drawn.text(at[number], y, _GAP, color=QUIET, align="center", over="center_baseline")
            continue
        steep = [item.values[other] for other in beside if abs(at[number] - at[other]) < _STEEP]
        below = steep and all(other is not None and other > value for other in steep)  # where no line comes down
        y += SMALL + 12 if below else -22
        drawn.text(at[number], y, str(value), SMALL, weight=700, align="center", halo=True)


def _marks(drawn: Sheet, course: Course, across: Affine2D, setting: Setting) -> None:
    """Talks and meetings: a sign on a row of its own, below the fine lines in the strips."""
    for kind, name in MARKS.items():
        days = [mark.day.toordinal() for mark in course.marks if mark.kind == kind]
        if not days:
            continue
        drawn.at += 26
        drawn.down(SMALL)
        drawn.text(MARGIN, drawn.at, setting.tr(name), SMALL, color=QUIET)
        drawn.at += 30
        drawn.line(days, [drawn.at] * len(days), across, linestyle="none", marker=_MARK_SHAPES[kind], markersize=22,
                   markerfacecolor=GROUND, markeredgecolor=INK, markeredgewidth=4)


def _days(drawn: Sheet, days: tuple[date, ...], across: Affine2D, setting: Setting) -> None:
    """The first and the last day, and of those between as many as there is room for."""
    drawn.at += 24
    drawn.down(SMALL)
    taken: list[float] = []
    for number in (len(days) - 1, *range(len(days) - 1)):
        at = across.transform((days[number].toordinal(), 0))[0]
        if all(abs(at - other) >= _DAYS_APART for other in taken):
            taken.append(at)
            drawn.text(at, drawn.at, short_day(days[number], setting), SMALL, color=QUIET, align="center")
