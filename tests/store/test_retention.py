from datetime import timedelta

import pytest

from afsaet.store import conversations, retention, versions

from .conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def drafts(database, cast):
    """Maja was here ten days ago, Omar today."""
    with database.write() as tx:
        conversations.save(tx, cast.maja, {"ask": 1}, {}, NOW - 10 * DAY)
        conversations.save(tx, cast.omar, {"ask": 1}, {}, NOW)


def test_a_draft_nobody_touches_is_warned_of_once(database, cast, drafts):
    with database.write() as tx:
        assert retention.unwarned(tx, NOW - 11 * DAY, 10) == []
        assert retention.unwarned(tx, NOW - 10 * DAY, 10) == [cast.maja]
        assert len(retention.unwarned(tx, NOW, 1)) == 1
        assert retention.note_warned(tx, cast.maja, NOW) is True
        assert retention.note_warned(tx, cast.maja, NOW) is False
        assert retention.unwarned(tx, NOW - 10 * DAY, 10) == []


def test_a_draft_is_ready_to_go_some_time_after_the_warning(database, cast, drafts):
    with database.write() as tx:
        assert retention.warned(tx, NOW, NOW, 10) == []
        retention.note_warned(tx, cast.maja, NOW)
        assert retention.warned(tx, NOW, NOW - DAY, 10) == []
        assert retention.warned(tx, NOW, NOW, 10) == [cast.maja]


def test_a_turn_takes_the_warning_back(database, cast, drafts):
    with database.write() as tx:
        retention.note_warned(tx, cast.maja, NOW)
        assert retention.still_untouched(tx, cast.maja, NOW - 10 * DAY) is True
        conversations.save(tx, cast.maja, {"ask": 2}, {}, NOW)
        assert retention.still_untouched(tx, cast.maja, NOW - 10 * DAY) is False
        assert retention.warned(tx, NOW, NOW, 10) == []
        assert sorted(retention.unwarned(tx, NOW, 10)) == sorted([cast.maja, cast.omar])


def test_versions_go_some_time_after_they_were_filed(database, cast):
    with database.write() as tx:
        for _ in range(3):
            versions.add(tx, cast.maja, "f", {}, NOW - 40 * DAY)
        versions.mark_filed(tx, cast.maja, "f", 1, NOW - 31 * DAY)
        versions.mark_filed(tx, cast.maja, "f", 2, NOW)
        assert retention.drop_filed(tx, NOW - 30 * DAY) == 1
        found = versions.list_all(tx, cast.maja)
        assert [(version.number, version.snapshot is None) for version in found] == [(1, True), (2, False), (3, False)]
        assert versions.add(tx, cast.maja, "f", {}, NOW) == 4
