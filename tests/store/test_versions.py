from datetime import timedelta

import pytest
from sqlalchemy import text

from afsaet.store import versions
from afsaet.store.faults import KeyFault, UnknownCitizen
from afsaet.store.versions import Version

from .conftest import NOW

LATER = NOW + timedelta(days=7)


@pytest.fixture
def sent(database, cast):
    with database.write() as tx:
        versions.add(tx, cast.maja, "forberedelse", {"sections": ["maal"]}, NOW)
        versions.add(tx, cast.maja, "trivselstjek", {"sum": 14}, NOW)
        versions.add(tx, cast.maja, "forberedelse", {"sections": []}, LATER)
        versions.add(tx, cast.omar, "forberedelse", {"sections": ["job"]}, NOW)


def test_versions_are_numbered_for_each_citizen_and_dialogue(database, cast, sent):
    with database.read() as tx:
        assert [(one.dialogue, one.number) for one in versions.list_all(tx, cast.maja)] == [
            ("forberedelse", 1), ("trivselstjek", 1), ("forberedelse", 2)]
        latest = versions.latest(tx, cast.maja, "forberedelse")
        assert latest == Version("forberedelse", 2, {"sections": []}, LATER, None)
        assert versions.get(tx, cast.maja, "forberedelse", 1).snapshot == {"sections": ["maal"]}
        assert versions.get(tx, cast.maja, "forberedelse", 3) is None
        assert versions.latest(tx, cast.omar, "trivselstjek") is None


def test_a_version_is_filed_once(database, cast, sent):
    with database.write() as tx:
        assert versions.mark_filed(tx, cast.maja, "forberedelse", 1, LATER) is True
        assert versions.mark_filed(tx, cast.maja, "forberedelse", 1, LATER + timedelta(days=1)) is False
        assert versions.mark_filed(tx, cast.maja, "forberedelse", 9, LATER) is False
    with database.read() as tx:
        assert [one.filed_at for one in versions.list_all(tx, cast.maja)] == [LATER, None, None]


def test_a_snapshot_moved_to_another_version_does_not_open(database, cast, sent):
    move = ("UPDATE versions SET snapshot = (SELECT snapshot FROM versions WHERE number = 2) "
            "WHERE number = 1 AND dialogue = 'forberedelse'")
    with database.write() as tx:
        tx.conn.execute(text(move))
    with pytest.raises(KeyFault), database.read() as tx:
        versions.get(tx, cast.maja, "forberedelse", 1)


def test_nothing_is_sent_for_a_citizen_who_is_not_there(database):
    with pytest.raises(UnknownCitizen), database.write() as tx:
        versions.add(tx, "nobody", "forberedelse", {}, NOW)
