import os
import sqlite3
import stat
import traceback
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import event, make_url

from afsaet.store import citizens, keyfile
from afsaet.store.database import Database
from afsaet.store.faults import DatabaseFault, KeyFault, RefusedStatement


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def contents(folder):
    """The files of a folder, but for those SQLite keeps beside a database while it is open."""
    return {path.name: path.read_bytes() for path in folder.iterdir()
            if path.is_file() and path.suffix not in {".sqlite3-wal", ".sqlite3-shm"}}


@pytest.fixture
def sqlite_home(homes):
    return homes.filled("sqlite")


@pytest.fixture
def postgresql_home(homes):
    return homes.filled("postgresql")


def test_the_first_use_of_an_empty_folder_makes_everything_for_its_owner_alone(homes):
    home = homes.empty("sqlite")
    previous = os.umask(0)
    try:
        database = home.open()
        with database.write() as tx:
            tx.conn.exec_driver_sql("DELETE FROM updates")
        assert mode(home.data_dir) == 0o700
        assert {path.name: mode(path) for path in home.data_dir.iterdir()} == dict.fromkeys(
            ["afsaet.sqlite3", "afsaet.sqlite3-wal", "afsaet.sqlite3-shm", "key"], 0o600)
        database.close()
    finally:
        os.umask(previous)


def test_a_database_opens_again_with_what_it_held(home):
    first = home.open()
    with first.write() as tx:
        tx.conn.exec_driver_sql("INSERT INTO updates (bot_id, update_id, at) VALUES (1, 2, '2026-01-01 00:00:00')")
    first.close()
    second = home.open()
    with second.read() as tx:
        assert tx.conn.exec_driver_sql("SELECT update_id FROM updates").scalar() == 2
    second.close()


def test_two_processes_that_open_an_empty_place_at_once_both_get_it(backend, homes, at_once):
    home = homes.empty(backend)
    opened = at_once(3, lambda _: home.open(create_key=True, upgrade=True))
    for number, database in enumerate(opened):
        with database.write() as tx:
            assert tx.keys.lookup("a", "b") == opened[0].keys.lookup("a", "b")
            tx.conn.exec_driver_sql(
                f"INSERT INTO updates (bot_id, update_id, at) VALUES (1, {number}, '2026-01-01 00:00:00')")
    for database in opened:
        database.close()


def test_sqlite_is_set_to_lose_nothing_and_to_keep_nothing_deleted(sqlite_home):
    database = sqlite_home.open()
    with database.read() as tx:
        pragmas = {name: tx.conn.exec_driver_sql(f"PRAGMA {name}").scalar()
                   for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")}
    database.close()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def refused(home, fault, says, **options):
    """Opening is refused with these words, and every file stays as it was."""
    before = contents(home.data_dir)
    with pytest.raises(fault, match=says) as raised:
        home.open(**options)
    assert contents(home.data_dir) == before
    return str(raised.value)


def test_a_file_that_is_no_database_is_told(sqlite_home):
    sqlite_home.file.write_bytes(b"This is a letter, not a database. " * 200)
    refused(sqlite_home, DatabaseFault, "is not a database file")


def test_a_folder_in_place_of_the_file_is_told(sqlite_home):
    sqlite_home.file.unlink()
    sqlite_home.file.mkdir()
    refused(sqlite_home, DatabaseFault, "cannot be opened")


def test_a_folder_in_place_of_the_key_file_is_no_key_file(homes):
    """A container's engine makes one where the file that it is to bring in is not there."""
    home = homes.empty("sqlite")
    home.key_file.mkdir(parents=True)
    refused(home, KeyFault, "cannot be read")
    assert not home.file.exists()


def test_a_damaged_database_is_told(sqlite_home):
    content = bytearray(sqlite_home.file.read_bytes())
    content[100:4096] = os.urandom(3996)
    sqlite_home.file.write_bytes(content)
    refused(sqlite_home, DatabaseFault, "is damaged")


def test_another_programs_database_is_left_alone(homes):
    home = homes.empty("sqlite")
    home.data_dir.mkdir()
    with closing(sqlite3.connect(home.file)) as conn:
        conn.execute("CREATE TABLE recipes (name TEXT)")
    refused(home, DatabaseFault, "another program's tables")


def test_a_locked_database_is_told_at_start_and_later(homes):
    home = homes.empty("sqlite")
    home.data_dir.mkdir()
    with closing(sqlite3.connect(home.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseFault, match="locked by another program"):
            home.open(wait=0.05)
        other.execute("ROLLBACK")
        database = home.open(wait=0.05)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseFault, match="locked by another program"), database.write():
            raise AssertionError
        with database.read() as tx:
            assert citizens.list_all(tx) == []
        other.execute("ROLLBACK")
        with database.write():
            pass
        database.close()


def test_waiting_too_long_for_a_connection_is_told(sqlite_home, at_once):
    database = sqlite_home.open(wait=0.05)
    with database.write(), pytest.raises(DatabaseFault, match="is busy"), database.read():
        raise AssertionError
    database.close()


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseFault, match=r"The folder .* cannot be made"):
        Database.open(f"sqlite:///{tmp_path / 'a'}", tmp_path / "key", data_dir=tmp_path / "file" / "data")
    with pytest.raises(DatabaseFault, match=r"The database .* cannot be made"):
        Database.open(f"sqlite:///{tmp_path / 'none' / 'a'}", tmp_path / "key", data_dir=tmp_path)


def test_a_missing_key_file_is_never_made_anew_for_a_database_that_holds_something(home):
    home.key_file.unlink()
    refused(home, KeyFault, "is missing. Put back the key file")
    refused(home, KeyFault, "is missing. Put back the key file", create_key=True, upgrade=True)


