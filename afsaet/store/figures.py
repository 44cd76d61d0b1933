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
    return [Given(Figure(row.name, tuple(json.loads(row.path)), row.points, row.percent), row.until, row.given_until)
            for row in rows]


def replace(tx: Tx, given: Sequence[Given]) -> None:
    """Keep these in place of those that were given before."""
    tx.conn.execute(figures.delete())
    tx.conn.execute(figures.insert(), [
        {"name": each.figure.name, "path": json.dumps(each.figure.group), "until": each.until,
         "given_until": each.given_until, "points": each.figure.points, "percent": each.figure.percent}
        for each in given])  # fmt: skip
