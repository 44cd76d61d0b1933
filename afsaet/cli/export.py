"""`afsaet export`: what a citizen has sent, as a document or as data."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from afsaet.cli.answer import Answer
from afsaet.cli.citizen import CitizenId, Dialogue, Version

Format = Literal["pdf", "docx", "csv", "txt", "json"]
TEXTS = ("csv", "txt", "json")
DEVELOPMENT = "udvikling"
STANDARD_OUTPUT = Path("-")


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

    With the preparation goes what they have shared of rounds and goals until now; --dialogue udvikling takes out that
    alone. Without --out, csv, txt and json go to standard output; pdf and docx become a file in
    this folder, named by the day and the case's reference, and by a number where another document has that name.
    """
    from afsaet.assistant.casework import caseload
    from afsaet.assistant.casework.shared import shared_of
    from afsaet.cli.desk import desk
    from afsaet.export import file_name, render
    from afsaet.flows.conversation import MAIN

    if dialogue == DEVELOPMENT:
        return _development(citizen, fmt, version, out)
    with desk() as at:
        with at.database.read() as tx:
            profile = caseload.citizen_by(tx, citizen).profile
            sent = caseload.sent_version(tx, citizen, version, dialogue)
            shared = shared_of(tx, at.municipality, citizen, at.now) if dialogue == MAIN else None
        content = render(sent.content, fmt, at.municipality.headings(profile), citizen=citizen, shared=shared)
    return _taken_out(content, fmt, {"version": sent.number}, out, file_name(sent.content, fmt, citizen))


def _development(citizen: str, fmt: Format, version: int | None, out: Path | None) -> Answer:
    """What is shared of rounds and goals, by itself."""
    from afsaet.assistant.casework.caseload import Refused, citizen_by
    from afsaet.assistant.casework.shared import shared_of
    from afsaet.cli.desk import desk
    from afsaet.export import render_development

    if version is not None:
        raise typer.BadParameter("Development has no versions.", param_hint="'--version'")
    with desk() as at:
        with at.database.read() as tx:
            reference = citizen_by(tx, citizen).reference
            shared = shared_of(tx, at.municipality, citizen, at.now)
        if not shared.anything:
            raise Refused("The citizen has not shared any rounds or goals.")
        content = render_development(shared, fmt, reference=reference, citizen=citizen)
        day = shared.taken_at.date().isoformat()
    return _taken_out(content, fmt, {}, out, f"{day}_udvikling_{citizen}.{fmt}")


def _taken_out(content: bytes, fmt: Format, more: dict[str, Any], out: Path | None, name: str) -> Answer:
    """The content on standard output, or in a file: `out`, or that name in the folder `out`, where no other document is
    overwritten."""
    from afsaet.assistant.casework.caseload import Refused
    from afsaet.cli.files import write_beside, write_private

    if (out is None or out == STANDARD_OUTPUT) and fmt in TEXTS:
        text = content.decode("utf-8-sig")
        return Answer(json.loads(text) if fmt == "json" else {"format": fmt, **more, "text": text}, content=content)
    if out == STANDARD_OUTPUT:
        return Answer({"format": fmt, **more}, content=content)
    file = out or Path()
    try:
        if file.is_dir():
            file = write_beside(file / name, content)
        else:
            write_private(file, content)
    except OSError as error:
        raise Refused(f"The file {file} cannot be written ({error.strerror}).") from None
    return Answer({"file": str(file), "format": fmt, **more}, [str(file)])
