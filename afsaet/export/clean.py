"""What becomes of characters that a file cannot carry, or that would hide or reorder what stands there.

Nothing disappears: such a character is shown as its number, "[U+202E]". Joiners, variation selectors and
single direction marks stay, since Arabic, Persian, many Indian scripts and emoji are wrong without them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_HALF = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; tab and line feed are ordinary
    "\ud800-\udfff"  # half a character
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates: they reorder the text around them
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # byte order mark, annotation marks, not characters
    "\U000e0000-\U000e007f]"  # tag characters: a whole hidden alphabet
)


def every_text(value: Any, change: Callable[[str], str]) -> Any:
    """A copy of a JSON-able value with `change` made to every text in it; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: every_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [every_text(item, change) for item in value]
    return value


def shown(character: str) -> str:
    """The character's number in brackets, to stand in its place."""
    return f"[U+{ord(character):04X}]"


def whole(text: str) -> str:
    """The text without half characters (lone surrogates), which no UTF-8 file can carry."""
    return _HALF.sub(_by_number, joined(text))


def joined(text: str) -> str:
    """The text with two half characters side by side made into the one character they are."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def lines(text: str) -> str:
    """The text with line feed as the only line break, and half characters joined."""
    return _BREAKS.sub("\n", joined(text))


def plain(text: str) -> str:
    """The text as every format but JSON carries it. Expects what `lines` has passed."""
    return _HIDDEN.sub(_by_number, text)


def right_to_left(line: str) -> bool:
    """Whether a line's first letter belongs to a script that is read from the right."""
    sides = (unicodedata.bidirectional(character) for character in line)
    return next((side != "L" for side in sides if side in ("L", "R", "AL")), False)


def _by_number(match: re.Match[str]) -> str:
    return shown(match[0])
