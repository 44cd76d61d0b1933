from __future__ import annotations

import pytest

from tests.cli.program import METTE, Afsaet


def test_the_first_command_in_an_empty_folder_makes_database_and_key(afsaet: Afsaet) -> None:
    assert afsaet.json("caseworker", "list") == {"items": []}
    assert (afsaet.folder / "data" / "afsaet.sqlite3").stat().st_mode & 0o777 == 0o600
    assert (afsaet.folder / "data" / "key").stat().st_mode & 0o777 == 0o600
    assert (afsaet.folder / "data").stat().st_mode & 0o777 == 0o700


def test_an_added_caseworker_is_listed_with_everything_given(afsaet: Afsaet) -> None:
    added = afsaet.json("caseworker", "add", METTE, "--name", "Mette Holm", "--phone", "12 34 56 78",
                        "--hours", "hverdage 9-12")
    assert added == {"id": added["id"], "email": METTE, "name": "Mette Holm", "phone": "12 34 56 78",
                     "hours": "hverdage 9-12"}
    assert afsaet.json("caseworker", "list") == {"items": [added]}


def test_a_list_that_is_not_for_a_terminal_is_plain_columns(afsaet: Afsaet) -> None:
    added = afsaet.json("caseworker", "add", METTE, "--name", "Mette [red]Holm", "--hours", " ")
    assert afsaet("caseworker", "list").out == (
        f"Id\tE-mail\tName\tPhone\tHours\n{added['id']}\t{METTE}\tMette [red]Holm\t\t\n")


def test_the_same_address_in_other_capitals_is_refused(afsaet: Afsaet) -> None:
    afsaet("caseworker", "add", METTE, "--name", "Mette Holm")
    said = afsaet("caseworker", "add", METTE.upper(), "--name", "En anden", code=1)
    assert "already" in said.err
    assert not said.out


@pytest.mark.parametrize("email", [
    "mette", "mette@", "@kommune.dk", "mette holm@kommune.dk", "mette@kommune.dk\nBcc: x@y.dk", "mette@ærø.dk",
    "<mette@kommune.dk>", f"mette@{'k' * 200}.dk",
])
def test_what_is_no_address_is_refused(afsaet: Afsaet, email: str) -> None:
    assert "name@municipality.dk" in afsaet("caseworker", "add", email, "--name", "Mette", code=1).err


@pytest.mark.parametrize("name", ["", "  ", "Mette\nHolm", "Mette\x1b[31m", "M" * 201, "\u200b", "Mette \u202eHolm"])
def test_a_name_is_one_line(afsaet: Afsaet, name: str) -> None:
    assert "one line" in afsaet("caseworker", "add", METTE, "--name", name, code=1).err
