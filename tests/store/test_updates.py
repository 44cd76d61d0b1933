from datetime import timedelta

import pytest

from afsaet.store import notices, updates
from afsaet.store.notices import Notice
from afsaet.store.updates import SetAside

from .conftest import NOW

BOT = 7_000_000_000
UPDATE = 9_123_456_789


def test_an_update_is_taken_once_for_each_bot(database):
    with database.write() as tx:
        assert updates.take(tx, BOT, UPDATE, NOW) is True
        assert updates.take(tx, BOT, UPDATE, NOW) is False
        assert updates.take(tx, BOT + 1, UPDATE, NOW) is True
        assert updates.take(tx, BOT, UPDATE - 1, NOW) is True


def test_an_update_that_comes_many_times_at_once_is_taken_once(database, at_once):
    def take(_):
        with database.write() as tx:
            return updates.take(tx, BOT, UPDATE, NOW)

    assert sorted(at_once(6, take)) == [False] * 5 + [True]


def test_an_update_whose_turn_failed_can_be_taken_again(database):
    with pytest.raises(ZeroDivisionError), database.write() as tx:
        updates.take(tx, BOT, UPDATE, NOW)
        raise ZeroDivisionError
    with database.write() as tx:
        assert updates.take(tx, BOT, UPDATE, NOW) is True


def test_an_update_set_aside_is_not_taken_again_and_is_listed_without_content(database):
    with database.write() as tx:
        updates.set_aside(tx, BOT, UPDATE, NOW, kind="message", error="ValueError")
    with database.write() as tx:
        assert updates.take(tx, BOT, UPDATE, NOW) is False
        updates.take(tx, BOT, UPDATE + 1, NOW)
        assert updates.list_set_aside(tx) == [SetAside(BOT, UPDATE, NOW, "message", "ValueError")]


def test_old_updates_are_forgotten(database):
    with database.write() as tx:
        updates.take(tx, BOT, 1, NOW - timedelta(days=30))
        updates.take(tx, BOT, 2, NOW - timedelta(days=20))
        assert updates.purge(tx, NOW - timedelta(days=21)) == 1
        assert updates.take(tx, BOT, 1, NOW) is True
        assert updates.take(tx, BOT, 2, NOW) is False


def test_one_notice_waits_for_a_caseworker_however_much_is_new(database, cast):
    later = NOW + timedelta(hours=1)
    with database.write() as tx:
        notices.put(tx, cast.dorte, NOW)
        notices.put(tx, cast.dorte, later)
        notices.put(tx, cast.jens, NOW, not_before=later)
        (notice,) = notices.due(tx, NOW, 10)
        assert (notice.caseworker_id, notice.created_at, notice.attempts) == (cast.dorte, NOW, 0)
        assert notices.due(tx, NOW, 10, exclude=[notice.id]) == []
        assert [one.caseworker_id for one in notices.due(tx, later, 10)] == [cast.dorte, cast.jens]
        assert len(notices.due(tx, later, 1)) == 1


def test_a_notice_that_failed_is_tried_later_and_one_that_is_sent_is_gone(database, cast):
    later = NOW + timedelta(hours=1)
    with database.write() as tx:
        notices.put(tx, cast.dorte, NOW)
        (notice,) = notices.due(tx, NOW, 10)
        notices.postpone(tx, notice.id, later)
        assert notices.due(tx, NOW, 10) == []
        assert notices.due(tx, later, 10) == [Notice(notice.id, cast.dorte, NOW, 1)]
        notices.done(tx, notice.id)
        assert notices.due(tx, later, 10) == []
        notices.put(tx, cast.dorte, later)
        assert len(notices.due(tx, later, 10)) == 1
