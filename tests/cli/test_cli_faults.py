"""Refusals and faults: a sentence, an exit code, and nothing of what anybody wrote."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.core import TyperGroup

from afsaet.assistant.casework import caseload
from afsaet.cli import app
from afsaet.cli.faults import FAULT, REFUSED, code_and_sentence
from afsaet.store import events
from afsaet.store.faults import RefusedStatement, UnknownCitizen
from tests.cli.program import METTE, Afsaet

NAME = "Kirsten Lund"


def test_every_command_takes_json() -> None:
    def leaves(group: Any, path: str = "afsaet") -> list[tuple[str, list[str]]]:
        if not isinstance(group, TyperGroup):
            return [(path, [name for option in group.params for name in option.opts])]
        return [leaf for name, each in group.commands.items() for leaf in leaves(each, f"{path} {name}")]

    assert [path for path, options in leaves(typer.main.get_command(app)) if "--json" not in options] == []


@pytest.mark.parametrize("words", [
    ["citizen", "show", NAME], ["citizen", "invite", NAME], ["citizen", "erase", NAME, "--yes"],
    ["citizen", "move", NAME, "--caseworker", METTE], ["citizen", "filed", NAME], ["export", NAME, "--format", "txt"],
    ["citizen", "add", "--name", NAME, "--caseworker", "kirsten@lund.dk"], ["citizen", "list", "--caseworker", NAME],
    ["task", "list", "--caseworker", "kirsten@lund.dk"], ["task", "done", "99"], ["flows", "diagram", NAME],
    ["caseworker", "add", METTE, "--name", NAME], ["citizen", "show", "\udcff"],
])  # fmt: skip
def test_a_refusal_is_one_sentence_without_what_was_typed(people: Afsaet, words: list[str]) -> None:
    said = people(*words, code=REFUSED)
    assert not said.out
    assert said.err.count("\n") == 1
    assert said.err.endswith(".\n")
    assert "irsten" not in said.err
    assert people.json(*words, code=REFUSED) == {"error": said.err.strip()}


def test_with_json_the_sentence_is_on_standard_error_too(people: Afsaet) -> None:
    said = people("citizen", "show", "nobody", "--json", code=REFUSED)
    assert json.loads(said.out) == {"error": said.err.strip()}


@pytest.mark.parametrize("words", [["citizen"], ["citizen", "sing"], ["citizen", "show"], ["sing"],
                                   ["citizen", "add", "--name", "x"], ["task", "done", "x"]])
def test_wrong_usage_ends_with_2_and_an_empty_standard_output_or_the_help(people: Afsaet, words: list[str]) -> None:
    said = people(*words, code=2)
    assert not said.out or "Usage" in said.out


def test_a_mistake_in_the_settings_names_the_setting_and_not_the_value(
    people: Afsaet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFSAET_TELEGRAM_TOKEN", "hemmelig nøgle")
    said = people("citizen", "list", code=FAULT)
    assert "AFSAET_TELEGRAM_TOKEN" in said.err
    assert "hemmelig" not in said.err


def test_a_mistake_in_kommune_toml_stops_every_command_that_needs_it(
    people: Afsaet, municipality: Callable[[str], Path]
) -> None:
    municipality("invite_days = 0\n")
    for words in (["citizen", "list"], ["kommune", "show"], ["task", "list"], ["flows", "list"]):
        assert "invite_days" in people(*words, code=FAULT).err


def test_a_key_of_another_database_is_told_and_nothing_is_changed(people: Afsaet) -> None:
    data = people.folder / "data"
    shutil.move(data / "afsaet.sqlite3", people.folder / "kept.sqlite3")
    (data / "key").unlink()
    people("caseworker", "list")
    other = (data / "key").read_bytes()
    (data / "afsaet.sqlite3").unlink()
    for beside in data.glob("afsaet.sqlite3-*"):
        beside.unlink()
    shutil.move(people.folder / "kept.sqlite3", data / "afsaet.sqlite3")
    assert "does not belong to this database" in people("caseworker", "list", code=FAULT).err
    assert (data / "key").read_bytes() == other


def test_a_file_that_is_no_database_is_told(people: Afsaet) -> None:
    (people.folder / "data" / "afsaet.sqlite3").write_bytes(secrets.token_bytes(8192))
    assert "is not a database file" in people("caseworker", "list", code=FAULT).err


def test_what_nobody_foresaw_is_told_by_its_class_alone(people: Afsaet, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError(f"about {NAME}")

    monkeypatch.setattr(caseload, "cases", breaks)
    said = people("citizen", "list", code=FAULT)
    assert "RuntimeError" in said.err
    assert NAME not in said.err
    assert "Traceback" not in said.err
    assert "RuntimeError" in people.json("citizen", "list", code=FAULT)["error"]


def test_what_failed_half_way_has_changed_nothing(people: Afsaet, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError

    citizen = people.citizen()
    with monkeypatch.context() as patch:
        patch.setattr(events, "note", breaks)
        people("citizen", "invite", citizen, code=FAULT)
    assert people.json("citizen", "show", citizen)["invited_at"] is None


def test_the_stores_words_about_a_citizen_or_a_statement_are_not_passed_on() -> None:
    code, sentence = code_and_sentence(UnknownCitizen(NAME))
    assert (code, NAME in sentence) == (REFUSED, False)
    code, sentence = code_and_sentence(RefusedStatement("INSERT INTO citizens"))
    assert (code, "INSERT" in sentence) == (FAULT, False)
