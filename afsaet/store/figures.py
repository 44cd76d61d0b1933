"""The group figures that were given last. They are nobody's: each stands for five people at least, or for nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text

from afsaet.measures.figures import TARGETS, Figure
from afsaet.store.tables import figures
from afsaet.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Given:
    """A figure as it was given. until: the last day of its quarter. given_until: the last day whose answers are in
    any figure of this name that was ever given; None where none was."""

    figure: Figure
    until: date
    given_until: date | None


def latest(tx: Tx) -> Sequence[Given]:
    """The figures that were given last, in their order; none before the first. Two who ask take turns."""
    if tx.dialect == "postgresql":
        tx.conn.execute(text("LOCK TABLE figures IN EXCLUSIVE MODE"))
    order = list(TARGETS)
    rows = sorted(tx.conn.execute(select(figures)).all(), key=lambda row: (order.index(row.name), json.loads(row.path)))
    return [Given(Figure(row.name, tuple(json.loads(row.path)), _from_tenths(row.points), _from_tenths(row.percent)),
                  date.fromisoformat(row.until), date.fromisoformat(row.given_until) if row.given_until else None)
            for row in rows]


def replace(tx: Tx, given: Sequence[Given]) -> None:
    """Keep these, with one decimal, in place of those that were given before."""
    tx.conn.execute(figures.delete())
    tx.conn.execute(figures.insert(), [_row(each) for each in given])


def _row(given: Given) -> dict[str, str | int | None]:
    figure, day = given.figure, given.given_until
    return {"name": figure.name, "path": json.dumps(figure.group), "until": given.until.isoformat(),
            "given_until": day.isoformat() if day else None, "points": _in_tenths(figure.points),
            "percent": _in_tenths(figure.percent)}


def _in_tenths(value: float | None) -> int | None:
    return None if value is None else round(value * 10)


def _from_tenths(value: int | None) -> float | None:
    return None if value is None else value / 10
