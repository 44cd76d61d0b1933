"""The texts in other languages. Danish is the source: what has no translation is said in Danish."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

SOURCE = "da"
FILE = "afsaet.po"


def available() -> list[str]:
    """The codes of the languages there is: Danish first, then those with a catalogue."""
    folders = (folder for folder in files(__name__).iterdir() if folder.joinpath(FILE).is_file())
    return [SOURCE, *sorted(folder.name for folder in folders)]


@cache
def translator(language: str) -> Callable[[str], str]:
    """The function from a Danish text to this language, read from its catalogue the first time it is asked for.

    Raises FileNotFoundError where there is no such catalogue.
    """
    if language == SOURCE:
        return str
    from babel.messages.pofile import read_po  # noqa: PLC0415 - most speak the source and need not wait for it

    with files(__name__).joinpath(language, FILE).open("rb") as file:
        messages = read_po(file, locale=language)
    catalogue = {str(message.id): str(message.string) for message in messages if message.id and message.string}
    return lambda text: catalogue.get(text, text)
