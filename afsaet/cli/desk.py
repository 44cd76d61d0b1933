"""What the commands work at: the settings, the municipality and the open database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from afsaet import clock
from afsaet.municipality import Municipality
from afsaet.settings import Settings
from afsaet.store.database import Database


@dataclass(frozen=True, slots=True)
class Desk:
    """now: the moment the command began."""

    settings: Settings
    municipality: Municipality
    database: Database
    now: datetime

    def iso(self, moment: datetime | None) -> str | None:
        """A moment as JSON has it: local to the municipality's zone, with the offset, to the second."""
        return None if moment is None else moment.astimezone(self.municipality.zone).isoformat(timespec="seconds")

    def shown(self, moment: datetime | None) -> str:
        """A moment as people read it, local and to the minute; nothing where there is none."""
        return "" if moment is None else moment.astimezone(self.municipality.zone).strftime("%Y-%m-%d %H:%M")


def open_database(settings: Settings, *, create_key: bool = False, upgrade: bool = False) -> Database:
    """The database the settings name. Raises DatabaseFault or KeyFault."""
    url = settings.database_url.get_secret_value()
    return Database.open(url, settings.key_file, data_dir=settings.data_dir, create_key=create_key, upgrade=upgrade)


@contextmanager
def desk() -> Iterator[Desk]:
    """Everything opened, and closed at the end. Raises SettingsFault, MunicipalityFault, DatabaseFault or KeyFault."""
    settings = Settings.load()
    municipality = Municipality.load(settings.municipality_dir)
    database = open_database(settings)
    try:
        yield Desk(settings, municipality, database, clock.now())
    finally:
        database.close()
