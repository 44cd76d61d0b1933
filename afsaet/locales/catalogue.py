"""The file of a language: the texts as they stand now, with the translations there are."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from afsaet.locales import FILE, SOURCE, available

FOLDER = Path(str(files("afsaet.locales")))
# Written by hand, since Babel's own names the day, the program and a person, and changes with every writing.
HEADER = 'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
WIDTH = 110


def languages() -> list[str]:
    """The codes of the languages that there is a catalogue of."""
    return [code for code in available() if code != SOURCE]


def read(language: str) -> Catalog:
    """The catalogue as it stands. Raises FileNotFoundError where the language has none."""
    with (FOLDER / language / FILE).open("rb") as file:
        return read_po(file, locale=language)


def updated(catalog: Catalog, template: Catalog) -> str:
    """What the file is to hold for these texts: translations kept, what is gone left out, what is new empty."""
    catalog.update(template, no_fuzzy_matching=True)
    written = BytesIO()
    write_po(written, catalog, width=WIDTH, omit_header=True, ignore_obsolete=True, include_lineno=False)
    return HEADER.format(language=catalog.locale_identifier) + written.getvalue().decode()
