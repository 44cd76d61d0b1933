"""Where the database is, read from its address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from afsaet.store.engines import postgresql_engine, sqlite_engine
from afsaet.store.faults import DatabaseFault


@dataclass(frozen=True, slots=True)
class Place:
    """Where the database is. path: its file if it is SQLite. name: what messages may call it."""

    url: URL
    path: Path | None
    data_dir: Path
    wait: float

    @classmethod
    def of(cls, url: str, data_dir: Path, wait: float) -> Place:
        """Read `url`. Raises DatabaseFault, without showing the address, if it is not one we can use."""
        try:
            parsed = make_url(url)
        except (ArgumentError, ValueError):
            parsed = URL.create("unreadable")
        backend = parsed.drivername.split("+")[0]
        if backend == "sqlite" and parsed.database not in {None, "", ":memory:"}:
            return cls(parsed, Path(str(parsed.database)), data_dir, wait)
        if backend == "postgresql":
            return cls(parsed, None, data_dir, wait)
        raise DatabaseFault(
            "AFSAET_DATABASE_URL is not an address the store can use. "
            "Write sqlite:///path/to/file or postgresql://user:password@host/database."
        )

    @property
    def name(self) -> str:
        """What messages may call it; never the password."""
        if self.path is not None:
            return str(self.path)
        return f"{self.url.database} at {self.url.host or self.url.query.get('host') or 'this machine'}"

    def engine(self) -> Engine:
        """A new engine; nothing is connected yet."""
        if self.path is not None:
            return sqlite_engine(self.path, self.wait)
        return postgresql_engine(self.url, self.wait)
