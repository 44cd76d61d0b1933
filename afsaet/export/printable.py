"""What the fonts beside this module can print, and what becomes of the rest."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from afsaet.export.clean import plain, shown

FONTS = Path(__file__).parent / "fonts"

# Joiners, break opportunities, direction marks and variation selectors: they shape the text around them
# and have no picture of their own, so no font needs to hold them.
_SHAPING = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f")
_MARKS_PER_LETTER = 4
_LONG_WORD = re.compile(r"\S{40,}")
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


def spaced(text: str) -> str:
    """The text with tabs as spaces, and with invisible places to break in words too long for a line, which
    would run off the paper."""
    return _LONG_WORD.sub(_with_breaks, text.replace("\t", "    "))


def _with_breaks(match: re.Match[str]) -> str:
    result, since = "", 0
    for character in match[0]:
        joins = character in _SHAPING or unicodedata.category(character).startswith("M")
        if since >= _BREAK_EVERY and not joins and not result.endswith("\u200d"):
            result, since = result + "\u200b", 0
        result, since = result + character, since + 1
    return result


@cache
def _fonts_of() -> dict[str, int]:
    """Each character that can be printed, with one bit for each font that holds it."""
    coverage: dict[str, list[list[int]]] = json.loads((FONTS / "coverage.json").read_text("ascii"))
    fonts: dict[str, int] = {}
    for number, ranges in enumerate(coverage.values()):
        for first, last in ranges:
            for code in range(first, last + 1):
                fonts[chr(code)] = fonts.get(chr(code), 0) | 1 << number
    return fonts
