"""Opening a database: what is there is looked at, and found right, before anything is changed."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, select, text

from afsaet.store import keyfile, schema
from afsaet.store.address import Place
from afsaet.store.engines import plain_faults, reading
from afsaet.store.faults import DatabaseFault, KeyFault
from afsaet.store.keys import Keys
from afsaet.store.tables import meta

_CHECK = select(meta.c.value).where(meta.c.name == "check")
_UPGRADE_LOCK = 0x61667361  # any number that is ours alone: two upgrades at once wait for each other


def opened(where: Place, key_file: Path, *, create_key: bool, upgrade: bool) -> tuple[Engine, Keys]:
    """The engine and keys of a database that is there, ours, current and opened by its key file."""
    make_folder(where.data_dir)
    engine = where.engine()
    try:
        with plain_faults(where.name), _one_at_a_time(where):
            keys = _checked(where, engine, key_file, create_key=create_key, upgrade=upgrade)
    except BaseException:
        engine.dispose()
        raise
    return engine, keys


@contextmanager
def _one_at_a_time(where: Place) -> Iterator[None]:
    """Be the only process that looks at a SQLite place and fills it. The data folder is locked; that leaves no file."""
    if where.path is None:
        yield
        return
    folder = os.open(where.data_dir, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def set_up(conn: Connection, keys: Keys) -> None:
    """Fill an empty database, inside the transaction `conn` has open: tables, and what the key is checked by."""
    schema.upgrade(conn)
    conn.execute(meta.insert(), {"name": "check", "value": keys.check_value(keys.newest)})


def hold_upgrade(conn: Connection) -> None:
    """Be the only one to change the tables, until the transaction that `conn` has open ends."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})


def make_file(path: Path) -> None:
    """An empty database file with mode 0600, unless there is one."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise DatabaseFault(
            f"The database {path} cannot be made ({error.strerror}). Check that its folder exists and may be "
            "written by this user."
        ) from None


def make_folder(path: Path) -> None:
    """A folder with mode 0700, unless there is one. Raises DatabaseFault."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseFault(f"The folder {path} cannot be made ({error.strerror}). Check AFSAET_DATA_DIR.") from None


def _checked(where: Place, engine: Engine, key_file: Path, *, create_key: bool, upgrade: bool) -> Keys:
    state, check = look_at(where, engine)
    if state == "foreign":
        raise DatabaseFault(f"{where.name} holds another program's tables. Give Afsæt a database of its own.")
    if state == "newer":
        raise DatabaseFault(
            f"{where.name} was made by a newer version of Afsæt. Install that version, or restore a backup "
            "made before the upgrade."
        )
    is_file = where.path is not None
    if state != "current" and not (is_file or upgrade):
        older = "is from an older version of Afsæt. Make a backup with that version, and run"
        what = "is empty. Run" if state == "empty" else older
        raise DatabaseFault(f"The database {where.name} {what} `afsaet db upgrade`.")
    if is_file and state == "empty" and key_file.is_file() and not upgrade:
        # A disk that is not mounted and a misspelt address look just like this, and must not look healthy.
        raise DatabaseFault(
            f"There is a key file {key_file}, and no database at {where.path}. Put the database in its place, set "
            "AFSAET_DATABASE_URL or AFSAET_DATA_DIR right, or restore a backup with `afsaet db restore`. To begin with "
            "an empty database under this key, run `afsaet db upgrade`."
        )
    keys = _keys(key_file, state, may_create=state == "empty" and (is_file or create_key))
    if check is not None:
        keys.verify(check)
    if state == "older" and where.path is not None:
        _copy_before_upgrade(where.path, where.data_dir)
    if where.path is not None:
        make_file(where.path)
    if state != "current":
        with engine.begin() as conn:
            hold_upgrade(conn)
            _brought_up(conn, keys)
            keys.verify(conn.execute(_CHECK).scalar_one())
    if is_file:
        with engine.connect() as conn:
            driver = conn.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA journal_mode=WAL").fetchall()
    return keys


def look_at(where: Place, engine: Engine) -> tuple[schema.State, bytes | None]:
    """How the database stands to this program, and the value its key is checked by; nothing is changed."""
    if where.path is not None and not where.path.exists():
        return "empty", None
    with reading(engine).begin() as conn:
        state = schema.state(conn)
        ours = state in {"current", "older"}
        return state, conn.execute(_CHECK).scalar() if ours else None


def _keys(key_file: Path, state: schema.State, *, may_create: bool) -> Keys:
    if key_file.exists():
        return Keys.load(key_file)
    if may_create:
        return Keys(key_file, keyfile.create(key_file))
    if state == "empty":
        raise KeyFault(
            f"There is no key file {key_file}. For PostgreSQL one is made only when it is asked for, since "
            "every process must have the same: make one with `afsaet db upgrade --create-key`, or name the one "
            "in use in AFSAET_KEY_FILE."
        )
    return Keys.load(key_file)


def _brought_up(conn: Connection, keys: Keys) -> None:
    # Another process may have done it since we looked.
    state = schema.state(conn)
    if state == "empty":
        set_up(conn, keys)
    elif state == "older":
        schema.upgrade(conn)


def _copy_before_upgrade(path: Path, data_dir: Path) -> None:
    folder = data_dir / "backups"
    make_folder(folder)
    number = 1
    while (target := folder / f"before-upgrade-{number}.sqlite3").exists():
        number += 1
    make_file(target)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
