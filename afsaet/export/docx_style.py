"""How the DOCX looks, and how its bytes are made the same each time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import Any

import docx
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from afsaet.export import words
from afsaet.export.document import Document

OWN_WORDS = "Borgerens ord"
QUIET = "Lille tekst"

_FONT = "Arial"
_SIZES = {"Normal": 10.5, "Title": 20, "Heading 1": 14, "Heading 2": 10.5}
_TITLE_LENGTH = 255  # all that a file's properties may hold
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can hold


def blank(document: Document) -> Docx:
    """An empty A4 document with styles, language and footer."""
    out = docx.Document()
    section = out.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in _SIZES.items():
        _style(out, name, size)
    own = _new_style(out, OWN_WORDS)
    own.paragraph_format.left_indent = Cm(0.4)
    own.paragraph_format.space_after = Pt(1)
    quiet = _new_style(out, QUIET)
    quiet.font.size = Pt(9)
    quiet.paragraph_format.space_after = Pt(1)
    _speak_danish(out)
    _footer(out, document)
    return out


def saved(out: Docx, document: Document) -> bytes:
    """The finished file. It holds no time but the one the plan was sent, so the same plan is the same bytes."""
    properties = out.core_properties
    properties.title, properties.language = document.title[:_TITLE_LENGTH], "da-DK"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = document.sent.astimezone(UTC)
    written, result = io.BytesIO(), io.BytesIO()
    out.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            same = zipfile.ZipInfo(item.filename, _ZIP_TIME)
            same.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(same, source.read(item))
    return result.getvalue()


def _style(out: Docx, name: str, size: float) -> None:
    style = out.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in list(fonts.attrib):
        del fonts.attrib[kind]  # the template's theme fonts would win over ours
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), _FONT)
    if name == "Normal":
        style.paragraph_format.space_after = Pt(4)
    if name == "Heading 2":
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(9), Pt(2)


def _new_style(out: Docx, name: str) -> ParagraphStyle:
    style = out.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = out.styles["Normal"]
    style.quick_style = True
    return style


def _speak_danish(out: Docx) -> None:
    for language in out.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "da-DK")


def _footer(out: Docx, document: Document) -> None:
    paragraph = out.sections[0].footer.paragraphs[0]
    paragraph.style = QUIET
    paragraph.add_run(f"{document.footer} · {words.PAGE} ")
    for kind in ("PAGE", "NUMPAGES"):
        field: Any = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), kind)
        number: Any = OxmlElement("w:r")
        number.text = "1"  # until the reader's program counts the pages
        field.append(number)
        paragraph._p.append(field)
        if kind == "PAGE":
            paragraph.add_run(f" {words.OF} ")
