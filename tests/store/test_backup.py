import json
import shutil
import stat
import zipfile
from datetime import datetime

import pytest
from sqlalchemy import text

from afsaet.measures.card import Card
from afsaet.measures.figures import Figure
from afsaet.measures.rounds import Round
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.place import Passed, Place
from afsaet.store import (
    citizens,
    conversations,
    figures,
    keyfile,
    measure_cards,
    meetings,
    outbox,
    own_tasks,
    places,
    rounds,
    tasks,
    timers,
    updates,
    versions,
)
from afsaet.store import restore as restoring
from afsaet.store.backup import MANIFEST, Manifest, backup
from afsaet.store.faults import BackupExists, BackupFault, DatabaseFault, KeyFault
from afsaet.store.figures import Given
from afsaet.store.outbox import Item
from afsaet.store.restore import restore
from afsaet.store.tables import metadata

from .conftest import NOW

SOURCE_DOES_NOT_MATTER = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def rows(database):
    with database.read() as tx:
        return {table.name: tx.conn.execute(table.select().order_by(*table.primary_key)).all()
                for table in metadata.sorted_tables}


@pytest.fixture
def filled(database, cast):
    with database.write() as tx:
        answers = {("f", f"q{number}"): {"text": "æ"} for number in range(1200)}
        conversations.save(tx, cast.maja, {"ask": 1}, answers, NOW)
        versions.add(tx, cast.maja, "f", {"text": "x"}, NOW)
        tasks.add(tx, cast.maja, "plan_sent", NOW)
        citizens.set_reachable(tx, cast.maja, False)
        updates.set_aside(tx, 7_000_000_000, 1, NOW, kind="message", error="ValueError")
        outbox.put(tx, cast.chat, [Item({"text": "x"}, reply=False)], NOW)
        outbox.put_to_address(tx, "telegram", "stranger", [Item({"text": "y"})], NOW)
        wall = datetime(2026, 3, 10, 9, 30)  # noqa: DTZ001
        meetings.add(tx, cast.maja, Meeting("m1", "uid", "samtale", wall, "Europe/Copenhagen"), NOW)
        meetings.answer(tx, cast.maja, "m1", 0, "coming", NOW)
        places.save(tx, cast.maja, Place((Passed("start", NOW, "caseworker"),)))
        own_tasks.add(tx, cast.maja, "ringe", None, NOW)
        figures.replace(tx, [Given(Figure("tro", (), 1.5, None), NOW.date(), None)])
        rounds.add(tx, cast.maja, Round("r1", "hjulet", NOW, {"hjul_tro": 3}, shared=True))
        measure_cards.save(tx, cast.maja, Card())
        timers.plan(tx, cast.maja, "reminder", "m1", 0, [(3, NOW), (1, NOW)])
        first = timers.due(tx, NOW, 1)[0].id
        assert timers.claim(tx, first, NOW)
        outbox.put(tx, cast.chat, [Item({"text": "z"}, reply=False, timer_id=first)], NOW)
    return cast


@pytest.fixture
def saved(database, filled, tmp_path):
    file = tmp_path / "afsaet.backup"
    backup(database, file, NOW)
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, homes, home):
    """An empty place of either kind, with the key file already there."""
    target = homes.empty(request.param)
    target.data_dir.mkdir()
    shutil.copy(home.key_file, target.key_file)
    return target


def restored(file, target):
    return restore(file, target.url, target.key_file, data_dir=target.data_dir)


def test_a_backup_restored_into_either_database_is_the_same(database, filled, saved, target):
    assert restored(saved, target).made_at == NOW
    copy = target.open()
    assert rows(copy) == rows(database)
    with copy.write() as tx:
        assert conversations.open_chat(tx, "telegram", filled.address).answers["f"]["q1"] == {"text": "æ"}
        assert tasks.add(tx, filled.omar, "plan_sent", NOW) == 2
        outbox.put(tx, filled.chat, [Item({"text": "next"})], NOW)
        assert max(one.id for one in outbox.due(tx, "telegram", NOW, 10)) == 4
        assert meetings.get(tx, "m1").answer.word == "coming"
        outbox.done(tx, [one.id for one in outbox.due(tx, "telegram", NOW, 10) if one.timer_id], NOW)
        assert [timer.state for timer in timers.of_citizen(tx, filled.maja)] == ["sent", "planned"]
        timers.plan(tx, filled.maja, "reminder", "m1", 0, [(2, NOW)])
        assert max(one.id for one in timers.due(tx, NOW, 10)) == 3
    copy.close()


@SOURCE_DOES_NOT_MATTER
def test_every_table_has_something_to_be_restored(database, filled):
    empty = {name for name, found in rows(database).items() if not found}
    assert empty == {"invitations", "consents", "notices", "events"}


def test_a_backup_is_for_its_owner_alone_and_says_that_the_key_is_not_in_it(saved):
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with zipfile.ZipFile(saved) as archive:
        assert "key file is not in this backup" in Manifest.model_validate_json(archive.read(MANIFEST)).note