def test_a_garbled_key_file_is_told(home):
    home.key_file.write_text("{")
    refused(home, KeyFault, "is garbled")


def test_another_databases_key_file_is_told(home):
    home.key_file.unlink()
    keyfile.create(home.key_file)
    refused(home, KeyFault, "does not belong to this database")


def test_a_key_file_with_another_lookup_key_or_another_master_key_under_the_same_name_is_told(home):
    good, other = keyfile.read(home.key_file), keyfile.fresh()
    keyfile.replace(home.key_file, keyfile.KeyFile(good.masters, other.lookup))
    refused(home, KeyFault, "does not belong to this database")
    renamed = dict(zip(good.masters, other.masters.values(), strict=True))
    keyfile.replace(home.key_file, keyfile.KeyFile(renamed, good.lookup))
    refused(home, KeyFault, "does not belong to this database")


def test_a_database_from_a_newer_program_is_told(home):
    database = home.open()
    with database.write() as tx:
        tx.conn.exec_driver_sql("UPDATE afsaet_schema SET version_num = '9999'")
    database.close()
    refused(home, DatabaseFault, "newer version of Afsæt")


def test_an_empty_postgresql_waits_for_the_command_and_for_its_key(homes):
    home = homes.empty("postgresql")
    home.data_dir.mkdir()
    refused(home, DatabaseFault, "is empty.*afsaet db upgrade")
    refused(home, KeyFault, "made only when it is asked for", upgrade=True)
    home.open(upgrade=True, create_key=True).close()
    assert mode(home.key_file) == 0o600
    home.open().close()


@pytest.mark.parametrize("url", [
    "mysql://user:planted@host/base", "planted", "sqlite://", "sqlite:///:memory:", "", "postgresql:planted",
])
def test_an_address_the_store_cannot_use_is_told_without_showing_it(tmp_path, url):
    with pytest.raises(DatabaseFault, match="AFSAET_DATABASE_URL is not an address") as raised:
        Database.open(url, tmp_path / "key", data_dir=tmp_path / "data")
    assert "planted" not in "".join(traceback.format_exception(raised.value)).replace(repr(url), "")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_is_told_without_the_password(tmp_path):
    with pytest.raises(DatabaseFault, match=r"base at 127\.0\.0\.1 cannot be reached") as raised:
        Database.open("postgresql://user:planted@127.0.0.1:1/base", tmp_path / "key", data_dir=tmp_path)
    assert "planted" not in "".join(traceback.format_exception(raised.value)).replace("user:planted", "")
    assert list(tmp_path.iterdir()) == []


def test_a_statement_the_database_does_not_know_is_a_mistake_in_the_program(database):
    for statement in ("SELECT planted FROM citizens", "SELECT 1 FROM planted"):
        with pytest.raises(RefusedStatement, match="refused a statement"), database.write() as tx:
            tx.conn.exec_driver_sql(statement)


def test_a_database_the_server_does_not_have_is_told(postgresql, tmp_path):
    with pytest.raises(DatabaseFault, match="no such database or user: no_such_database"):
        Database.open(postgresql.url("no_such_database"), tmp_path / "key", data_dir=tmp_path)


def test_a_user_who_may_not_use_the_tables_is_told(homes, postgresql_home, postgresql):
    postgresql.run("CREATE ROLE guest LOGIN")
    try:
        for home, says in ((postgresql_home, "may not make or use the tables.*owner"),
                           (homes.empty("postgresql"), "may not make or use the tables.*owner")):
            guest = replace(home, url=make_url(home.url).set(username="guest").render_as_string(hide_password=False))
            with pytest.raises(DatabaseFault, match=says):
                guest.open(upgrade=True, create_key=True)
    finally:
        postgresql.run("DROP ROLE guest")


def test_a_database_that_takes_no_changes_is_told(postgresql_home):
    database = postgresql_home.open()
    with pytest.raises(DatabaseFault, match="takes no changes"), database.write() as tx:
        tx.conn.exec_driver_sql("SET TRANSACTION READ ONLY")
        tx.conn.exec_driver_sql("DELETE FROM outbox")
    database.close()


def test_a_database_that_takes_changes_is_found_to_and_is_as_it_was(database):
    database.check_writable()
    with database.read() as tx:
        assert len(tx.conn.exec_driver_sql("SELECT value FROM meta WHERE name = 'check'").all()) == 1


def test_a_copy_that_only_follows_is_found_to_take_no_changes(postgresql_home):
    database = postgresql_home.open()
    event.listen(database._write, "begin", lambda conn: conn.exec_driver_sql("SET TRANSACTION READ ONLY"))
    with pytest.raises(DatabaseFault, match="takes no changes"):
        database.check_writable()
    database.close()


def test_a_connection_the_server_cuts_is_told_and_the_next_transaction_works(postgresql_home, postgresql):
    database = postgresql_home.open()
    with pytest.raises(DatabaseFault, match="cannot be reached"), database.write() as tx:
        pid = tx.conn.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        postgresql.run(f"SELECT pg_terminate_backend({pid})")
        citizens.get(tx, "nobody")
    with database.read() as tx:
        assert citizens.list_all(tx) == []
    database.close()


# SQLite has one writer and no row locks.
@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_row_lock_that_is_held_too_long_is_told(database, cast, home):
    impatient = home.open(wait=0.05)
    with database.write() as tx:
        tx.lock(cast.maja)
        with pytest.raises(DatabaseFault, match="is busy"), impatient.write() as other:
            other.lock(cast.maja)
        with impatient.write() as other:
            other.lock(cast.omar)
    impatient.close()


