"""Development by itself, for those who want it apart from a plan: text to paste, CSV for Excel, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from babel.numbers import format_decimal

from afsaet.export.clean import every_text, lines, plain, whole
from afsaet.export.csv_table import harmless
from afsaet.export.json_data import escaped
from afsaet.export.shared import Shared, rows_of
from afsaet.measures.items import history_of

FORMATS = ("txt", "csv", "json")
SCHEMA = "afsaet-development-1"
# Never reordered or renamed.
COLUMNS = ("round", "measure", "at", "item_id", "item", "value", "text", "points", "percent")
NUMBERS = frozenset({"value", "points", "percent"})


def write(shared: Shared, fmt: str) -> bytes:
    """What is shared, in one of `FORMATS`. The same always gives the same bytes."""
    if fmt == "txt":
        return (plain(lines(shared.development)) + "\n").encode()
    if fmt == "csv":
        return _csv(every_text(every_text(shared.rounds_data(), lines), plain))
    data = {"schema": SCHEMA, "taken_at": shared.taken_at.isoformat(timespec="seconds"),
            "rounds": shared.rounds_data(), "goals": shared.goals_data()}
    return escaped(json.dumps(every_text(data, whole), ensure_ascii=False, indent=2)).encode()


def _csv(rounds: list[dict[str, Any]]) -> bytes:
    """A row for each answer: semicolons, a byte order mark, decimals with a comma and days as Danish Excel reads them.

    points and percent: against the first number of the same line.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(rounds):
        writer.writerow(_cell(name, row.get(name)) for name in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def _rows(rounds: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    first: dict[str, int] = {}
    for each in rounds:
        about = {"round": each["id"], "measure": each["measure"], "at": each["at"][:16].replace("T", " ")}
        for item in rows_of(each):
            value, line = item["value"], history_of(item["id"])
            row = {**about, "item_id": item["id"], "item": item["label"], "text": item["text"]}
            if isinstance(value, int):
                start = first.setdefault(line, value)
                percent = 100 * (value - start) / start if start > 0 else None
                row |= {"value": value, "points": value - start, "percent": percent}
            yield row


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    # A number of ours may begin with a minus; a text of the citizen's that does might be a formula.
    return format_decimal(value, "0.#", locale="da") if name in NUMBERS else harmless(str(value))
