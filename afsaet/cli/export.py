"""`afsaet export`: what a citizen has sent, as a document or as data."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from afsaet.cli.answer import Answer
from afsaet.cli.citizen import CitizenId, Dialogue, Version

Format = Literal["pdf", "docx", "csv", "txt", "json"]
TEXTS = ("csv", "txt", "json")


def export(
    citizen: CitizenId,
    fmt: Annotated[Format, typer.Option("--format", help="The kind of file.")],
    version: Version = None,
    dialogue: Dialogue = "forberedelse",
    out: Annotated[Path | None, typer.Option(
        "--out", metavar="FILE", help="The file, which is overwritten, or a folder.",
    )] = None,
) -> Answer:
    """Take out what a citizen has sent: the preparation, or what they sent before a meeting.

    Without --out, csv, txt and json go to standard output; pdf and docx become a file in this folder, named by
    the day and the case's reference.
    """
    from afsaet.assistant import casework
    from afsaet.assistant.casework import Refused
    from afsaet.cli.desk import desk
    from afsaet.export import file_name, render

    with desk() as at:
        with at.database.read() as tx:
            profile = casework.citizen_by(tx, citizen).profile
            sent = casework.sent_version(tx, citizen, version, dialogue)
        content = render(sent.content, fmt, at.municipality.headings(profile), citizen=citizen)
    if out is None and fmt in TEXTS:
        text = content.decode("utf-8-sig")
        data = json.loads(text) if fmt == "json" else {"format": fmt, "version": sent.number, "text": text}
        return Answer(data, content=content)
    file = out or Path()
    if file.is_dir():
        file /= file_name(sent.content, fmt, citizen)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refused(f"The file {file} cannot be written ({error.strerror}).") from None
    return Answer({"file": str(file), "format": fmt, "version": sent.number}, [str(file)])
