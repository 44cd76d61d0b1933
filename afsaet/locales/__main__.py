"""`python -m afsaet.locales`: bring every catalogue up to date with the texts, and say what is left to translate."""

from __future__ import annotations

import typer

from afsaet.locales import FILE
from afsaet.locales.catalogue import FOLDER, languages, read, updated
from afsaet.locales.extraction import template


def main() -> None:
    """Write the catalogue of every language anew. It belongs to development: it writes into the source folder."""
    texts = template()
    for language in languages():
        (FOLDER / language / FILE).write_text(updated(read(language), texts), encoding="utf-8")
        empty = sum(1 for message in read(language) if message.id and not message.string)
        typer.echo(f"{language}: {len(texts)} texts, {empty} without a translation")


if __name__ == "__main__":
    main()
