from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst

from afsaet.export import document_of, pdf, render

Snapshot = dict[str, Any]


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def flat(text: str) -> str:
    return " ".join(text.split())


def words(reader: pypdf.PdfReader) -> str:
    return flat(" ".join(page.extract_text() for page in reader.pages))


def tags(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from tags(node["/K"])


def test_it_holds_every_answer_in_the_citizens_words(snapshot: Snapshot, headings: dict[str, str]) -> None:
    said = words(read(render(snapshot, "pdf", headings)))
    for section in snapshot["sections"]:
        for answer in section["answers"]:
            assert flat(answer["question"]) in said
            assert flat(answer["text"]) in said


def test_the_first_page_is_enough_for_one_minute(snapshot: Snapshot, headings: dict[str, str]) -> None:
    page = flat(read(render(snapshot, "pdf", headings)).pages[0].extract_text())
    for part in (
        snapshot["title"], "2026-1234", "Version 2 · Sendt den 1. december 2026",
        "mandag den 30. november 2026 kl. 08.41", "Helst heste", "Borgerens eget bud",
        "Jeg har brug for ro og en fast person.", "I alt 32 1 1 1 2", "Teksten er borgerens egne ord.",
    ):  # fmt: skip
        assert part in page


def test_the_first_page_holds_the_overview_however_long_the_answers_are(
    snapshot: Snapshot, headings: dict[str, str]
) -> None:
    long = ("Jeg vil gerne arbejde med dyr, og det har jeg altid villet. " * 100)[:4000]
    for section in snapshot["sections"]:
        for answer in section["answers"]:
            if answer["front"]:
                answer |= {"text": long, "value": [long] * 3 if answer["front"] == "vigtigst" else None}
    page = flat(read(render(snapshot, "pdf", headings)).pages[0].extract_text())
    assert "I alt 32 1 1 1 2" in page
    assert "Programmet har ikke ændret den." in page


def test_it_says_that_it_is_for_the_archive_and_for_every_reader(snapshot: Snapshot, headings: dict[str, str]) -> None:
    root: Any = read(render(snapshot, "pdf", headings)).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_is_tagged_with_title_headings_tables_and_paragraphs(snapshot: Snapshot, headings: dict[str, str]) -> None:
    root: Any = read(render(snapshot, "pdf", headings)).trailer["/Root"]
    found = set(tags(root["/StructTreeRoot"]))
    assert {"/Title", "/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/L", "/LI"} <= found


def test_every_font_is_embedded(saying: Callable[[str], Snapshot], headings: dict[str, str]) -> None:
    reader = read(render(saying("Dyr 🐴 و حيوانات"), "pdf", headings))
    fonts = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            base = font.get_object()
            descriptor = base["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            fonts[base["/BaseFont"]] = {"/FontFile2", "/FontFile3"} & set(descriptor)
    assert {name.split("+")[1] for name in fonts} >= {"NotoSans-Regular", "NotoSansArabic-Regular", "NotoEmoji-Regular"}
    assert all(fonts.values())


def test_its_dates_are_when_the_plan_was_sent(snapshot: Snapshot, headings: dict[str, str]) -> None:
    metadata: Any = read(render(snapshot, "pdf", headings)).metadata
    assert metadata["/CreationDate"] == metadata["/ModDate"] == "D:20261201090000Z"
    assert "/Author" not in metadata


def test_another_process_with_other_fonts_makes_the_same_bytes(
    snapshot: Snapshot, headings: dict[str, str], tmp_path: Path
) -> None:
    script = (
        "import json, sys; from afsaet.export import render; "
        "snapshot, headings = json.load(sys.stdin); sys.stdout.buffer.write(render(snapshot, 'pdf', headings))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps([snapshot, headings]).encode(),
        env={"PATH": "", "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2]), "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=True,
    )
    assert other.stdout == render(snapshot, "pdf", headings)


def test_markup_is_printed_and_not_obeyed(saying: Callable[[str], Snapshot], headings: dict[str, str]) -> None:
    text = '#panic("x") *fed* $x^2$ = Overskrift <mærke> // væk'
    assert text in words(read(render(saying(text), "pdf", headings)))


def test_a_word_longer_than_the_line_stays_on_the_paper(
    saying: Callable[[str], Snapshot], headings: dict[str, str]
) -> None:
    reader = read(render(saying("w" * 1000), "pdf", headings))
    lines = [line for page in reader.pages for line in page.extract_text().splitlines() if re.fullmatch("w+", line)]
    assert sum(map(len, lines)) >= 1000
    assert max(map(len, lines)) < 90


def test_what_no_font_has_is_shown_by_number(saying: Callable[[str], Snapshot], headings: dict[str, str]) -> None:
    said = words(read(render(saying("Jeg taler 中文 derhjemme"), "pdf", headings)))
    assert "Jeg taler [U+4E2D][U+6587] derhjemme" in said
    assert "for eksempel [U+4E2D]" in said


def test_a_refused_document_is_printed_in_plain_letters(
    saying: Callable[[str], Snapshot], headings: dict[str, str]
) -> None:
    unfit = document_of(saying("Blåbær\x07 og 中"), headings, change=str)  # not passed through `printable`
    assert "Blåbær[U+0007] og [U+4E2D]" in words(read(pdf.write(unfit)))


def test_a_failure_does_not_quote_the_citizen(
    saying: Callable[[str], Snapshot], headings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise typst.TypstError("the text `hemmeligt` could not be displayed", "", [], [])

    monkeypatch.setattr(typst, "compile", refuse)
    with pytest.raises(RuntimeError) as error:
        render(saying("hemmeligt"), "pdf", headings)
    seen: BaseException | None = error.value
    while seen:
        assert "hemmeligt" not in str(seen)
        seen = seen.__cause__ or seen.__context__


def test_an_empty_plan_is_still_a_document(snapshot: Snapshot, headings: dict[str, str]) -> None:
    snapshot["sections"] = []
    said = words(read(render(snapshot, "pdf", headings)))
    assert said.count("Der er ikke sendt noget svar her.") == 2
    assert "Bilag" not in said
