"""The command line in an empty folder of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import time_machine

from afsaet import clock
from afsaet.assistant.casework import caseload
from afsaet.store.database import Database
from tests.cli.program import JENS, METTE, Afsaet
from tests.fake_telegram import FakeTelegram


@pytest.fixture
def afsaet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Afsaet:
    """The program in an empty folder, with no settings but those of the test."""
    for name in [name for name in os.environ if name.startswith("AFSAET_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Afsaet(folder)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with Mette and Jens in it, to be copied."""
    data = tmp_path_factory.mktemp("people") / "data"
    database = Database.open(f"sqlite:///{data}/afsaet.sqlite3", data / "key", data_dir=data)
    with closing(database), database.write() as tx:
        for email, name in ((METTE, "Mette Holm"), (JENS, "Jens Krogh")):
            caseload.add_caseworker(tx, email, name, clock.now())
    return data


@pytest.fixture
def people(afsaet: Afsaet, filled: Path) -> Afsaet:
    """The program, with two caseworkers in it."""
    shutil.copytree(filled, afsaet.folder / "data")
    return afsaet


@pytest.fixture
def november() -> Iterator[None]:
    """It is Tuesday the 24th of November 2026, at noon in Denmark."""
    with time_machine.travel("2026-11-24T12:00:00+01:00", tick=False):
        yield


@pytest.fixture
def municipality(afsaet: Afsaet, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Writes a kommune.toml and makes it the one in use; returns its folder."""
    def write(text: str) -> Path:
        folder = afsaet.folder / "kommune"
        folder.mkdir(exist_ok=True)
        (folder / "kommune.toml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("AFSAET_MUNICIPALITY_DIR", str(folder))
        return folder

    return write


@pytest.fixture
def telegram(afsaet: Afsaet, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeTelegram]:
    """A Telegram that knows the bot, and the settings that lead to it."""
    with FakeTelegram() as server:
        monkeypatch.setenv("AFSAET_TELEGRAM_TOKEN", server.token)
        monkeypatch.setenv("AFSAET_TELEGRAM_API_URL", server.url)
        yield server
