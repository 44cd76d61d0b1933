"""Finding the option, or the yes or no, that was written instead of pressed."""

from __future__ import annotations

from collections.abc import Iterable

from afsaet.flows.definition import Option
from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting

SHORTEST_BEGINNING = 4  # letters: "nej" or "det" alone could be the beginning of anything
YES = frozenset({"ja", "ja tak", "jo", "jep", "jeps", "jap", "ja det gør jeg", "det gør jeg", "ja den dag", "ja det er",
                 "ja gerne", "gerne", "ok", "okay", "yes", "yes please", "yeah", "yep"})
NO = frozenset({"nej", "nej tak", "nej ellers tak", "ellers tak", "næ", "nope", "nej det gør jeg ikke", "no",
                "no thanks", "no thank you"})
_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "_"})


def spoken(text: str) -> str:
    """The words as they are compared with a yes or a no: without capitals, commas and the marks around them."""
    return " ".join(text.replace(",", " ").strip(" .!").casefold().split())


def label(option: Option, setting: Setting) -> str:
    """The words on an option's button. One that asks for the citizen's own words says so there, and nowhere else."""
    words = setting.tr(option.text)
    return setting.tr(_("{option} (skriv)"), option=words) if option.free else words


def named(options: Iterable[Option], text: str, setting: Setting) -> Option | None:
    """The option a text names: by its words in either language, its id, or the first words of it alone.

    None where it names none, or could mean more than one.
    """
    said = " ".join(text.casefold().split()).strip(" .!")
    options = tuple(options)
    for option in options:
        if said in _words(option, setting) or said.translate(_ASCII) == option.id:
            return option
    begun = [option for option in options if any(_begins(words, said) for words in _words(option, setting))]
    return begun[0] if len(begun) == 1 and len(said) >= SHORTEST_BEGINNING else None


def _words(option: Option, setting: Setting) -> set[str]:
    words = (label(option, setting), setting.tr(option.text), setting.danish(option.text))
    return {each.casefold() for each in words}


def _begins(words: str, said: str) -> bool:
    """Whether the words begin with what was said, up to the end of a word."""
    return words.startswith(said) and not words[len(said):len(said) + 1].isalnum()
