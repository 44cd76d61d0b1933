"""Whatever a citizen can type comes out right or is shown by number, and no file breaks."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import Any
from unittest import mock

import docx
import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from afsaet.export import FORMATS, document_of, render
from afsaet.export.clean import lines, plain, whole
from afsaet.export.csv_table import harmless
from afsaet.export.text import LIMIT, blocks, size
from afsaet.fonts import FOLDER

Snapshot = dict[str, Any]

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300)

_FOLDER = json.loads((FOLDER / "coverage.json").read_text("ascii"))
_LETTERS = [chr(c) for ranges in _FOLDER.values() for first, last in ranges for c in range(first, last + 1)]
_MARKS = [c for c in _LETTERS if unicodedata.category(c).startswith("M")] + [*"\u00ad\u200b\u200c\u200d\u2060\ufe0f"]
PRINTED = st.text(st.sampled_from(_LETTERS) | st.sampled_from(_MARKS), max_size=100)

HOSTILE = {
    "nothing": "",
    "emoji": "Jeg er glad 😀🤗🥰👍🏽👨‍👩‍👧❤️1️⃣🇩🇰",
    "Arabic": "أريد أن أعمل مع الحيوانات، ساعتين فقط.",
    "Persian with a joiner": "می‌خواهم کار کنم",
    "Hebrew": "אני רוצה לעבוד",
    "Tigrinya": "ክሰርሕ ይደሊ",
    "Tamil": "நான் வேலை செய்ய விரும்புகிறேன்",
    "Ukrainian": "Я хочу працювати з тваринами, їжак",
    "Chinese": "我想工作",
    "4000 characters": ("Jeg vil gerne arbejde med dyr. " * 130)[:4000],
    "one word of 4000 letters": "æ" * 4000,
    "2000 short lines": "a\n" * 2000,
    "Typst markup": '#panic("x") #eval("1") *fed* _skrå_ $x^2$ = Overskrift @ref <mærke> \\u{41} // væk /* væk */ `k`',
    "XML markup": "<b>fed</b> &amp; ]]> <!-- væk --> <?xml?> &#x0;",
    "control characters": "a\x00b\x07c\x1b[31md\x7fe\x9b31mf",
    "line breaks of every kind": "a\r\nb\rc\vd\fe\x85f\u2028g\u2029h",
    "tabs": "\ta\t\tb",
    "lone surrogates": "a\ud800b\udc00c",
    "a pair of surrogates": "a\ud83d\ude00b",
    "zero-width": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg",
    "direction overrides": "\u202eabc\u202c \u2066def\u2069 \u200fghi",
    "not characters": "a\ufffeb\uffffc\ufdd0d\U0001fffee",
    "hidden tags": "a\U000e0041\U000e0042",
    "private use": "a\ue000b\U000fe835c",
    "forty marks on a letter": "z" + "\u0301" * 40,
    "marks without a letter": "\u0301\u0651\u05bc",
    "marks of another script": "a\u0651 ا\u0301 😀\u0308\u05a0",
    "object replacement": "a\ufffcb",
    "formula": '=HYPERLINK("http://x";"y")',
    "braces": "{reference} {0} {{x}} %s",
    "spaces": "   to  mellemrum   ",
}


def plan(text: str) -> Snapshot:
    """A plan in which every answer reads as given, and so does the beginning of all other words in it."""
    short = text[:80]
    shared = {"question": f"Hvad? {short}", "state": "answered", "remark": short, "answered_at": None}
    answers: list[Snapshot] = [
        {**shared, "id": "ord", "heading": "O1", "value": None, "text": text, "front": "maal"},
        {**shared, "id": "punkter", "heading": "T", "value": [text, text], "text": text, "front": "vigtigst"},
        {**shared, "id": "senere", "heading": "O1", "state": "later", "value": None, "text": "", "front": ""},
    ]
    section = {"id": "s", "heading": "O1", "title": f"Afsnit {short}", "answers": answers}
    return {
        "schema": "afsaet-plan-1", "dialogue": "d", "title": f"Plan {short}", "reference": short, "version": 1,
        "sent_at": "2026-12-01T10:00:00+01:00", "revision": "r", "sections": [section], "goals": [], "rounds": [],
    }  # fmt: skip


def made(text: str, fmt: str) -> bytes:
    return render(plan(text), fmt, {"O1": f"Job {text[:80]}", "T": "Mine forslag"}, citizen="17")


def check_pdf(text: str) -> None:
    with mock.patch.object(typst, "compile", wraps=typst.compile) as tries:
        content = made(text, "pdf")
    assert tries.call_count == 1  # Typst took the text as it was made printable, not reduced to plain letters
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) >= 3


def check_docx(text: str) -> None:
    document = docx.Document(io.BytesIO(made(text, "docx")))
    said = [p.text for p in document.paragraphs if p.style and p.style.name == "Borgerens ord"]
    assert "\n".join(said).startswith(plain(lines(text)))


def check_txt(text: str) -> None:
    made(text, "txt").decode("utf-8")
    found = blocks(document_of(plan(text), {"O1": "Job"}))
    assert all(size(block.text) < LIMIT for block in found)
    assert f"\n{plain(lines(text))}\n" in "".join(block.text for block in found if block.heading == "Job")


def check_csv(text: str) -> None:
    table = list(csv.reader(io.StringIO(made(text, "csv").decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [len(row) for row in table] == [12] * 4
    assert table[1][10] == harmless(plain(lines(text)))


def check_json(text: str) -> None:
    data = json.loads(made(text, "json").decode("utf-8"))
    assert data["sections"][0]["answers"][0]["text"] == whole(text)
    assert data["reference"] == whole(text[:80])


CHECKS = {"pdf": check_pdf, "docx": check_docx, "txt": check_txt, "csv": check_csv, "json": check_json}


def test_every_format_is_checked() -> None:
    assert set(CHECKS) == set(FORMATS)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str, fmt: str) -> None:
    CHECKS[fmt](HOSTILE[name])


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("name", ["emoji", "Arabic", "4000 characters", "control characters"])
def test_the_same_plan_is_the_same_bytes(name: str, fmt: str) -> None:
    assert made(HOSTILE[name], fmt) == made(HOSTILE[name], fmt)


@pytest.mark.parametrize("fmt", ["txt", "csv", "json"])
def test_nothing_that_steers_a_terminal_or_reorders_a_line_gets_through(fmt: str) -> None:
    text = HOSTILE["control characters"] + HOSTILE["direction overrides"]
    steering = {chr(c) for c in (*range(9), *range(14, 32), *range(127, 160), *range(0x202A, 0x202F))}
    assert not steering & set(made(text, fmt).decode())


@pytest.mark.parametrize("fmt", ["csv", "txt", "json"])
@given(text=ANYTHING)
def test_any_text_in_a_text_format(fmt: str, text: str) -> None:
    CHECKS[fmt](text)


@settings(max_examples=25)
@given(text=ANYTHING)
def test_any_text_in_a_docx(text: str) -> None:
    check_docx(text)


@settings(max_examples=100)
@given(text=ANYTHING | PRINTED)
def test_any_text_in_a_pdf(text: str) -> None:
    check_pdf(text)


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="pdf, docx, csv, txt, json"):
        made("a", "exe")
