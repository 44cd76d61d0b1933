from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from afsaet.store import caseworkers, citizens
from afsaet.store.faults import KeyFault, RefusedStatement, UnknownCitizen

from .conftest import NOW


def test_a_caseworker_is_found_by_their_email_whatever_its_capitals(database, cast):
    with database.read() as tx:
        found = caseworkers.find_by_email(tx, " DORTE@kommune.EXAMPLE ")
        assert found == caseworkers.get(tx, cast.dorte)
        assert found == caseworkers.Caseworker(cast.dorte, "Dorte@kommune.example", "Dorte Holm", "11 22 33 44", "9-12")
        assert caseworkers.find_by_email(tx, "dorte@other.example") is None


def test_a_second_caseworker_with_the_same_email_is_refused(database, cast):
    with database.write() as tx:
        assert caseworkers.add(tx, "dorte@kommune.example", "Somebody", NOW) is None
    with database.read() as tx:
        assert [caseworker.name for caseworker in caseworkers.list_all(tx)] == ["Dorte Holm", "Jens Lund"]


def test_a_citizen_comes_back_as_they_were_added(database, cast):
    with database.read() as tx:
        maja = citizens.get(tx, cast.maja)
        assert citizens.get(tx, "nobody") is None
    assert (maja.name, maja.reference, maja.profile) == ("Maja Skov", "SAG-17", "rehabiliteringsteam")
    assert (maja.reachable, maja.created_at, maja.joined_at) == (None, NOW, None)


def test_citizens_are_listed_by_caseworker_and_can_be_moved(database, cast):
    with database.write() as tx:
        citizens.move(tx, cast.omar, cast.jens)
    with database.read() as tx:
        assert {citizen.id for citizen in citizens.list_all(tx)} == {cast.maja, cast.omar}
        assert [citizen.id for citizen in citizens.list_all(tx, cast.dorte)] == [cast.maja]
        assert [citizen.name for citizen in citizens.list_all(tx, cast.jens)] == ["Omar Dal"]


def test_whether_a_citizen_can_be_reached_is_kept(database, cast):
    with database.write() as tx:
        citizens.set_reachable(tx, cast.maja, False)
    with database.read() as tx:
        assert (citizens.get(tx, cast.maja).reachable, citizens.get(tx, cast.omar).reachable) == (False, None)


def test_changing_a_citizen_who_is_not_there_is_refused(database, cast):
    for change in (
        lambda tx: citizens.move(tx, "nobody", cast.jens),
        lambda tx: citizens.set_reachable(tx, "nobody", True),
        lambda tx: citizens.set_profile(tx, "nobody", "p"),
        lambda tx: tx.lock("nobody"),
    ):
        with pytest.raises(UnknownCitizen), database.write() as tx:
            change(tx)


def test_what_is_raised_inside_a_transaction_undoes_all_of_it(database, cast):
    with pytest.raises(ZeroDivisionError), database.write() as tx:
        citizens.set_reachable(tx, cast.maja, True)
        raise ZeroDivisionError
    with database.read() as tx:
        assert citizens.get(tx, cast.maja).reachable is None


def test_a_time_from_another_zone_is_the_same_moment_and_one_without_a_zone_is_refused(database, cast):
    summer = timezone(timedelta(hours=2))
    with database.write() as tx:
        added = citizens.add(tx, cast.dorte, "Liv", datetime(2026, 7, 1, 1, 30, tzinfo=summer), profile="p")
    with database.read() as tx:
        kept = citizens.get(tx, added.id).created_at
    assert kept == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert kept.tzinfo is UTC
    with pytest.raises(Exception, match="without a zone"), database.write() as tx:
        citizens.add(tx, cast.dorte, "Liv", datetime(2026, 7, 1), profile="p")  # noqa: DTZ001


@pytest.mark.parametrize("column", ["name", "draft_key", "sent_key"])
def test_a_value_moved_from_one_citizen_to_another_does_not_open(database, cast, column):
    move = f"UPDATE citizens SET {column} = (SELECT {column} FROM citizens WHERE id = :other) WHERE id = :here"
    with database.write() as tx:
        tx.conn.execute(text(move), {"here": cast.maja, "other": cast.omar})
    with pytest.raises(KeyFault, match="moved from another row"), database.read() as tx:
        citizens.get(tx, cast.maja)


def test_a_refused_statement_tells_no_parameters(database, cast):
    with pytest.raises(RefusedStatement) as raised, database.write() as tx:
        citizens.add(tx, "planted-caseworker", "Planted Name", NOW, profile="planted-profile")
    assert "citizens" in str(raised.value)
    assert "planted" not in str(raised.value).lower()
    assert raised.value.__suppress_context__
