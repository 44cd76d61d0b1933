"""What the fonts can draw of a text that somebody wrote, and how it is broken to fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.ft2font import FT2Font

from afsaet.fonts import FOLDER

_BOX = "□"  # for what no font holds
_LONGEST = 240  # characters: more than the lines there are room for can hold, and soon measured
_MARKS_PER_LETTER = 4  # more would be drawn on top of the lines above and below
# Joiners and variation selectors, which have no picture of their own. Direction marks are left out with all other
# invisible signs: a label is one short text, and its direction is that of its letters.
_SHAPING = frozenset("\u200c\u200d\ufe0e\ufe0f")


def font(text: str, size: float, weight: int = 400) -> FontProperties:
    """Our own fonts and no others: letters first, and after them those that hold what is lacking.

    Only those that the text needs, for matplotlib asks every font about every text.
    """
    return _chosen(_needed(text), size, weight)


def _needed(text: str) -> int:
    """The fonts for a text, a bit for each: the first, and all that hold a character which the first has not."""
    needed = 1
    for character in text:
        own = _fonts_of().get(ord(character), 0)
        if not own & 1:
            needed |= own
    return needed


@cache
def _chosen(fonts: int, size: float, weight: int) -> FontProperties:
    families = [family for number, family in enumerate(_families()) if fonts >> number & 1]
    return FontProperties(family=families, size=size, weight=weight)


@cache
def _files() -> tuple[Path, ...]:
    return tuple(sorted(FOLDER.glob("*-Regular.ttf"), key=lambda file: (file.stem != "NotoSans-Regular", file.stem)))


@cache
def _families() -> list[str]:
    """The fonts' names. They are registered under names that no other font has, since one of the machine's might
    share theirs."""
    families = []
    for file in _files():
        bold = file.with_name(file.name.replace("-Regular", "-Bold"))
        families.append(f"Afsæt {file.stem}")
        for weight, drawn in ((400, file), (700, bold if bold.exists() else file)):
            fontManager.ttflist.append(FontEntry(str(drawn), name=families[-1], weight=weight, size="scalable"))
    return families


@cache
def _fonts_of() -> dict[int, int]:
    """Each character that can be drawn, by its number, with one bit for each font that holds it."""
    fonts: dict[int, int] = {}
    for number, file in enumerate(_files()):
        for code in FT2Font(str(file)).get_charmap():
            fonts[code] = fonts.get(code, 0) | 1 << number
    return fonts


def drawable(text: str) -> str:
    """The text on one line, without invisible signs, and with a box for every character that no font holds.

    Of a very long text only the beginning, with an ellipsis.
    """
    if len(text) > _LONGEST:
        return f"{drawable(text[:_LONGEST])}…"
    result: list[str] = []
    own, marks = 0, 0
    for character in " ".join(unicodedata.normalize("NFC", text).split()):
        category = unicodedata.category(character)
        if category.startswith("M") and character not in _SHAPING:
            own, marks = own & _fonts_of().get(ord(character), 0), marks + 1
            if own and marks <= _MARKS_PER_LETTER:
                result.append(character)
        elif character in _SHAPING:
            result.append(character)
        elif category not in ("Cc", "Cf"):
            own, marks = _fonts_of().get(ord(character), 0), 0
            result.append(character if own else _BOX)
    return "".join(result).strip()


def wrapped(text: str, room: float, most_lines: int, width: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than the room, broken between words and, where one is too long, inside it.

    What does not fit in so many lines is left out, and an ellipsis says so.
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer) <= room:
            lines[-1] = longer
            continue
        pieces = _pieces(word, room, width)
        lines += pieces if lines[-1] else []
        lines = lines if lines[-1] else pieces
        if len(lines) > most_lines:
            break
    if len(lines) <= most_lines:
        return lines
    last = lines[most_lines - 1]
    while last and width(f"{last}…") > room:
        last = last[:-1]
    return [*lines[: most_lines - 1], f"{last.rstrip()}…"]


def _pieces(word: str, room: float, width: Callable[[str], float]) -> list[str]:
    """The word, cut where it must be; never between a letter and its marks."""
    if width(word) <= room:
        return [word]
    pieces = [""]
    for character in word:
        joins = character in _SHAPING or unicodedata.category(character).startswith("M")
        if pieces[-1] and not joins and width(f"{pieces[-1]}{character}-") > room:
            pieces[-1] += "-"
            pieces.append("")
        pieces[-1] += character
    return pieces
