from __future__ import annotations

import shutil
import zipfile

import pytest

from afsaet.cli.faults import FAULT, REFUSED
from afsaet.store import schema
from tests.cli.program import Afsaet


@pytest.fixture
def citizen(people: Afsaet) -> str:
    return people.citizen("Kirsten Lund")


def test_a_new_master_key_opens_what_was_there(people: Afsaet, citizen: str) -> None:
    before = (people.folder / "data" / "key").read_bytes()
    turned = people.json("keys", "rotate")
    assert turned == {"key_file": str(people.folder / "data" / "key"), "data_keys": 4}  # two people, a citizen's two
    assert (people.folder / "data" / "key").read_bytes() != before
    assert people.json("citizen", "show", citizen)["name"] == "Kirsten Lund"
    assert "key file" in people("keys", "rotate").out


def test_an_empty_place_is_set_up_by_an_upgrade(afsaet: Afsaet) -> None:
    done = afsaet.json("db", "upgrade")
    assert done == {"database": str(afsaet.folder / "data" / "afsaet.sqlite3"), "schema": schema.revisions()[-1]}
    assert "up to date" in afsaet("db", "upgrade").out


def test_a_backup_is_restored_into_an_empty_place(people: Afsaet, citizen: str) -> None:
    made = people.json("db", "backup", "all.zip")
    assert (made["file"], made["rows"]["citizens"]) == ("all.zip", 1)
    assert zipfile.is_zipfile(people.folder / "all.zip")
    assert "key" in people("db", "backup", "again.zip").out

    data = people.folder / "data"
    shutil.copy(data / "key", people.folder / "key")
    shutil.rmtree(data)
    data.mkdir()
    shutil.move(people.folder / "key", data)
    assert people.json("db", "restore", "all.zip") == made
    assert people.json("citizen", "show", citizen)["name"] == "Kirsten Lund"


def test_a_backup_is_not_laid_over_anything(people: Afsaet, citizen: str) -> None:
    people("db", "backup", "all.zip")
    assert "is there already" in people("db", "backup", "all.zip", code=REFUSED).err
    assert "not empty" in people("db", "restore", "all.zip", code=FAULT).err
    assert people.json("citizen", "show", citizen)["name"] == "Kirsten Lund"


def test_a_restore_wants_the_key_of_its_time_and_a_file(people: Afsaet) -> None:
    people("db", "backup", "all.zip")
    shutil.rmtree(people.folder / "data")
    assert "key file" in people("db", "restore", "all.zip", code=FAULT).err
    people("db", "restore", "no-such.zip", code=2)
    (people.folder / "text.zip").write_text("text")
    assert people.json("db", "restore", "text.zip", code=FAULT)["error"].startswith("text.zip is not")
