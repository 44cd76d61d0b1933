"""A message as text for a terminal: folded to the width of a small screen, its buttons numbered below."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from afsaet.flows.message import Button, Message

COLUMNS = 78  # and no more on a wider screen: long lines are hard to read
MARGIN = "  "
SHOWN_ELSEWHERE = {"calendar": "en kalenderfil", "wheel": "et billede af hjulet", "line": "et billede af tallene"}


def shown(message: Message, numbers: Mapping[Button, int], columns: int = COLUMNS) -> str:
    """The message as lines of text, ending with one line for every row of buttons. columns: as many as there are."""
    width = min(columns, COLUMNS) - len(MARGIN)
    parts = [_folded(part, width) for part in (message.note, message.lead, message.text) if part]
    if message.attachment is not None:
        parts.insert(0, f"{MARGIN}({SHOWN_ELSEWHERE[message.attachment.kind]})")
    rows = [MARGIN + "  ".join(_button(button, numbers) for button in row if button.action) for row in message.rows]
    return "\n\n".join([*parts, *(["\n".join(row for row in rows if row.strip())] if rows else [])]) + "\n"


def _button(button: Button, numbers: Mapping[Button, int]) -> str:
    """Its number and words; the words alone where a press does nothing, as in a calendar's headings and gaps."""
    return f"[#{numbers[button]} {button.label}]" if button in numbers else button.label.strip() or "–"


def _folded(text: str, width: int) -> str:
    wrap = textwrap.TextWrapper(max(width, 1), break_long_words=False, break_on_hyphens=False).wrap
    folded = [line for paragraph in text.split("\n") for line in wrap(paragraph) or [""]]
    return "\n".join(MARGIN + line if line else "" for line in folded)
