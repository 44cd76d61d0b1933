"""`afsaet demo`: everything on this machine with a sample citizen; no account, no network."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import typer

from afsaet.cli.answer import Answer
from afsaet.cli.chat import NOT_KEPT, lines, printing, sample, talk

FOLDER = Path("demo")


def demo(context: typer.Context) -> Answer:
    """Be the citizen, or watch a recorded one, and see what their caseworker gets."""
    from tempfile import TemporaryDirectory

    said: list[dict[str, Any]] = []
    aside = bool(context.params.get("as_json"))
    say = printing(said, aside=aside)
    played = not sys.stdin.isatty()
    with TemporaryDirectory(prefix="afsaet-") as folder, sample(folder) as (assistant, citizen, code):
        given = recorded(aside=aside) if played else lines()
        talk(assistant, code, given, say, how="" if played else NOT_KEPT)
        written = documents(assistant, citizen)
    if not written:
        return Answer({"citizen": citizen, "files": []}, ["Nothing was sent, so there are no documents."])
    shown = ["The citizen has sent. This is what the caseworker can file:", *(f"  {path}" for path in written)]
    return Answer({"citizen": citizen, "files": [str(path) for path in written]}, shown)


def recorded(*, aside: bool) -> Iterator[str]:
    """The lines of a citizen who answers everything and sends it."""
    text = files("afsaet.cli").joinpath("recorded_citizen.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        typer.echo(f"> {line}\n", err=aside)
        yield line


def documents(assistant: Any, citizen_id: str) -> list[Path]:
    """The latest sent version in every format, written to the folder `demo`; none where nothing was sent."""
    from afsaet.cli.files import write_private
    from afsaet.export import FORMATS, file_name, render
    from afsaet.flows.conversation import MAIN
    from afsaet.store import versions

    with assistant.database.read() as tx:
        version = versions.latest(tx, citizen_id, MAIN)
    if version is None:
        return []
    FOLDER.mkdir(exist_ok=True)
    written = []
    for fmt in FORMATS:
        path = FOLDER / file_name(version.content, fmt, citizen_id)
        write_private(path, render(version.content, fmt, assistant.municipality.headings(), citizen=citizen_id))
        written.append(path)
    return written
