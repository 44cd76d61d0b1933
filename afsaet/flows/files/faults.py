"""One mistake in a dialogue file: where it stands, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

Loc = tuple[str | int, ...]
Finding = tuple[Loc, str]
SPARE = "mended_"  # begins the id that stands in for one that cannot be read; nobody is to be shown it


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in one dialogue file, in a plain sentence.

    line counts from 1; 0 means the file as a whole. place: such as `question maal_timer`, or empty.
    """

    file: str
    line: int
    place: str
    sentence: str

    def __str__(self) -> str:
        where = (self.file, f"line {self.line}" if self.line else "", self.place)
        return f"{', '.join(part for part in where if part)}: {self.sentence}"


def place(data: Any, loc: Loc) -> str:
    """`question maal_timer` or `section maal` for a place in a file's data; a number where no id is."""
    words = ""
    for noun, key, number in zip(("section", "question"), loc[::2], loc[1::2], strict=False):
        if key != f"{noun}s" or not isinstance(number, int):
            break
        data = data[key][number]
        name = data.get("id") if isinstance(data, Mapping) else None
        of = f" of {words}" if words else ""
        words = f"{noun} {shown(name)}" if isinstance(name, str) and name else f"{noun} {number + 1}{of}"
    return words


def shown(text: object) -> str:
    """The beginning of a text on one line, for use in a sentence."""
    line = " ".join(str(text).split())
    return line if len(line) <= 40 else f"{line[:40]}…"


def hint(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known one, or what there is to choose from."""
    choices = sorted(each for each in known if not each.startswith(SPARE))
    if near := get_close_matches(word, choices, n=1):
        return f'; did you mean "{near[0]}"?'
    return f"; choose one of: {', '.join(choices)}." if 0 < len(choices) <= 12 else "."
