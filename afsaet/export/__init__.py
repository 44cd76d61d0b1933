"""A sent version as a document: PDF to file, DOCX to edit, text to paste, CSV and JSON for other systems; and likewise
what is shared of rounds and goals, by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from afsaet.export import csv_table, development_files, docx_file, json_data, pdf, text, words
from afsaet.export.build import build, build_development
from afsaet.export.clean import every_text, lines, plain, whole
from afsaet.export.document import Document, Picture
from afsaet.export.names import file_name
from afsaet.export.plan import read
from afsaet.export.printable import printable
from afsaet.export.shared import Shared

__all__ = ["FORMATS", "document_of", "file_name", "render", "render_development"]

FORMATS = ("pdf", "docx", "csv", "txt", "json")


def render(
    snapshot: Mapping[str, Any], fmt: str, headings: Mapping[str, str], *, citizen: str = "",
    shared: Shared | None = None,
) -> bytes:
    """The snapshot of a sent version as a file's content. The same snapshot always gives the same bytes.

    fmt: one of `FORMATS`. headings: an official heading's code to its name in the text profile.
    citizen: the id that stands where the case has no reference. shared: rounds and goals to stand beside it, which
    are of another day than the version. Raises ValueError for another format, or when the snapshot is not one
    (`plan.read`).
    """
    if shared is not None:
        snapshot = {**snapshot, "goals": shared.goals_data(), "rounds": shared.rounds_data()}
    if fmt == "pdf":
        return pdf.write(document_of(snapshot, headings, citizen=citizen, shared=shared, change=printable, drawn=True))
    if fmt == "docx":
        return docx_file.write(document_of(snapshot, headings, citizen=citizen, shared=shared, drawn=True))
    if fmt == "txt":
        return text.write(document_of(snapshot, headings, citizen=citizen, shared=shared))
    if fmt == "csv":
        return csv_table.write(read(every_text(every_text(snapshot, lines), plain)))
    if fmt == "json":
        return json_data.write(read(every_text(snapshot, whole)))
    raise ValueError(f"the formats are {', '.join(FORMATS)}")


def render_development(shared: Shared, fmt: str, *, reference: str | None = None, citizen: str = "") -> bytes:
    """What is shared of rounds and goals as a file's content, by itself. The same always gives the same bytes.

    fmt: one of `FORMATS`. reference, citizen: the case's, and the id that stands where it has none. Raises ValueError
    for another format.
    """
    if fmt in development_files.FORMATS:
        return development_files.write(shared, fmt)
    if fmt not in FORMATS:
        raise ValueError(f"the formats are {', '.join(FORMATS)}")
    change = printable if fmt == "pdf" else plain
    ordinary = every_text({"parts": shared.parts(beside=False), "reference": reference or citizen}, lines)
    fit = every_text(ordinary, change)
    document = build_development(
        fit["parts"], _fitting(shared.pictures(), change), shared.taken_at,
        " ".join(fit["reference"].split()) or words.NO_REFERENCE, replaced=fit != ordinary)
    return pdf.write(document) if fmt == "pdf" else docx_file.write(document)


def document_of(
    snapshot: Mapping[str, Any],
    headings: Mapping[str, str],
    *,
    citizen: str = "",
    shared: Shared | None = None,
    change: Callable[[str], str] = plain,
    drawn: bool = False,
) -> Document:
    """The document of a snapshot with every text made fit for where it is shown by `change`. drawn: with pictures of
    the rounds, which take some tenths of a second each."""
    parts = shared.parts(beside=True) if shared is not None and shared.anything else []
    pictures = _fitting(shared.pictures(), change) if shared is not None and drawn else []
    ordinary = every_text({"snapshot": snapshot, "headings": headings, "citizen": citizen, "parts": parts}, lines)
    fit = every_text(ordinary, change)
    return build(read(fit["snapshot"]), fit["headings"], citizen=fit["citizen"], replaced=fit != ordinary,
                 shared=fit["parts"], pictures=pictures)


def _fitting(pictures: list[Picture], change: Callable[[str], str]) -> list[Picture]:
    return [replace(each, title=change(lines(each.title)), alt=change(lines(each.alt))) for each in pictures]
