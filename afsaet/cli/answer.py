"""What a command answers, and how that is shown: one JSON object, or text for people."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from afsaet.cli.faults import code_and_sentence

SHORT, NARROWEST, APART = 10, 10, 3  # signs: an id, a column that may be folded, what stands around each
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. A cell is shown as it is: nothing in it is markup."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A command's answer. data: the JSON object. shown: what people get instead, line by line.

    content: bytes for standard output in place of `shown`. notes: for people, on standard error in either
    case. code: the exit code.
    """

    data: Mapping[str, Any]
    shown: Sequence[str | Table] = ()
    content: bytes | None = None
    notes: Sequence[str] = ()
    code: int = 0


def command(group: typer.Typer, name: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Make a function that returns an Answer a command of the group, with `--json` among its options.

    What it raises ends in one sentence and an exit code, never in a traceback.
    """
    def register(function: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(function)
        def run(*, as_json: bool, **given: Any) -> None:
            try:
                answer = function(**given)
            except (typer.Exit, typer.Abort, TyperException):
                raise
            except Exception as error:  # a traceback would show what was being worked on
                code, sentence = code_and_sentence(error)
                answer = Answer({"error": sentence}, notes=[sentence], code=code)
            _show(answer, as_json=as_json)
            raise typer.Exit(answer.code)

        signature = inspect.signature(function, eval_str=True)
        flag = inspect.Parameter("as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Json)
        vars(run)["__signature__"] = signature.replace(parameters=[*signature.parameters.values(), flag])
        group.command(name)(run)
        return function

    return register


def _show(answer: Answer, *, as_json: bool) -> None:
    for note in answer.notes:
        typer.echo(note, err=True)
    if as_json:
        typer.echo(_one_line(answer.data))
    elif answer.content is not None:
        typer.echo(answer.content, nl=False)
    else:
        for part in answer.shown:
            _print(part)


def _one_line(data: Mapping[str, Any]) -> str:
    line = json.dumps(data, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding)
    except UnicodeEncodeError:  # what the terminal cannot show is written as escapes
        return json.dumps(data)
    return line


def _print(part: str | Table) -> None:
    if isinstance(part, str):
        typer.echo(part)
    elif sys.stdout.isatty():
        _draw(part)
    else:
        for row in (part.headings, *part.rows):
            typer.echo("\t".join(row))


def _draw(table: Table) -> None:
    from rich import box, console  # noqa: PLC0415 - only a terminal needs it
    from rich.table import Table as Drawn  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    screen = console.Console()
    longest = [max(map(len, column)) for column in zip(table.headings, *table.rows, strict=True)]
    if sum(min(width, NARROWEST) + APART for width in longest) > screen.width:
        _list(table)
        return
    drawn = Drawn(box=box.SIMPLE_HEAD)
    for heading, width in zip(table.headings, longest, strict=True):
        drawn.add_column(heading, no_wrap=width <= SHORT)  # what is copied, such as an id, stands on one line
    for row in table.rows:
        drawn.add_row(*(Text(cell, overflow="fold") for cell in row))
    screen.print(drawn)


def _list(table: Table) -> None:
    """Every row by itself, a line a cell, where the screen is too narrow for columns."""
    for row in table.rows:
        for heading, cell in zip(table.headings, row, strict=True):
            if cell:
                typer.echo(f"{heading}: {cell}")
        typer.echo()
