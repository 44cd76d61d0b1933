"""The commands on PostgreSQL, where a key is made only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
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
