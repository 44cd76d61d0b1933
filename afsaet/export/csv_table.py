"""CSV for Excel: one row an answer, the same columns whatever the dialogue asks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from afsaet.export import words
from afsaet.export.plan import Answer, Plan, Section
from afsaet.export.shared import rows_of

# Never reordered or renamed, also when a dialogue changes: sheets built on them go on working.
COLUMNS = (
    "reference", "version", "sent_at", "revision", "section", "heading",
    "question_id", "question", "state", "value", "text", "answered_at",
)  # fmt: skip

# What starts a formula, also in its full-width form, and what a spreadsheet drops before it looks.
_STARTS = tuple("=+-@＝＋－＠")
_DROPPED = " \t\r\n\xa0\u3000\xad\u200b\u200c\u200d\u200e\u200f\u2060\u061c\u034f\ufe0e\ufe0f\ufeff"


def write(plan: Plan) -> bytes:
    """The answers, semicolon between cells, UTF-8 with a byte order mark; lists have one item a line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(harmless(column) for column in COLUMNS)
    for section in plan.sections:
        for answer in section.answers:
            writer.writerow(harmless(cell) for cell in _row(plan, section, answer))
    for cells in (*_rounds(plan), *_goals(plan)):
        writer.writerow(harmless(cell) for cell in (*_version(plan), *cells))
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before it when a spreadsheet would take it for a formula."""
    formula = cell.lstrip(_DROPPED).startswith(_STARTS) or cell.startswith(("\t", "\r", "\n"))
    return f"'{cell}" if formula else cell


def _version(plan: Plan) -> Iterator[str]:
    yield plan.reference or ""
    yield str(plan.version)
    yield plan.sent_at.isoformat()
    yield plan.revision


def _row(plan: Plan, section: Section, answer: Answer) -> Iterator[str]:
    yield from _version(plan)
    yield section.id
    yield answer.heading
    yield answer.id
    yield answer.question
    yield answer.state
    yield _value(answer)
    yield answer.text
    yield answer.answered_at.isoformat() if answer.answered_at else ""


def _value(answer: Answer) -> str:
    if isinstance(answer.value, tuple):
        return "\n".join(answer.value)
    return "" if answer.value is None else str(answer.value)


def _rounds(plan: Plan) -> Iterator[tuple[str, ...]]:
    """What was shared of rounds: the measure stands where a section does."""
    for each in plan.rounds:
        for item in rows_of(each):
            value = "" if item["value"] is None else str(item["value"])
            yield (each["measure"], "", item["id"], item["label"], "answered", value, item["text"], each["at"])


def _goals(plan: Plan) -> Iterator[tuple[str, ...]]:
    """What was shown of goals, each part-goal with how it goes in the place of a state."""
    for goal in plan.goals:
        yield ("maal", "", goal["id"], words.MAIN_GOAL, "answered", "", goal["text"], "")
        for part in goal["parts"]:
            last = part["history"][-1] if part["history"] else {"status": "", "on": ""}
            yield ("delmaal", "", part["id"], words.PART_GOAL, "answered", last["status"], part["text"], last["on"])
