"""Numbers from 0 to 10 in words and figures: reading one that was written instead of pressed, and saying one."""

from __future__ import annotations

import re

from afsaet.flows.dates.words import plain
from afsaet.flows.kinds.reply import Unclear
from afsaet.flows.language import mark as _

HIGHEST = 10
WHOLE = _("Vælg et helt tal fra 0 til 10. Du kan trykke på det, eller skrive det.")
BETWEEN = _("Tallet skal være fra 0 til 10. Du kan trykke på det, eller skrive det.")
DANISH = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {"et": 1, "een": 1, "eet": 1, "én": 1, "ét": 1, **{word: number for number, word in enumerate(DANISH)}}
_ENGLISH_WORDS = {"nought": 0, **{word: number for number, word in enumerate(ENGLISH)}}
# A sign, the whole part, and what comes after a comma; then out of how many.
_NUMBER = re.compile(r"([-+]|minus )?(\d+)(?:[.,](\d+)|( ?1/2| en halv))?")
_OUT_OF = re.compile(r"(.+?) ?(?:/|(?:ud )?af|out of|of) ?(?:10|ti|ten)")
_KEYCAP = str.maketrans({"\ufe0f": "", "\u20e3": "", "🔟": "10", "½": " 1/2"})


def read(text: str, language: str) -> int | Unclear | None:
    """The number that a text is, and nothing but that; or why it is none of the eleven. None for other words.

    "07", "syv", "7/10" and "8 ud af 10" are numbers, and English words are where English is spoken. "7-8" and "7 tror
    jeg" are words: which number is meant is for the citizen to say.
    """
    said = plain(text.translate(_KEYCAP)).strip(" .!")
    out_of = _OUT_OF.fullmatch(said)
    said = out_of.group(1) if out_of else said
    words = {**_WORDS, **_ENGLISH_WORDS} if language == "en" else _WORDS
    if said in words:
        return words[said]
    found = _NUMBER.fullmatch(said)
    if found is None:
        return None
    sign, digits, part, half = found.groups()
    digits = digits.lstrip("0") or "0"
    broken = bool(half or (part or "").strip("0"))
    if len(digits) > 2 or (number := int(digits)) > HIGHEST or (number == HIGHEST and broken):
        return Unclear(BETWEEN)
    if sign in ("-", "minus ") and (number or broken):
        return Unclear(BETWEEN)
    return Unclear(WHOLE) if broken else number


def in_words(number: int, language: str) -> str:
    """The number of some questions as a sentence has it: in a word up to ten, and in figures beyond."""
    if number > HIGHEST:
        return str(number)
    if language == "en":
        return ENGLISH[number]
    return "ét" if number == 1 else DANISH[number]
