"""The README names every command and every option, and none that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from typer.core import TyperGroup

from afsaet.cli import app

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def commands(group: Any, path: str = "afsaet") -> Iterator[tuple[str, list[str]]]:
    """Every command with its words, and its options by their long names."""
    if isinstance(group, TyperGroup):
        for name, each in group.commands.items():
            yield from commands(each, f"{path} {name}")
    else:
        yield path, [name for option in group.params for name in option.opts if name.startswith("--")]


COMMANDS = dict(commands(typer.main.get_command(app)))
# The commands as the README writes them: code that begins with the program's name.
WRITTEN = [*re.findall(r"`(afsaet [^`\n]*)`", README), *re.findall(r"^(afsaet .*)$", README, re.MULTILINE)]


def written(path: str) -> str:
    """Everywhere that the README writes this command."""
    return "\n".join(line for line in WRITTEN if re.match(rf"{path}(?!\w)", line))


def test_every_command_is_in_the_readme() -> None:
    assert [path for path in COMMANDS if not written(path)] == []


def test_every_option_is_in_the_readme_with_its_command() -> None:
    assert "`--json`" in README
    missing = [f"{path} {option}" for path, options in COMMANDS.items() for option in options
               if option != "--json" and not re.search(rf"{option}(?![\w-])", written(path))]
    assert missing == []


def test_no_command_is_in_the_readme_that_is_not_there() -> None:
    strange = [line for line in WRITTEN if not any(re.match(rf"{path}(?!\w)", line) for path in COMMANDS)]
    assert strange == ["afsaet COMMAND --help"]
