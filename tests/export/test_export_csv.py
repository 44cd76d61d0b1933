from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from afsaet.export import render
from afsaet.export.csv_table import harmless

Snapshot = dict[str, Any]


def rows(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_columns_are_these_whatever_was_asked(snapshot: Snapshot, headings: dict[str, str]) -> None:
    first = render(snapshot, "csv", headings).split(b"\r\n")[0]
    columns = "reference version sent_at revision section heading question_id question state value text answered_at"
    assert first == b"\xef\xbb\xbf" + ";".join(f'"{name}"' for name in columns.split()).encode()
    snapshot["sections"] = []
    assert render(snapshot, "csv", headings).split(b"\r\n")[0] == first


def test_there_is_one_row_for_each_answer(snapshot: Snapshot, headings: dict[str, str]) -> None:
    answers = [a for section in snapshot["sections"] for a in section["answers"]]
    table = rows(render(snapshot, "csv", headings))
    assert [row["question_id"] for row in table] == [answer["id"] for answer in answers]
    chosen = next(row for row in table if row["question_id"] == "hjaelp_valg")
    assert chosen["value"] == "faa_timer_arbejdsplads\nmentor\nmotion_kost_soevn\nandet"
    assert chosen | {"section": "hjaelp", "heading": "T", "state": "answered", "version": "2"} == chosen


@pytest.mark.parametrize("start", [*"=+-@\t\r\n＝＋－＠", " =", "\u200b=", "\ufeff="])
def test_a_cell_that_starts_a_formula_is_neutralised(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_an_ordinary_cell_is_left_alone() -> None:
    assert harmless("Jeg vil gerne; 2-3 timer = godt") == "Jeg vil gerne; 2-3 timer = godt"


@pytest.mark.parametrize("text", ['=cmd|"/c calc"!A1', "-2+3", "@SUM(1)", "\t=1", "\r\n=1", "+4512345678", "＝1"])
def test_no_cell_of_a_plan_starts_a_formula(
    saying: Callable[[str], Snapshot], headings: dict[str, str], text: str
) -> None:
    snapshot = saying(text)
    snapshot |= {"reference": text, "revision": text}
    snapshot["sections"][0]["answers"][0] |= {"question": text, "value": text}
    for row in rows(render(snapshot, "csv", headings)):
        for cell in row.values():
            assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_semicolons_quotes_and_lines_stay_in_their_cell(
    saying: Callable[[str], Snapshot], headings: dict[str, str]
) -> None:
    text = 'en;to;"tre"\nfire'
    assert rows(render(saying(text), "csv", headings))[0]["text"] == text
