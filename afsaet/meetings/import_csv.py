"""Rows of meetings from a CSV file as spreadsheets write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from afsaet.meetings.import_row import HEADINGS, REQUIRED, BadFile, Raw, decoded

LONGEST_FIELD = 10_000


def csv_rows(data: bytes) -> Iterator[Raw]:
    """Every row that is not empty. UTF-8 or Latin-1, with semicolons or commas; the headings may stand in any order,
    and columns with other headings are passed over. Raises BadFile."""
    text = _text(data)
    first = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,", key=first.count), strict=True)
    headings: list[str] = []
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            yield Raw(line, fault="The row cannot be read, nor can those after it; check its quotation marks.")
            return
        if cells is None:
            break
        if any(cell.strip() for cell in cells):
            if headings:
                yield _row(line, headings, cells)
            else:
                headings = _headings(cells)
        line = reader.line_num + 1
    if not headings:
        raise BadFile("The file is empty.")


def _row(line: int, headings: list[str], cells: list[str]) -> Raw:
    if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings):]):
        return Raw(line, fault="The row has more columns than there are headings.")
    if any(len(cell) > LONGEST_FIELD for cell in cells):
        return Raw(line, fault="A column is too long; check the quotation marks.")
    return Raw(line, {name: cell for name, cell in zip(headings, cells, strict=False) if name in HEADINGS})


def _headings(cells: list[str]) -> list[str]:
    found = [cell.strip().casefold() for cell in cells]
    if lacking := [name for name in REQUIRED if name not in found]:
        raise BadFile(f"The first line must have the headings {', '.join(REQUIRED)}; there is no {', '.join(lacking)}.")
    if twice := [name for name in HEADINGS if found.count(name) > 1]:
        raise BadFile(f"The first line has a heading more than once: {', '.join(twice)}.")
    return found


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data:
        raise BadFile("The file is neither CSV nor a calendar; save it as CSV.")
    return decoded(data)
