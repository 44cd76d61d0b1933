"""Wrong usage, lost databases and files that others could read."""

from __future__ import annotations

import json
import re
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.program import METTE, Afsaet


@pytest.mark.parametrize("words", [
    ("citizen", "add"), ("citizen", "add", "--name", "Ib", "--caseworker", METTE, "--profile", "foo"), ("task", "done", "abc"),
    ("db", "restore", "nofile.zip"), ("no-such-command",),
], ids=" ".join)  # fmt: skip
def test_wrong_usage_is_one_json_object_too(afsaet: Afsaet, words: tuple[str, ...]) -> None:
    said = afsaet(*words, "--json", code=2)
    assert list(json.loads(said.out)) == ["error"] and said.err


@pytest.mark.parametrize(("words", "sentence"), [
    (("meeting", "add", "x", "--kind", "samtale", "--at", "i morgen"), "A time is written like 2026-12-01 10:00."),
    (("meeting", "move", "x", "--at", "2026-02-30 10:00"), "A time is written like 2026-12-01 10:00."),
    (("export", "x", "--format", "odt"), "'odt' is not one of 'pdf', 'docx', 'csv', 'txt', 'json'."),
    (("task", "done", "abc"), "Input should be a valid integer"),
], ids=lambda value: value[1] if isinstance(value, tuple) else "")  # fmt: skip
def test_a_wrong_value_is_told_in_a_plain_sentence(
    afsaet: Afsaet, words: tuple[str, ...], sentence: str,
) -> None:
    said = json.loads(afsaet(*words, "--json", code=2).out)["error"]
    assert said.partition(": ")[2] == sentence
    assert "Value error" not in afsaet(*words, code=2).err


def test_a_key_without_its_database_is_a_fault_and_nothing_is_made(afsaet: Afsaet, filled: Path) -> None:
    (afsaet.folder / "data").mkdir()
    shutil.copy(filled / "key", afsaet.folder / "data" / "key")
    for words in (("caseworker", "list"), ("doctor",), ("run",)):
        said = afsaet(*words, code=3)
        assert "no database" in said.out + said.err
        assert [path.name for path in (afsaet.folder / "data").iterdir()] == ["key"]
    afsaet("db", "upgrade")
    assert afsaet.json("caseworker", "list") == {"items": []}


def test_an_emptied_database_beside_its_key_is_a_fault(afsaet: Afsaet, filled: Path) -> None:
    shutil.copytree(filled, afsaet.folder / "data")
    (afsaet.folder / "data" / "afsaet.sqlite3").write_bytes(b"")
    assert "no database" in afsaet("caseworker", "list", code=3).err


def test_the_demonstration_s_documents_are_nobody_else_s_to_read(afsaet: Afsaet) -> None:
    files = afsaet.json("demo")["files"]
    assert files and {stat.S_IMODE(Path(file).stat().st_mode) for file in files} == {0o600}


def test_a_calendar_in_the_terminal_numbers_only_what_can_be_pressed(afsaet: Afsaet) -> None:
    said = afsaet("demo").out
    assert "\n  M  T  O  T  F  L  S\n" in said
    assert re.search(r"\[#1 ‹\]  \w+ \d{4}|–  \w+ \d{4}  \[#1 ›\]", said)
    assert not re.search(r"\[#\d+\s*\]", said)


def test_only_a_chat_that_is_kept_says_so(people: Afsaet) -> None:
    citizen = people.json("citizen", "add", "--name", "Ib", "--caseworker", METTE)["id"]
    code = people.json("citizen", "invite", citizen)["code"]
    assert "alt er gemt" in people("chat", code).err
    made_up = people("chat").err
    assert "alt er gemt" not in made_up and "bliver ikke gemt" in made_up


def test_a_chat_with_a_code_that_opens_nothing_is_refused(afsaet: Afsaet) -> None:
    assert "no open invitation" in afsaet("chat", "nosuchcode", code=1).err


def test_a_code_that_opens_nothing_is_refused_and_no_more_is_said(people: Afsaet) -> None:
    said = people("chat", "abcdefghijkl", code=1)
    assert said.out == ""
    assert said.err.splitlines() == [
        "There is no open invitation with that code. `afsaet citizen invite` makes one."]
    assert people.json("chat", "abcdefghijkl", code=1)["error"] == said.err.strip()


def test_a_conversation_is_gone_on_with_however_its_code_is_typed(people: Afsaet, monkeypatch: pytest.MonkeyPatch) -> None:
    code = people.json("citizen", "invite", people.citizen())["code"]
    monkeypatch.setattr("afsaet.cli.chat.lines", lambda: iter(["Ja, jeg vil gerne prøve"]))
    assert "Begynd" in people("chat", code).out
    spelled = f"{code[:4]}-{code[4:8]}-{code[8:]}".upper()
    monkeypatch.setattr("afsaet.cli.chat.lines", lambda: iter(()))
    assert "Begynd" in people("chat", spelled).out
