"""Figures as they were given: whole, in their order, and only the latest."""

from datetime import date

from afsaet.measures.figures import Figure
from afsaet.store import erasure, figures
from afsaet.store.figures import Given

from .conftest import NOW

FIRST, SECOND = date(2026, 3, 31), date(2026, 6, 30)
GIVEN = [Given(Figure("delmaal", (), None, None), FIRST, None), Given(Figure("tro", (), 1.2, 25.0), FIRST, FIRST),
         Given(Figure("tro", ("rehabiliteringsteam",), -0.3, None), FIRST, FIRST)]  # fmt: skip


def test_they_come_back_as_they_were_given_in_their_order(database):
    with database.write() as tx:
        assert figures.latest(tx) == []
        figures.replace(tx, GIVEN[::-1])
    with database.write() as tx:
        assert figures.latest(tx) == GIVEN


def test_the_next_take_their_place(database):
    later = [Given(Figure("tilfreds", (), None, 75.0), SECOND, SECOND)]
    with database.write() as tx:
        figures.replace(tx, GIVEN)
        figures.replace(tx, later)
        assert figures.latest(tx) == later


def test_a_deletion_leaves_them(database, cast):
    with database.write() as tx:
        figures.replace(tx, GIVEN)
        erasure.erase(tx, cast.maja, NOW)
        assert figures.latest(tx) == GIVEN
