"""`afsaet figures`: what has become of many citizens' numbers together."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from afsaet.cli.answer import Answer, Table

if TYPE_CHECKING:
    from afsaet.measures.figures import Figure

TOO_FEW = "too few"

FORMULAS = {
    "points": "last number minus first; the mean over the citizens",
    "percent": "points / first x 100 where the first is above 0; the mean over the citizens who have one",
    "satisfied": "'meget tilfreds' and 'tilfreds' / all answers in time after the meeting",
}


def figures() -> Answer:
    """Show the group figures, up to the last closed quarter.

    They rest on what citizens have shared. None is about fewer than five people, or would let such a one be worked out:
    a quarter's figures are computed once, and given again as they were.
    """
    from afsaet.assistant.casework.shared import together
    from afsaet.cli.desk import desk
    from afsaet.measures.figures import TARGETS

    with desk() as at:
        with at.database.write() as tx:
            found = together(tx, at.municipality, at.now)
        fewest = at.municipality.measures.group

    items: list[dict[str, Any]] = [
        {"figure": each.name, "title": TARGETS[each.name].title, "group": list(each.group),
         "points": _number(each.points), "percent": _number(each.percent), "target": TARGETS[each.name].percent}
        for each in found.figures
    ]
    rows = [[" / ".join(each.group) or "all", TARGETS[each.name].title, _points(each), _percent(each),
             f"{TARGETS[each.name].percent} %"] for each in found.figures]
    notes = [f"Rounds until {found.until.isoformat()}, as shared when these figures were first asked for.",
             f"No figure is about fewer than {fewest} people. Each is about those who answered since the last.",
             *(f"{name}: {formula}." for name, formula in FORMULAS.items())]
    data = {"until": found.until.isoformat(), "at_least": fewest, "formulas": FORMULAS, "items": items}
    return Answer(data, [Table(["Group", "Figure", "Points", "Percent", "Aim"], rows), *notes])


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _points(figure: Figure) -> str:
    return "" if figure.name == "tilfreds" else TOO_FEW if figure.points is None else f"{figure.points:+.1f}"


def _percent(figure: Figure) -> str:
    if figure.percent is None:
        return TOO_FEW
    return f"{figure.percent:.1f} %" if figure.name == "tilfreds" else f"{figure.percent:+.1f} %"
