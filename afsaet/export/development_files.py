"""Development by itself as text to paste, CSV for Excel, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from babel.numbers import format_decimal

from afsaet.export import words
from afsaet.export.clean import every_text, lines, plain, whole
from afsaet.export.csv_table import harmless
from afsaet.export.json_data import escaped
from afsaet.export.shared import Shared, rows_of
from afsaet.measures.items import history_of

FORMATS = ("txt", "csv", "json")
SCHEMA = "afsaet-development-1"
# Never reordered or renamed.
COLUMNS = ("round", "measure", "at", "item_id", "item", "value", "text", "points", "percent")
TOTAL_ID, GOAL, PART = "i_alt", "maal", "delmaal"
NUMBERS = frozenset({"value", "points", "percent"})


def write(shared: Shared, fmt: str) -> bytes:
    """What is shared, in one of `FORMATS`. The same always gives the same bytes."""
    if fmt == "txt":
        return (plain(lines(shared.development)) + "\n").encode()
    if fmt == "csv":
        rounds, goals = every_text(every_text([shared.rounds_data(), shared.goals_data()], lines), plain)
        return _csv(rounds, goals)
    data = {"schema": SCHEMA, "taken_at": shared.taken_at.isoformat(timespec="seconds"),
            "rounds": shared.rounds_data(), "goals": shared.goals_data()}
    return escaped(json.dumps(every_text(data, whole), ensure_ascii=False, indent=2)).encode()


def _csv(rounds: list[dict[str, Any]], goals: list[dict[str, Any]]) -> bytes:
    """A row for each answer, total and goal: semicolons, a byte order mark, decimals with a comma and days as Danish
    Excel reads them.

    points and percent: against the first number of the same line.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in (*_rows(rounds), *_goals(goals)):
        writer.writerow(_cell(name, row.get(name)) for name in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def _rows(rounds: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    first: dict[str, int] = {}
    for each in rounds:
        about = {"round": each["id"], "measure": each["measure"], "at": each["at"][:16].replace("T", " ")}
        for item in rows_of(each):
            row = {**about, "item_id": item["id"], "item": item["label"], "text": item["text"]}
            yield row | _followed(first, history_of(item["id"]), item["value"])
        if each["total"] is not None:
            name = f"{each['measure']}_{TOTAL_ID}"
            row = {**about, "item_id": name, "item": words.TOTAL, "text": str(each["total"])}
            yield row | _followed(first, name, each["total"])


def _followed(first: dict[str, int], line: str, value: Any) -> dict[str, Any]:
    """The number, and how far it has come from the first of its line; nothing where it is none."""
    if not isinstance(value, int):
        return {}
    start = first.setdefault(line, value)
    return {"value": value, "points": value - start, "percent": 100 * (value - start) / start if start > 0 else None}


def _goals(goals: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each goal, and of each part-goal its words, how it goes, and what belongs to it; its id stands where a round's
    does."""
    for goal in goals:
        yield {"round": goal["id"], "measure": GOAL, "item_id": "text", "item": words.MAIN_GOAL, "text": goal["text"]}
        if goal["offer"]:
            yield {"round": goal["id"], "measure": GOAL, "item_id": "offer", "item": words.OF_A_PART_GOAL["offer"],
                   "text": goal["offer"]}
        for part in goal["parts"]:
            about = {"round": part["id"], "measure": PART}
            yield {**about, "item_id": "text", "item": words.PART_GOAL, "text": part["text"]}
            for told in part["history"]:
                yield {**about, "at": told["on"], "item_id": "status", "item": words.STATUS,
                       "text": words.GOAL_STATUS[told["status"]]}
            for name, label in words.OF_A_PART_GOAL.items():
                if part[name]:
                    yield {**about, "item_id": name, "item": label, "text": part[name]}


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    # A number of ours may begin with a minus; a text of the citizen's that does might be a formula.
    return format_decimal(value, "0.#", locale="da") if name in NUMBERS else harmless(str(value))
