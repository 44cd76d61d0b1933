"""The PDF to file: PDF/A-2a for the archive and PDF/UA-1 for readers of every kind, made by Typst.

What a citizen wrote reaches the template as data and is never read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst

from afsaet.export import words
from afsaet.export.clean import every_text, right_to_left, shown
from afsaet.export.document import Document
from afsaet.export.printable import pieces
from afsaet.fonts import FOLDER

_TEMPLATE = Path(__file__).parent / "document.typ"
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_SCRIPTS = ("Arabic", "Hebrew", "Ethiopic", "Devanagari", "Tamil", "Thai", "Georgian", "Armenian")
_FAMILIES = ["Noto Sans", *(f"Noto Sans {name}" for name in (*_SCRIPTS, "Math", "Symbols2")), "Noto Emoji"]


def write(document: Document) -> bytes:
    """The document as PDF. Expects texts that `printable` has passed.

    The archive standard refuses a whole document for one combination of characters that no font can set.
    A plan must never be impossible to file, so if that happens all but Latin letters are shown by number.
    Raises RuntimeError, with nothing of the text in it, when Typst refuses even that.
    """
    for change in (str, _latin):
        try:
            return _compiled(document, change)
        except typst.TypstError:
            continue
    raise RuntimeError("the PDF could not be made")  # not `from` Typst's error, which quotes the text


def _compiled(document: Document, change: Callable[[str], str]) -> bytes:
    texts: dict[str, Any] = every_text(_content(document), change)
    for item in _with_own_words(texts):
        item["text"] = _lines(item["text"])
    for picture in texts["shared"]["pictures"] if texts["shared"] else ():
        picture["png"] = list(picture["png"])  # bytes, as JSON has them
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"plan": json.dumps({**texts, "fonts": _FAMILIES})},
        pdf_standards=_STANDARDS,
        timestamp=int(document.sent.timestamp()),
    )


def _content(document: Document) -> dict[str, Any]:
    """What the template shows: the document with its dates as words, and our own words."""
    times = ("sent", "updated")
    return {
        **{name: value for name, value in asdict(document).items() if name not in times},
        "facts": document.facts,
        "footer": document.footer,
        "notes": document.notes,
        "states": list(words.STATES.values()),
        "words": {name.lower(): word for name, word in vars(words).items() if name.isupper() and isinstance(word, str)},
    }


def _with_own_words(texts: dict[str, Any]) -> list[dict[str, Any]]:
    chapters = [*texts["chapters"], *([texts["annex"]] if texts["annex"] else []),
                *([texts["shared"]["chapter"]] if texts["shared"] else [])]
    return [*texts["goals"], *texts["important"], *(entry for chapter in chapters for entry in chapter["entries"])]


def _lines(text: str) -> list[dict[str, Any]]:
    return [{"pieces": pieces(line), "rtl": right_to_left(line)} for line in text.split("\n")]


def _latin(text: str) -> str:
    return "".join(c if " " <= c <= "~" or "\xa1" <= c <= "\u017f" or c in "\n\t…" else shown(c) for c in text)


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts and no others, so that every machine makes the same file."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
