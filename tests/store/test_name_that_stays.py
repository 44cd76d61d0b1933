"""Whose something is that stays with the authority when the citizen has deleted what they wrote."""

from datetime import datetime, timedelta

import pytest

from afsaet.meetings.meeting import Meeting
from afsaet.store import chats, citizens, erasure, meetings, names, retention, tasks, versions

from .conftest import NOW


@pytest.fixture
def omar(database, cast):
    """One whose case has no reference."""
    with database.read() as tx:
        assert citizens.get(tx, cast.omar).reference is None
    return cast.omar


def forget(database, citizen):
    with database.write() as tx:
        erasure.forget(tx, citizen, NOW)


def name(database, citizen):
    with database.read() as tx:
        return citizens.get(tx, citizen).name


def sends(tx, citizen):
    versions.add(tx, citizen, "f", {"sections": []}, NOW)


def asks_to_be_called(tx, citizen):
    tasks.add(tx, citizen, "contact_wished", NOW)


def has_a_meeting(tx, citizen):
    wall = datetime(2026, 3, 10, 9, 30)  # noqa: DTZ001 - local to the zone beside it
    meetings.add(tx, citizen, Meeting("m1", "uid", "samtale", wall, "Europe/Copenhagen"), NOW)


@pytest.mark.parametrize("leaves", [sends, asks_to_be_called, has_a_meeting])
def test_what_a_caseworker_is_left_with_has_a_name_where_there_is_no_reference(database, omar, leaves):
    with database.write() as tx:
        leaves(tx, omar)
    forget(database, omar)
    assert name(database, omar) == "Omar Dal"


def test_the_name_goes_where_nothing_stays_or_a_reference_tells_whose_it_is(database, cast, omar):
    with database.write() as tx:
        sends(tx, cast.maja)
        task = tasks.add(tx, omar, "contact_wished", NOW)
        tasks.done(tx, task, NOW)
    forget(database, cast.maja)
    forget(database, omar)
    assert (name(database, cast.maja), name(database, omar)) == (None, None)


def test_a_meeting_that_is_over_keeps_no_name(database, omar):
    with database.write() as tx:
        has_a_meeting(tx, omar)
    forget(database, omar)
    with database.write() as tx:
        assert names.drop(tx, NOW + timedelta(days=30)) == 1
    assert name(database, omar) is None


def test_the_name_that_stays_is_still_there_when_they_come_back_and_delete_again(database, omar):
    with database.write() as tx:
        sends(tx, omar)
    for _time in range(2):
        forget(database, omar)
        assert name(database, omar) == "Omar Dal"
        with database.write() as tx:
            chats.bind(tx, omar, "telegram", "new-phone", NOW)
        assert name(database, omar) == "Omar Dal"


def test_the_name_that_stays_does_not_open_with_what_is_left_of_the_draft_key(database, omar):
    """It is sealed anew, so that nothing of the drafts' key is needed for it."""
    with database.write() as tx:
        sends(tx, omar)
    before = _sealed_name(database, omar)
    forget(database, omar)
    assert _sealed_name(database, omar) not in (None, before)


def _sealed_name(database, citizen):
    with database.read() as tx:
        return tx.conn.exec_driver_sql(f"SELECT name FROM citizens WHERE id = '{citizen}'").scalar()


def test_the_name_goes_with_what_it_stayed_for(database, omar):
    with database.write() as tx:
        sends(tx, omar)
        task = tasks.add(tx, omar, "plan_sent", NOW)
    forget(database, omar)
    with database.write() as tx:
        versions.mark_filed(tx, omar, "f", 1, NOW)
        tasks.done(tx, task, NOW)
        assert names.drop(tx, NOW) == 0
        retention.drop_filed(tx, NOW)
        assert names.drop(tx, NOW) == 1
    assert name(database, omar) is None
