from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pypdf

from afsaet.export import render
from afsaet.export.printable import pieces, printable
from afsaet.fonts import FOLDER


def covered() -> dict[str, list[str]]:
    fonts = json.loads((FOLDER / "coverage.json").read_text("ascii"))
    return {name: [chr(c) for first, last in ranges for c in range(first, last + 1)] for name, ranges in fonts.items()}


def test_every_font_is_told_of_and_has_its_licence_beside_it() -> None:
    assert {file.stem for file in FOLDER.glob("*-Regular.ttf")} == set(covered())
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text("utf-8")


def test_every_covered_character_can_be_printed(
    saying: Callable[[str], dict[str, Any]], headings: dict[str, str]
) -> None:
    for name, characters in covered().items():
        letters = [c for c in characters if not unicodedata.category(c).startswith("M")]
        marks = [f"{letters[-1]}{c}" for c in characters if c not in letters]
        snapshot = saying(" ".join(letters + marks))
        snapshot["sections"] = snapshot["sections"][5:6]
        pages = pypdf.PdfReader(io.BytesIO(render(snapshot, "pdf", headings))).pages
        assert "[U+" not in "".join(page.extract_text() for page in pages), name


def test_a_mark_stays_only_on_a_letter_of_the_same_font() -> None:
    assert printable("e\u0301") == "e\u0301"
    assert printable("a\u0651") == "a[U+0651]"
    assert printable("\u0301") == "[U+0301]"


def test_a_letter_carries_at_most_four_marks() -> None:
    assert printable("z" + "\u0301" * 6 + "b") == "z" + "\u0301" * 4 + "[U+0301]" * 2 + "b"


def test_joiners_and_direction_marks_stay_and_overrides_are_shown() -> None:
    assert printable("می\u200cخواهم\u200f") == "می\u200cخواهم\u200f"
    assert printable("\u202eabc") == "[U+202E]abc"


def test_only_long_words_are_cut_and_never_between_a_letter_and_its_mark() -> None:
    assert pieces("et kort ord " * 20) == ["et kort ord " * 20]
    assert pieces("æ" * 60) == ["æ" * 36, "æ" * 12, "æ" * 12]
    assert all(piece.startswith("a") for piece in pieces("a\u0301" * 60))
