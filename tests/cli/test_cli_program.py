"""The program as a process of its own."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest

from tests.cli.program import METTE, Afsaet

PROGRAM = [sys.executable, "-c", "import sys; from afsaet.cli import main; sys.argv[0] = 'afsaet'; main()"]


def run(*words: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run([*PROGRAM, *words], check=False, capture_output=True, timeout=60, env=env)


def test_a_refusal_is_an_exit_code_a_sentence_and_a_json_object(afsaet: Afsaet) -> None:
    done = run("citizen", "show", "nobody", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {"error": done.stderr.decode().strip()}


def test_the_help_is_there_without_loading_what_the_commands_need() -> None:
    heavy = ["telegram", "typst", "docx", "sqlalchemy", "pydantic", "babel", "yaml", "segno", "alembic", "uvicorn"]
    look = f"import sys, afsaet.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, timeout=60, check=True)
    assert done.stdout.decode().strip() == "[]"
    assert b"citizen" in run("--help").stdout


def test_letters_the_terminal_does_not_know_end_no_command(people: Afsaet) -> None:
    people.citizen("Søren 李")
    shown = run("citizen", "list", encoding="latin-1")
    assert shown.returncode == 0
    assert "Søren ?" in shown.stdout.decode("latin-1")
    listed = run("citizen", "list", "--json", encoding="latin-1")
    assert json.loads(listed.stdout)["items"][0]["name"] == "Søren 李"


def on_a_terminal(columns: int, *words: str) -> str:
    """What a command shows on a terminal of so many columns."""
    terminal, end = pty.openpty()
    with subprocess.Popen([*PROGRAM, *words], stdout=end, stderr=end,
                          env={**os.environ, "COLUMNS": str(columns)}) as process:
        os.close(end)
        drawn = b""
        try:
            while piece := os.read(terminal, 4096):
                drawn += piece
        except OSError:
            pass  # Linux says so when the other side has gone
        os.close(terminal)
    assert process.returncode == 0
    return drawn.decode().replace("\r\n", "\n")


def test_on_a_terminal_a_list_is_drawn_and_brackets_in_names_stay(people: Afsaet) -> None:
    people("caseworker", "add", "bo@kommune.dk", "--name", "Bo [red]Vang")
    drawn = on_a_terminal(120, "caseworker", "list")
    assert "[red]" in drawn
    assert "─" in drawn
    assert METTE in drawn


def test_an_id_is_whole_on_a_terminal_however_narrow(people: Afsaet) -> None:
    citizen = people.json("citizen", "add", "--name", "Kirsten Lund", "--caseworker", METTE,
                          "--reference", "2026-0001-af-2")["id"]
    for columns in (120, 80, 70, 40):
        drawn = on_a_terminal(columns, "citizen", "list")
        assert citizen in drawn
        assert ("─" in drawn) == (columns > 70)
    assert f"Id: {citizen}\nName: Kirsten Lund\n" in drawn


def test_what_is_said_in_a_narrow_terminal_is_folded_to_it(people: Afsaet, monkeypatch: pytest.MonkeyPatch) -> None:
    code = people.json("citizen", "invite", people.citizen("Kirsten Lund"))["code"]
    widest = {}
    for columns in (200, 40):
        monkeypatch.setenv("COLUMNS", str(columns))
        said = people("chat", code).out
        widest[columns] = max(len(line) for line in said.splitlines() if "[#" not in line)
    assert widest[40] <= 40 < widest[200] <= 78
