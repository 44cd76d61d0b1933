"""`python -m afsaet.locales`: bring every catalogue up to date with the texts, and say what is left to translate."""

from __future__ import annotations

import typer

from afsaet.locales import catalogue
from afsaet.locales.extraction import template


def main() -> None:
    """Write the catalogue of every language anew. It belongs to development: it writes into the source folder."""
    texts = template()
    for file in sorted(catalogue.path("*").parents[1].glob("*/afsaet.po")):
        language = file.parent.name
        file.write_text(catalogue.updated(language, texts), encoding="utf-8")
        empty = sum(1 for message in catalogue.read(language) if message.id and not message.string)
        typer.echo(f"{language}: {len(texts)} texts, {empty} without a translation")


main()