# SQLite reads and writes in turn within one process.
@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_backup_is_of_one_moment(database, filled, tmp_path, monkeypatch, home):
    writer = home.open()
    written = []

    def write_once(connection, *_):
        if not written:
            written.append(1)
            with writer.write() as tx:
                tx.conn.execute(text("DELETE FROM outbox"))

    before = rows(database)
    real = zipfile.ZipFile.open
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **kw: write_once(*args) or real(*args, **kw))
    manifest = backup(database, tmp_path / "backup", NOW)
    writer.close()
    assert written
    assert {part.name: part.rows for part in manifest.tables}["outbox"] == len(before["outbox"]) == 3


def test_a_file_that_is_there_is_not_written_over(database, tmp_path):
    (tmp_path / "backup").write_text("holiday photos")
    with pytest.raises(BackupExists, match="is there already"):
        backup(database, tmp_path / "backup", NOW)
    assert (tmp_path / "backup").read_text() == "holiday photos"
    with pytest.raises(BackupFault, match="cannot be made"):
        backup(database, tmp_path / "no-such-folder" / "backup", NOW)


def test_a_backup_that_fails_leaves_no_file(database, cast, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(BackupFault, match="No space left"):
        backup(database, tmp_path / "backup", NOW)
    assert not (tmp_path / "backup").exists()


def refused(file, target, fault, says):
    """Restoring is refused with these words, and the place is as empty as before."""
    files = sorted(path.name for path in target.data_dir.iterdir())
    with pytest.raises(fault, match=says):
        restored(file, target)
    assert sorted(path.name for path in target.data_dir.iterdir()) == files
    if target.url.startswith("postgresql"):
        with pytest.raises(DatabaseFault, match="is empty"):
            target.open()


def rewritten(file, change):
    """The backup with some of its parts changed."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def drop_a_row(parts):
    parts["answers.jsonl"] = parts["answers.jsonl"].split(b"\n", 1)[1]


def change_a_value(parts):
    parts["tasks.jsonl"] = parts["tasks.jsonl"].replace(b"plan_sent", b"plan_lost")


def drop_a_column(parts):
    parts["tasks.jsonl"] = b'[1, "x"]\n'


def drop_a_table(parts):
    del parts["tasks.jsonl"]


@SOURCE_DOES_NOT_MATTER
@pytest.mark.parametrize(("change", "says"), [
    (drop_a_row, "is damaged .in the table answers"),
    (change_a_value, "is damaged .in the table tasks"),
    (drop_a_column, "is damaged .in the table tasks"),
    (drop_a_table, "is not a whole backup"),
    (lambda parts: parts.pop(MANIFEST), "is not a whole backup"),
    (lambda parts: parts.update({MANIFEST: b"{}"}), "is not a backup that this version"),
])
def test_a_damaged_backup_is_refused(saved, target, change, says):
    rewritten(saved, change)
    refused(saved, target, BackupFault, says)


@SOURCE_DOES_NOT_MATTER
def test_a_backup_with_a_byte_gone_wrong_is_refused(saved, target):
    with zipfile.ZipFile(saved) as archive:
        part = archive.getinfo("answers.jsonl")
    content = bytearray(saved.read_bytes())
    content[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0x55
    saved.write_bytes(content)
    refused(saved, target, BackupFault, "is not a whole backup|is damaged")


@SOURCE_DOES_NOT_MATTER
def test_a_backup_from_a_newer_program_is_refused(saved, target):
    def newer(parts):
        parts[MANIFEST] = json.dumps({**json.loads(parts[MANIFEST]), "schema_revision": "9999"}).encode()

    rewritten(saved, newer)
    refused(saved, target, BackupFault, "newer version")


@SOURCE_DOES_NOT_MATTER
def test_a_file_that_is_no_backup_is_refused(saved, target):
    saved.write_bytes(saved.read_bytes()[:-100])
    refused(saved, target, BackupFault, "is not a whole backup")
    saved.unlink()
    refused(saved, target, BackupFault, "cannot be read")


@SOURCE_DOES_NOT_MATTER
def test_a_backup_is_not_restored_without_its_key_file(saved, target):
    target.key_file.unlink()
    refused(saved, target, KeyFault, "is missing")
    keyfile.create(target.key_file)
    refused(saved, target, KeyFault, "does not belong")


def test_a_backup_is_restored_into_an_empty_place_only(database, saved, home):
    before = rows(database)
    with pytest.raises(BackupFault, match="is not empty"):
        restored(saved, home)
    assert rows(database) == before


@SOURCE_DOES_NOT_MATTER
def test_a_restore_that_fails_half_way_leaves_the_place_empty(saved, target, monkeypatch):
    def fails(conn, part, archive, fill=restoring._fill):
        fill(conn, part, archive)
        if part.name == "answers":
            raise ZeroDivisionError("half way")

    monkeypatch.setattr(restoring, "_fill", fails)
    refused(saved, target, ZeroDivisionError, "half way")
