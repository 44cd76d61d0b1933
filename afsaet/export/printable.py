"""What the fonts can print, and what becomes of the rest."""

from __future__ import annotations

import json
import unicodedata
from functools import cache

from afsaet.export.clean import plain, shown
from afsaet.fonts import FOLDER

# Joiners, break opportunities, direction marks and variation selectors: they shape the text around them
# and have no picture of their own, so no font needs to hold them.
_SHAPING = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f")
_MARKS_PER_LETTER = 4
_LONG_WORD = 36  # letters: more than Danish has, and far less than a line
_BREAK_EVERY = 12


def printable(text: str) -> str:
    """The text as `clean.plain` has it, and with every character the fonts lack shown by number too.

    A combining mark must be in the same font as its letter, and a letter carries at most four: more would
    be printed on top of the lines above and below.
    """
    fonts = _fonts_of()
    result: list[str] = []
    letter, marks = 0, 0
    for character in plain(text):
        own = fonts.get(character, 0)
        if character in _SHAPING:
            fits = True
        elif unicodedata.category(character).startswith("M"):
            letter, marks = own & letter, marks + 1
            fits = bool(letter) and marks <= _MARKS_PER_LETTER
        else:
            letter, marks = own, 0
            fits = bool(own) or character in "\n\t"
        result.append(character if fits else shown(character))
    return "".join(result)


def pieces(line: str) -> list[str]:
    """The line cut where a word too long for the paper may break, with tabs as spaces.

    Cut, and not given invisible spaces to break at, so that what is copied from the PDF is what was written.
    """
    result, word = [""], 0
    for character in line.replace("\t", "    "):
        joins = character in _SHAPING or unicodedata.category(character).startswith("M")
        if word >= _LONG_WORD and word % _BREAK_EVERY == 0 and not joins and not result[-1].endswith("\u200d"):
            result.append("")
        result[-1] += character
        word = 0 if character.isspace() else word + (not joins)
    return result


@cache
def _fonts_of() -> dict[str, int]:
    """Each character that can be printed, with one bit for each font that holds it."""
    coverage: dict[str, list[list[int]]] = json.loads((FOLDER / "coverage.json").read_text("ascii"))
    fonts: dict[str, int] = {}
    for number, ranges in enumerate(coverage.values()):
        for first, last in ranges:
            for code in range(first, last + 1):
                fonts[chr(code)] = fonts.get(chr(code), 0) | 1 << number
    return fonts
