import stat
from threading import Event, Thread

import pytest
from sqlalchemy import text

from afsaet.store import caseworkers, chats, citizens, conversations, erasure, keyfile, outbox, rotation, versions
from afsaet.store.backup import backup
from afsaet.store.faults import BackupFault, DatabaseFault, KeyFault
from afsaet.store.keys import Keys
from afsaet.store.outbox import Item
from afsaet.store.rotation import rotate

from .conftest import NOW


def masters(home):
    return list(keyfile.read(home.key_file).masters)


def everything(database, cast):
    """What a new process reads."""
    with database.read() as tx:
        return (
            caseworkers.list_all(tx), citizens.list_all(tx), chats.address_of(tx, cast.chat.id),
            conversations.load(tx, cast.maja), versions.list_all(tx, cast.maja), outbox.due(tx, "telegram", NOW, 100),
        )


@pytest.fixture
def filled(database, cast):
    with database.write() as tx:
        conversations.save(tx, cast.maja, {"ask": 1}, {("f", "a"): {"text": "x"}}, NOW)
        versions.add(tx, cast.maja, "f", {"text": "x"}, NOW)
        outbox.put(tx, cast.chat, [Item({"text": "x"})], NOW)
        outbox.put_to_address(tx, "telegram", "stranger", [Item({"text": "y"})], NOW)
    return cast


def test_a_rotation_leaves_one_new_master_key_and_everything_opens(database, filled, home):
    before, (old,) = everything(database, filled), masters(home)
    assert rotate(database) == 7  # two caseworkers, two citizens with two keys each, one row to a stranger
    (new,) = masters(home)
    assert new != old
    assert stat.S_IMODE(home.key_file.stat().st_mode) == 0o600
    assert everything(database, filled) == before
    fresh = home.open()
    assert everything(fresh, filled) == before
    with fresh.read() as tx:
        assert old not in b"".join(tx.conn.execute(text("SELECT sent_key FROM citizens")).scalars())
    fresh.close()


def test_a_process_that_runs_on_reads_and_writes_under_the_new_master_key(database, filled, home):
    running = home.open()
    rotate(database)
    assert everything(running, filled)
    with running.write() as tx:
        added = citizens.add(tx, filled.dorte, "Liv", NOW, profile="p")
        wrapped = tx.conn.execute(text("SELECT sent_key FROM citizens WHERE id = :id"), {"id": added.id}).scalar()
    assert [wrapped[:8]] == masters(home)
    running.close()


def test_rotating_while_another_process_writes_loses_nothing(database, filled, home):
    writer, stop, names, failures = home.open(), Event(), [], []

    def write():
        try:
            for number in range(2000):
                if stop.is_set():
                    return
                with writer.write() as tx:
                    name = f"Citizen {number}"
                    added = citizens.add(tx, filled.dorte, name, NOW, profile="p", reference=name)
                    conversations.save(tx, added.id, {"n": number}, {("f", "a"): {"n": number}}, NOW)
                names.append((added.id, name, number))
        except BaseException as failure:
            failures.append(failure)
            raise

    thread = Thread(target=write)
    thread.start()
    try:
        for _ in range(2):
            rotate(database)
    finally:
        stop.set()
        thread.join()
        writer.close()
    assert failures == []
    fresh = home.open()
    with fresh.read() as tx:
        for citizen_id, name, number in names:
            found = citizens.get(tx, citizen_id)
            assert (found.name, found.reference) == (name, name)
            assert conversations.load(tx, citizen_id) == ({"n": number}, {"f": {"a": {"n": number}}})
    fresh.close()
    assert names
    assert len(masters(home)) == 1


def test_a_rotation_waits_for_a_key_that_is_on_its_way_in(database, filled, home):
    impatient = home.open(wait=0.05)
    with database.write() as tx:
        citizens.add(tx, filled.dorte, "Liv", NOW, profile="p")
        with pytest.raises(DatabaseFault):
            rotate(impatient)
    rotate(impatient)
    assert len(masters(home)) == 1
    assert len(everything(impatient, filled)[1]) == 3
    impatient.close()


def stopped_before(column, monkeypatch, database):
    """A rotation that ends in the midst, as if its process were killed."""
    rewrap = rotation._rewrap

    def stops(db, wrapped, row, master):
        if wrapped.name == column:
            raise KeyboardInterrupt
        return rewrap(db, wrapped, row, master)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(rotation, "_rewrap", stops)
        rotate(database)


# Its data keys would lie under two master keys, and no copy of the key file that anybody keeps holds both.
@pytest.mark.parametrize("column", ["draft_key", "sent_key", "data_key", "own_key"])
def test_no_backup_is_made_while_data_keys_lie_under_two_master_keys(
    database, filled, tmp_path, monkeypatch, column
):
    stopped_before(column, monkeypatch, database)
    with pytest.raises(BackupFault, match=r"has not ended.*keys rotate"):
        backup(database, tmp_path / "backup", NOW)
    assert not (tmp_path / "backup").exists()
    rotate(database)
    backup(database, tmp_path / "backup", NOW)


def test_a_rotation_leaves_no_draft_of_the_key_file_that_a_killed_one_left(database, filled, home, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(type(home.key_file), "replace", killed)
        rotate(database)
    strange = home.key_file.with_name(f"{home.key_file.name}.old.new")
    strange.write_text("not ours")
    assert len(list(home.key_file.parent.glob("*.new"))) == 2
    rotate(database)
    assert list(home.key_file.parent.glob("*.new")) == [strange]


def test_a_rotation_that_stopped_half_way_is_finished_by_the_next(database, filled, home, monkeypatch):
    before = everything(database, filled)
    stopped_before("sent_key", monkeypatch, database)
    assert len(masters(home)) == 2
    fresh = home.open()
    assert everything(fresh, filled) == before
    assert rotate(fresh) == 7
    assert len(masters(home)) == 1
    assert everything(fresh, filled) == before
    fresh.close()


def test_a_rotation_goes_on_until_nothing_is_left(database, filled, home, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    assert rotate(database) == 7
    assert everything(database, filled)


# SQLite has one writer, so nothing can happen meanwhile.
@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_data_key_that_went_away_meanwhile_does_not_come_back(database, filled, home, monkeypatch):
    other, rewrapped, forgotten = home.open(), Keys.rewrapped, []

    def forget_first(self, *arguments):
        if not forgotten:
            forgotten.append(filled.maja)
            with other.write() as tx:
                erasure.forget(tx, filled.maja, NOW)
        return rewrapped(self, *arguments)

    monkeypatch.setattr(Keys, "rewrapped", forget_first)
    assert rotate(database) == 6
    with database.read() as tx:
        assert tx.boxes_of(filled.maja).draft_or_none is None
    other.close()


def test_two_rotations_at_once_do_not_meet(database, filled, home):
    with rotation._alone(home.key_file), pytest.raises(KeyFault, match="being changed already"):
        rotate(database)
    assert len(masters(home)) == 1


def test_lookups_survive_a_rotation(database, filled):
    rotate(database)
    with database.read() as tx:
        assert chats.find(tx, "telegram", filled.address) == filled.chat
        assert caseworkers.find_by_email(tx, "dorte@kommune.example").id == filled.dorte
