from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from afsaet.measures import wheel
from afsaet.measures.agreement import Agreement
from afsaet.measures.card import Card
from afsaet.measures.goals import Goal, PartGoal
from afsaet.measures.rounds import Round
from afsaet.measures.sharing import Sharing
from afsaet.measures.wheel import Wheel
from afsaet.store import erasure, measure_cards, rounds
from afsaet.store.faults import KeyFault, UnknownCitizen
from afsaet.store.tables import rounds as table

from .conftest import NOW

DAY = timedelta(days=1)
FIRST = Round("r1", "trivselstjek", NOW, {"trivsel_mig": 4, "trivsel_naere": "ikke_aktuelt"}, {"trivsel_mig": "træt"},
              complete=False)
SHARED = Round("r2", "hjulet", NOW + DAY, {"hjul_tro": 5}, {"hjul_tro.hjalp": "min søster"}, shared=True)
CARD = Card(
    wheel.rename(Wheel(), "hjul_tro", "ringe selv"),
    (Goal("g1", "et job", (PartGoal("d1", "ringe", date(2026, 3, 1)),)),),
    {"trivselstjek": Agreement(every_days=14), "samtaletjek": Agreement(stopped=True),
     "hjulet": Agreement(before_talk=True, paused_until=date(2026, 5, 1))},
    Sharing().keep("hjulet"),
)


@pytest.fixture
def kept(database, cast):
    with database.write() as tx:
        rounds.add(tx, cast.maja, SHARED)
        rounds.add(tx, cast.maja, FIRST)
        measure_cards.save(tx, cast.maja, CARD)
    return cast


def test_rounds_come_back_as_they_were_the_oldest_first(database, kept):
    with database.read() as tx:
        assert rounds.list_of(tx, kept.maja) == [FIRST, SHARED]
        assert rounds.list_of(tx, kept.omar) == []


def test_only_what_is_shared_is_among_everybodys(database, kept):
    with database.read() as tx:
        assert rounds.shared_by_all(tx) == {kept.maja: [SHARED]}


def test_a_card_comes_back_as_it_was_and_one_who_has_settled_nothing_has_an_empty_one(database, kept):
    with database.read() as tx:
        assert measure_cards.get(tx, kept.maja) == CARD
        assert measure_cards.get(tx, kept.omar) == Card()


def test_a_card_takes_the_place_of_the_one_before(database, kept):
    later = replace(CARD, goals=())
    with database.write() as tx:
        measure_cards.save(tx, kept.maja, later)
        assert measure_cards.get(tx, kept.maja) == later


def test_a_round_does_not_open_as_another_citizens(database, kept):
    with database.write() as tx:
        tx.conn.execute(table.update().values(citizen_id=kept.omar))
    with pytest.raises(KeyFault), database.read() as tx:
        rounds.list_of(tx, kept.omar)


def test_a_round_does_not_open_as_another_of_the_same_citizen_s(database, kept):
    with database.write() as tx:
        [card] = tx.conn.execute(select(table.c.card).where(table.c.id == FIRST.id)).scalars()
        tx.conn.execute(table.update().where(table.c.id == SHARED.id).values(card=card))
    with pytest.raises(KeyFault), database.read() as tx:
        rounds.list_of(tx, kept.maja)


def test_nothing_is_kept_for_one_who_has_deleted_what_they_wrote(database, kept):
    with database.write() as tx:
        erasure.forget(tx, kept.maja, NOW)
        assert rounds.list_of(tx, kept.maja) == []
        assert measure_cards.get(tx, kept.maja) == Card()
        assert rounds.shared_by_all(tx) == {}
    for keep in (lambda tx: rounds.add(tx, kept.maja, FIRST), lambda tx: measure_cards.save(tx, kept.maja, CARD)):
        with pytest.raises(UnknownCitizen), database.write() as tx:
            keep(tx)
