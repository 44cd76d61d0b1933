"""The DOCX to edit together with the citizen: real headings, tables and page numbers, in Danish."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.parser import OxmlElement
from docx.shared import Cm
from docx.table import Table
from docx.text.paragraph import Paragraph

from afsaet.export import words
from afsaet.export.clean import right_to_left
from afsaet.export.document import Chapter, Coverage, Document, Front, Picture
from afsaet.export.docx_style import OWN_WORDS, QUIET, blank, saved

# No word is broken, also where a wider letter stands for Arial.
_STATE_WIDTHS = (2.1, 2.3, 3.5, 1.9, 2.0)
_PAGE_WIDTH = 16.6
_PICTURE_WIDTH = 10.5


def write(document: Document) -> bytes:
    """The document as DOCX. Expects texts that `clean.plain` has passed."""
    out = blank(document)
    _first_page(out, document)
    for number, chapter in enumerate(document.chapters):
        _chapter(out, chapter.heading, chapter, new_page=number == 0)
    if document.annex:
        heading = words.ANNEX.format(heading=document.annex.heading)
        _chapter(out, heading, document.annex, new_page=True, note=words.ANNEX_NOTE)
    if document.version is not None:
        _signature(out)  # under what the citizen wrote, and not under what the program has drawn up beside it
    if document.shared:
        chapter = document.shared.chapter
        _chapter(out, chapter.heading, chapter, new_page=document.version is not None, note=document.shared.note)
        _pictures(out, document.shared.pictures)
    return saved(out, document)


def _first_page(out: Docx, document: Document) -> None:
    out.add_heading(document.title, 0)
    widths = (3.0, 1.8, 4.6, 7.2) if document.version is not None else (3.0, 4.6)
    _table(out, [list(document.facts), list(document.facts.values())], widths)
    if document.goals or document.says_none:
        _front(out, words.GOAL, document.goals, asked=True)
    if document.important or document.says_none:
        _front(out, words.IMPORTANT, document.important, asked=False)
    if document.version is not None:
        out.add_heading(words.COVERAGE, 1)
        _coverage(out, (*document.coverage, document.total))
    if document.notes:
        out.add_paragraph(" ".join(document.notes)).paragraph_format.space_before = Cm(0.4)


def _front(out: Docx, heading: str, things: Sequence[Front], *, asked: bool) -> None:
    out.add_heading(heading, 1)
    if not things:
        out.add_paragraph(words.NONE_SENT)
    for thing in things:
        if asked:
            out.add_paragraph(_question(thing.question, thing.remark), QUIET)
        style = "Normal" if asked or thing.note else "List Number"
        if thing.note:
            out.add_paragraph(style=style).add_run(thing.note).italic = True
        elif asked:
            _own_words(out, thing.text, style)
        else:
            numbered = out.add_paragraph(thing.text, style)
            if right_to_left(thing.text):
                _turn(numbered)


def _coverage(out: Docx, rows: Sequence[Coverage]) -> None:
    states = list(words.STATES.values())
    cells = [[words.HEADING, *states]]
    cells += [[row.heading, *(str(count) for count in row.counts or [""] * len(states))] for row in rows]
    table = _table(out, cells, (_PAGE_WIDTH - sum(_STATE_WIDTHS), *_STATE_WIDTHS))
    for number, row in enumerate(rows, start=1):
        counts = table.rows[number].cells[1:]
        if row.counts is None:
            counts[0].merge(counts[-1]).text = words.NOT_SENT
        for cell in counts:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for cell in table.rows[-1].cells:
        cell.paragraphs[0].runs[0].bold = True


def _table(out: Docx, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    """A table whose first row is a header row, repeated where a page breaks. Widths in centimetres."""
    table: Table = out.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(rows):
        for cell, text, width in zip(table.rows[number].cells, row, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.style = QUIET
            paragraph.add_run(text).bold = number == 0
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _chapter(out: Docx, heading: str, chapter: Chapter, *, new_page: bool, note: str = "") -> None:
    out.add_heading(heading, 1).paragraph_format.page_break_before = new_page
    if note:
        out.add_paragraph(note)
    for entry in chapter.entries:
        out.add_heading(_question(entry.question, entry.remark), 2)
        if entry.text:
            _own_words(out, entry.text, OWN_WORDS)
    for group in chapter.open:
        out.add_heading(group.state, 2)
        for question in group.questions:
            out.add_paragraph(question, "List Bullet")


def _pictures(out: Docx, pictures: Sequence[Picture]) -> None:
    """Each under its title, with everything in it as text for those who have it read aloud."""
    for picture in pictures:
        out.add_heading(picture.title, 2)
        shape = out.add_picture(io.BytesIO(picture.png), width=Cm(_PICTURE_WIDTH))
        out.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape._inline.docPr.set("descr", picture.alt)


def _question(question: str, remark: str) -> str:
    return f"{question} ({remark})" if remark else question


def _own_words(out: Docx, text: str, style: str) -> None:
    """The lines as the citizen wrote them; those that are read from the right stand in paragraphs of their own."""
    for from_right, lines in groupby(text.split("\n"), right_to_left):
        paragraph = out.add_paragraph("\n".join(lines), style)
        if from_right:
            _turn(paragraph)


def _turn(paragraph: Paragraph) -> None:
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for run in paragraph.runs:
        run.font.rtl = True


def _signature(out: Docx) -> None:
    paragraph = out.add_paragraph(words.OWN_WORDS)
    paragraph.paragraph_format.space_before = Cm(1)
    paragraph.paragraph_format.keep_with_next = True
    line = out.add_paragraph(f"{words.DATE_LINE}: {'_' * 16}    {words.SIGNATURE_LINE}: {'_' * 36}")
    line.paragraph_format.space_before = Cm(1)
