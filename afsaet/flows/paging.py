"""Long lists, a page at a time: what fits a small phone without scrolling past the question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from afsaet.flows.language import mark as _
from afsaet.flows.message import Button
from afsaet.flows.setting import Setting

PAGE = 8
LONGEST_LABEL = 64
SHORT_LABEL = 42  # characters of a question on a button
Item = TypeVar("Item")


def pages(count: int) -> int:
    """How many pages `count` items take; a list that only just runs over stays on one."""
    return 1 if count <= PAGE + 1 else -(-count // PAGE)


def page_of(items: Sequence[Item], page: int) -> Sequence[Item]:
    """The items of a page, counted from 0. A page past the end is the last one."""
    if pages(len(items)) == 1:
        return items
    start = min(page, pages(len(items)) - 1) * PAGE
    return items[start:start + PAGE]


def fitting(label: str) -> str:
    """The words for a button: as they are, or cut after a word where they are too many."""
    if len(label) <= LONGEST_LABEL:
        return label
    cut = label[:LONGEST_LABEL - 2]
    whole_words = cut.rsplit(" ", 1)[0]
    return f"{whole_words if len(whole_words) > LONGEST_LABEL // 2 else cut} …"


def shortened(text: str, most: int) -> str:
    """The text, or its first words and an ellipsis: at most `most` characters and two."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def short_label(text: str) -> str:
    """A question as a button in a list of questions shows it."""
    return shortened(text, SHORT_LABEL)


def turn_buttons(count: int, page: int, setting: Setting) -> tuple[Button, ...]:
    """The buttons that turn to the page before and after, where there is one."""
    page = min(page, pages(count) - 1)
    before = (Button(setting.tr(_("‹ Forrige")), f"page.{page - 1}"),) if page > 0 else ()
    after = (Button(setting.tr(_("Flere ›")), f"page.{page + 1}"),) if page + 1 < pages(count) else ()
    return (*before, *after)
