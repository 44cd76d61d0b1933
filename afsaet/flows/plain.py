"""How easy a Danish text is to read, and the limits that everything a citizen reads is held to."""

from __future__ import annotations

import re

LONG_LETTERS = 7
MOST_WORDS = 18
MOST_SENTENCES = 3
MOST_LIX = 40
LIX_FROM_WORDS = 12

# A hyphen or an apostrophe inside a word does not end it: "1-5" is one word.
_WORD = re.compile(r"\w+(?:[-–'’]\w+)*")
# The full stop of "kl. 10" ends nothing, nor does one that a small letter follows ("3. marts").
_SENTENCE_END = re.compile(r"((?<!\b[Kk]l)[.!?…]+[»«”\")]*)\s++(?![a-zæøåé])")
_OFFICE_WORD = re.compile(
    r"\w*(?:arbejdsevne|forudsætning|indsats|progression|afklar|visitation|visiter)\w*", re.IGNORECASE
)


def words(text: str) -> list[str]:
    """The words of a text in order; numbers count as words."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text with their end marks. A line break always ends one; a line of signs is none."""
    lines = _SENTENCE_END.sub(r"\1\n", text).splitlines()
    return [line.strip() for line in lines if words(line)]


def lix(text: str) -> float:
    """The readability number: words a sentence plus long words in a hundred; 0 for a text without words.

    A long word has seven letters or more. Up to 24 is very easy, 25-34 easy, 35-44 medium. The number says
    little about a single line: take the texts of a whole dialogue together.
    """
    found = words(text)
    if not found:
        return 0.0
    long = sum(sum(map(str.isalpha, word)) >= LONG_LETTERS for word in found)
    return len(found) / len(sentences(text)) + 100 * long / len(found)


def faults(text: str, glossary_word: bool = False) -> list[str]:
    """Every way in which one text breaks the limits, in plain words; empty when it is fine.

    Limits: 18 words a sentence, three sentences a paragraph (a line break begins a new one), LIX 40 from
    twelve words on, and none of the authorities' own words. glossary_word: the text explains such a word
    and may use it. Fill placeholders first, since they count as the words they become.
    """
    found = [
        f"a sentence of {len(words(sentence))} words, at most {MOST_WORDS}: {sentence}"
        for sentence in sentences(text)
        if len(words(sentence)) > MOST_WORDS
    ]
    found += [
        f"{len(sentences(paragraph))} sentences in one paragraph, at most {MOST_SENTENCES}: {paragraph}"
        for paragraph in text.splitlines()
        if len(sentences(paragraph)) > MOST_SENTENCES
    ]
    if len(words(text)) >= LIX_FROM_WORDS and lix(text) > MOST_LIX:
        found.append(f"LIX {lix(text):.1f}, at most {MOST_LIX}: {text}")
    if not glossary_word:
        found += [f"an office word: {word}" for word in _OFFICE_WORD.findall(text)]
    return found
