"""The commands on PostgreSQL, where a key is made only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from afsaet.cli.faults import FAULT
from tests.cli.program import JENS, METTE, Afsaet


@pytest.fixture
def empty(afsaet: Afsaet, postgresql: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Afsaet]:
    """The program with an empty PostgreSQL database."""
    name = postgresql.create()
    monkeypatch.setenv("AFSAET_DATABASE_URL", postgresql.url(name))
    yield afsaet
    postgresql.drop(name)


def test_an_empty_database_names_the_command_that_sets_it_up(empty: Afsaet) -> None:
    assert "afsaet db upgrade" in empty("caseworker", "list", code=FAULT).err
    said = empty("db", "upgrade", code=FAULT).err
    assert "There is no key file" in said
    assert not (empty.folder / "data" / "key").exists()


def test_everything_from_the_first_to_the_last(empty: Afsaet) -> None:
    empty("db", "upgrade", "--create-key")
    for email in (METTE, JENS):
        empty("caseworker", "add", email, "--name", "Mette Holm")
    citizen = empty.citizen("Kirsten Lund")
    empty.joins(citizen)
    empty.answers("Jeg vil gerne arbejde med heste")
    assert empty.json("citizen", "list")["items"][0]["plan"]["state"] == "begun"
    assert empty.json("citizen", "move", citizen, "--caseworker", JENS)["told"]
    assert empty.json("keys", "rotate")["data_keys"] == 4
    assert empty.json("db", "backup", "all.zip")["rows"]["citizens"] == 1
    assert any("PostgreSQL" in sentence for sentence in empty.json("citizen", "erase", citizen, "--yes")["not_reached"])
    states = {item["check"]: item["state"] for item in empty.json("doctor")["items"]}
    assert (states["key"], states["database"]) == ("ok", "ok")


def test_a_file_of_meetings_is_taken_once(empty: Afsaet) -> None:
    """More rows than one transaction takes, and a row that names nobody."""
    empty("db", "upgrade", "--create-key")
    empty("caseworker", "add", METTE, "--name", "Mette Holm")
    empty("citizen", "add", "--name", "Kirsten Lund", "--caseworker", METTE, "--reference", "2026-1")
    year = datetime.now(UTC).year + 2
    rows = [f"2026-1;{day}-{month}-{year};10:00;samtale" for month in (10, 11) for day in range(1, 16)]
    path = empty.folder / "m.csv"
    path.write_text("\n".join(["reference;dato;tid;type", *rows, f"2026-2;1-12-{year};10:00;samtale"]), encoding="utf-8")
    assert [each["line"] for each in empty.json("meeting", "import", path, code=1)["remarks"]] == [32]
    assert empty.json("meeting", "list") == {"items": []}
    assert empty.json("meeting", "import", path, "--take-good-rows")["taken"] == 30
    again = empty.json("meeting", "import", path, "--take-good-rows", code=1)
    assert (again["taken"], len(again["remarks"])) == (0, 31)
    meetings = empty.json("meeting", "list")["items"]
    assert len(meetings) == 30
    assert all([each["state"] for each in meeting["reminders"]] == ["planned", "planned"] for meeting in meetings)
