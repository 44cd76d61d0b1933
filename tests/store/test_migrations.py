import shutil
import sqlite3
import stat
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, inspect

from afsaet.store import citizens, schema
from afsaet.store.address import Place
from afsaet.store.backup import backup
from afsaet.store.faults import DatabaseFault
from afsaet.store.restore import restore
from afsaet.store.tables import metadata
from afsaet.store.tables import outbox as outbox_table

from .conftest import NOW

NEXT = '''
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0099", "{latest}"

def upgrade():
    op.add_column("citizens", sa.Column("shoe_size", sa.Integer))
'''


def test_the_migrations_make_exactly_the_tables_the_program_uses(database):
    with database.read() as tx:
        context = MigrationContext.configure(tx.conn, opts={
            "target_metadata": metadata, "version_table": schema.VERSION_TABLE, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_partial_indexes_hold_the_rows_that_the_program_expects(database):
    expected = {index.name: str(index.dialect_options["sqlite"]["where"]) for table in metadata.sorted_tables
                for index in table.indexes if index.dialect_options["sqlite"]["where"] is not None}
    with database.read() as tx:
        where = f"{tx.dialect}_where"
        found = {index["name"]: str(index["dialect_options"][where]) for table in metadata.sorted_tables
                 for index in inspect(tx.conn).get_indexes(table.name) if where in index.get("dialect_options", {})}
    plain = {name: words.strip("()").replace("::text", "") for name, words in found.items()}
    assert plain == expected


def test_what_was_on_its_way_in_the_first_tables_is_there_after_the_upgrade(homes, backend):
    home = homes.empty(backend)
    home.data_dir.mkdir(exist_ok=True)
    engine = Place.of(home.url, home.data_dir, 30.0).engine()
    with engine.begin() as conn:
        schema.upgrade(conn, "0001")
        before = Table("outbox", MetaData(), autoload_with=conn)
        row = {"channel": "telegram", "address_hash": b"1", "mark": b"2", "kind": "send", "reply": True,
               "payload": b"3", "created_at": NOW, "not_before": NOW, "attempts": 1, "progress": 2}
        conn.execute(before.insert(), [row, row])
        schema.upgrade(conn)
        rows = conn.execute(outbox_table.select().order_by(outbox_table.c.id)).mappings().all()
        assert [kept["id"] for kept in rows] == [1, 2]
        assert {name: rows[1][name] for name in row} == row
        assert rows[1]["timer_id"] is None
        conn.execute(outbox_table.delete())
        assert conn.execute(outbox_table.insert(), row).inserted_primary_key == (3,)
    engine.dispose()


def test_the_revisions_stand_in_the_file_names():
    scripts = ScriptDirectory(str(schema.SCRIPTS))
    assert [script.revision for script in scripts.walk_revisions()][::-1] == schema.revisions()
    assert scripts.get_heads() == schema.revisions()[-1:]


@pytest.fixture
def newer_program(tmp_path, monkeypatch):
    """From the call on, the program knows one migration more."""
    def become_newer():
        scripts = tmp_path / "newer" / "migrations"
        shutil.copytree(schema.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "0099_next.py").write_text(NEXT.format(latest=schema.revisions()[-1]))
        monkeypatch.setattr(schema, "SCRIPTS", scripts)

    return become_newer


def test_an_older_database_is_upgraded_with_all_it_holds(database, cast, home, newer_program):
    database.close()
    newer_program()
    if database.path is None:
        with pytest.raises(DatabaseFault, match=r"older version of Afsæt.*afsaet db upgrade"):
            home.open()
    upgraded = home.open(upgrade=True)
    with upgraded.read() as tx:
        assert citizens.get(tx, cast.maja).name == "Maja Skov"
        assert tx.conn.exec_driver_sql("SELECT shoe_size FROM citizens").scalars().all() == [None, None]
    upgraded.close()
    home.open().close()


def test_sqlite_is_copied_before_it_is_upgraded_and_the_copy_is_whole(homes, newer_program):
    home = homes.filled("sqlite")
    before = home.file.read_bytes()
    newer_program()
    home.open().close()
    (copy,) = (home.data_dir / "backups").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(":memory:")) as expected:
        expected.deserialize(before.replace(b"\x02\x02\x00@  ", b"\x01\x01\x00@  ", 1))
        assert list(old.iterdump()) == list(expected.iterdump())
    home.open().close()
    assert len(list((home.data_dir / "backups").iterdir())) == 1


def test_an_upgrade_that_fails_changes_nothing(homes, newer_program):
    home = homes.filled("sqlite")
    newer_program()
    script = schema.SCRIPTS / "versions" / "0099_next.py"
    script.write_text(script.read_text() + "    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        home.open()
    with closing(sqlite3.connect(home.file)) as conn:
        assert conn.execute("SELECT version_num FROM afsaet_schema").fetchone() == (schema.revisions()[-2],)
        assert "shoe_size" not in [column[1] for column in conn.execute("PRAGMA table_info(citizens)")]


def test_a_backup_from_an_older_program_is_restored_and_upgraded(database, cast, home, homes, tmp_path, newer_program):
    backup(database, tmp_path / "backup", NOW)
    newer_program()
    target = homes.empty("sqlite")
    restore(tmp_path / "backup", target.url, home.key_file, data_dir=target.data_dir)
    copy = type(home)(target.url, home.key_file, target.data_dir).open()
    with copy.read() as tx:
        assert citizens.get(tx, cast.maja).name == "Maja Skov"
        assert tx.conn.exec_driver_sql("SELECT shoe_size FROM citizens").scalars().all() == [None, None]
    copy.close()
