from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from afsaet.export import render

Snapshot = dict[str, Any]


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def test_title_headings_and_questions_have_real_styles(snapshot: Snapshot, headings: dict[str, str]) -> None:
    styles: dict[str, list[str]] = {}
    for paragraph in opened(render(snapshot, "docx", headings)).paragraphs:
        assert paragraph.style is not None
        styles.setdefault(str(paragraph.style.name), []).append(paragraph.text)
    assert styles["Title"] == ["Forberedelse til rehabiliteringsmødet"]
    assert styles["Heading 1"][:4] == ["Mål", "Det vigtigste", "Overblik over svarene", headings["O1"]]
    assert styles["Heading 1"][-1] == "Bilag: Mine forslag"
    assert "Hvad er du god til?" in styles["Heading 2"]
    assert "Tages med sagsbehandler" in styles["Heading 2"]
    assert styles["List Number"][1] == "Jeg har brug for ro og en fast person."


def test_answers_stand_line_by_line_as_they_were_written(snapshot: Snapshot, headings: dict[str, str]) -> None:
    paragraphs = opened(render(snapshot, "docx", headings)).paragraphs
    said = [p.text for p in paragraphs if p.style and p.style.name == "Borgerens ord"]
    first = snapshot["sections"][1]["answers"][0]["text"]
    assert said[0] == first


def test_the_coverage_is_a_table_whose_header_row_repeats(snapshot: Snapshot, headings: dict[str, str]) -> None:
    snapshot["sections"] = [s for s in snapshot["sections"] if s["id"] != "indsats"]
    table = opened(render(snapshot, "docx", headings)).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Afsnit", "Besvaret", "Sprunget over", "Tages med sagsbehandler", "Mangler", "Kan komme senere"]
    assert rows[3] == [headings["O3"], "3", "1", "1", "0", "0"]
    assert rows[7] == [headings["O8"], *["Ikke med i det sendte"] * 5]
    assert rows[-1] == ["I alt", "29", "1", "1", "1", "2"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_it_is_danish_a4_with_the_time_it_was_sent_and_nobody_as_author(
    snapshot: Snapshot, headings: dict[str, str]
) -> None:
    document = opened(render(snapshot, "docx", headings))
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == snapshot["title"]
    assert properties.created is not None
    assert properties.created.isoformat() == "2026-12-01T09:00:00+00:00"
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"da-DK"}
    assert round(document.sections[0].page_width.cm) == 21


def test_the_footer_numbers_the_pages(snapshot: Snapshot, headings: dict[str, str]) -> None:
    footer = opened(render(snapshot, "docx", headings)).sections[0].footer.paragraphs[0]
    assert footer.text.startswith("Reference 2026-1234 · Version 2 · Sendt den 1. december 2026")
    assert [f.get(qn("w:instr")) for f in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_a_line_read_from_the_right_is_marked_so(saying: Callable[[str], Snapshot], headings: dict[str, str]) -> None:
    document = opened(render(saying("Dansk\nمرحبا"), "docx", headings))
    sides = {p.text: p._p.find(".//" + qn("w:bidi")) is not None for p in document.paragraphs}
    assert sides["مرحبا"]
    assert not sides["Dansk"]


def test_a_thing_that_matters_most_is_numbered_from_the_side_it_is_read_from(
    snapshot: Snapshot, headings: dict[str, str]
) -> None:
    answers = [answer for section in snapshot["sections"] for answer in section["answers"]]
    (said,) = (answer for answer in answers if answer["front"] == "vigtigst")
    said["value"] = ["أحتاج إلى الهدوء.", "Ro."]
    listed = [p for p in opened(render(snapshot, "docx", headings)).paragraphs if p.style and p.style.name == "List Number"]
    sides = {p.text: p._p.find(".//" + qn("w:bidi")) is not None for p in listed}
    assert sides["أحتاج إلى الهدوء."] and not sides["Ro."]


def test_the_file_holds_no_time_of_making(snapshot: Snapshot, headings: dict[str, str]) -> None:
    with zipfile.ZipFile(io.BytesIO(render(snapshot, "docx", headings))) as file:
        assert {item.date_time for item in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
