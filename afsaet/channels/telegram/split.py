"""Where a long text may be cut: at a paragraph, else a sentence, else a word, never inside a character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"\n\s*\n")
# A full stop before a small letter or a number ends an abbreviation ("kl. 10"), not a sentence.
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?![a-zæøå0-9])|\n")
_WORD = re.compile(r"\s+")
_JOINER = "\u200d"


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def split(text: str, most: int) -> Iterator[tuple[int, int]]:
    """The (start, end) of each part of `text`, in order, none longer than `most` UTF-16 units.

    White space at the cuts belongs to no part. A cut is made in the second half of what would fit, so that
    a short paragraph does not become a message of its own before a long one.
    """
    start = len(text) - len(text.lstrip())
    while start < len(text):
        end = _reach(text, start, most)
        if end < len(text):
            end = _cut(text, start, end)
        stop = start + len(text[start:end].rstrip())
        if stop > start:
            yield start, stop
        start = end + len(text[end:]) - len(text[end:].lstrip())


def shorten(text: str, most: int) -> str:
    """The text itself, or its beginning up to a word's end with "…", within `most` UTF-16 units."""
    text = text.strip()
    if utf16_length(text) <= most:
        return text
    end = _reach(text, 0, most - 1)
    words = [found.start() for found in _WORD.finditer(text, end // 2, end + 1)]
    return text[: words[-1] if words else _whole(text, 0, end)].rstrip() + "…"


def _reach(text: str, start: int, most: int) -> int:
    """The index behind the last character that fits."""
    if utf16_length(text[start : start + most]) <= most:
        return min(len(text), start + most)
    units = 0
    for index in range(start, len(text)):
        units += 2 if text[index] > "\uffff" else 1
        if units > most:
            return index
    return len(text)


def _cut(text: str, start: int, end: int) -> int:
    half = start + (end - start) // 2
    for place in (_PARAGRAPH, _SENTENCE, _WORD):
        # A little further, so that white space just behind the last word that fits is found.
        places = [found.start() for found in place.finditer(text, half, end + 2) if found.start() <= end]
        if places:
            return places[-1]
    spaces = [found.start() for found in _WORD.finditer(text, start + 1, half)]
    return spaces[-1] if spaces else _whole(text, start, end)


def _whole(text: str, start: int, end: int) -> int:
    """The nearest index at or before `end` that does not part what a reader sees as one character."""
    index = end
    while index > start and _joined(text, start, index):
        index -= 1
    return index if index > start else end


def _joined(text: str, start: int, index: int) -> bool:
    """Whether the characters before and at `index` are drawn as one: accents, skin tones, families, flags."""
    before, after = text[index - 1], text[index : index + 1]
    if not after:
        return False
    if _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f" or before + after == "\r\n":
        return True
    if _flag_half(before) and _flag_half(after):
        run = 0
        while index - 1 - run >= start and _flag_half(text[index - 1 - run]):
            run += 1
        return run % 2 == 1
    return False


def _flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
