"""The words that name days and months: Danish ones, and English ones put in Danish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from babel import Locale


def plain(text: str) -> str:
    """Lower case, one space at a time, plain dashes, and æ, ø and å as ae, oe and aa."""
    lower = unicodedata.normalize("NFKC", text).casefold()
    for sign, instead in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("–", "-"), ("—", "-"), ("−", "-"), ("’", "'")):
        lower = lower.replace(sign, instead)
    return re.sub(r"\s+", " ", lower).strip()


_DANISH = Locale("da")
MONTHS = tuple(plain(_DANISH.months["format"]["wide"][number]) for number in range(1, 13))
WEEKDAYS = tuple(plain(_DANISH.days["format"]["wide"][number]) for number in range(7))
SHORT_WEEKDAYS = {"tirs": 1, "ons": 2, "tors": 3, "fre": 4, "loer": 5}  # "man" and "søn" are words of their own
COUNTS = {"en": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9}
COUNTS |= {"ti": 10, "elleve": 11, "tolv": 12, "fjorten": 14}
_ORDINALS = """
    foerste anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte trettende fjortende femtende
    sekstende syttende attende nittende tyvende enogtyvende toogtyvende treogtyvende fireogtyvende femogtyvende
    seksogtyvende syvogtyvende otteogtyvende niogtyvende tredivte enogtredivte
"""
ORDINALS = {name: place for place, name in enumerate(_ORDINALS.split(), 1)}

_ENGLISH = Locale("en")
_ENGLISH_MONTHS = {_ENGLISH.months["format"]["wide"][place].casefold(): name for place, name in enumerate(MONTHS, 1)}
_ENGLISH_ONLY = "january|february|march|may|june|july|october|oct"
_ENGLISH_WEEKDAYS = {_ENGLISH.days["format"]["wide"][day].casefold(): name for day, name in enumerate(WEEKDAYS)}
_ENGLISH_WEEKDAYS |= {"tues": "tirsdag", "wed": "onsdag", "thu": "torsdag", "thur": "torsdag",
                      "thurs": "torsdag"}  # "fri", "sat" and "mon" are Danish words
_ENGLISH_COUNTS = {"a": "en", "an": "en", "one": "en", "two": "to", "three": "tre", "four": "fire", "five": "fem",
                   "six": "seks", "seven": "syv", "eight": "otte", "nine": "ni", "ten": "ti", "fourteen": "fjorten"}
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_ENGLISH_COUNTS)})"
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept?", "oct", "nov", "dec")
_EACH_MONTH = "|".join((*_ENGLISH_MONTHS, *MONTHS, *_SHORT_MONTHS))
_EACH_WEEKDAY = "|".join(_ENGLISH_WEEKDAYS)
_FIRSTS = {"first": "foerste", "second": "anden", "third": "tredje", "fourth": "fjerde", "fifth": "femte"}

# In order; what an earlier one has put in Danish a later one meets as Danish.
_PHRASES: Sequence[tuple[str, str]] = (
    (r"\b\d{1,2}(?:[.:]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.)(?!\w)", " "),
    (rf"\b({_ENGLISH_ONLY})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?![.:/]\d)", r"\2. \1"),
    (rf"\b({_EACH_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)\b", r"\2. \1"),
    (rf"\b({_EACH_MONTH})\.? (\d{{1,2}})(?=,? \d{{4}}\b)", r"\2. \1"),
    (rf"^((?:(?:{_EACH_WEEKDAY}),? )?)({_EACH_MONTH})\.? (\d{{1,2}})$", r"\1\3. \2"),
    (r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1."),
    *((rf"\b{first}(?= (?:of (?:{_EACH_MONTH})|{_EACH_WEEKDAY}|day)\b)", danish) for first, danish in _FIRSTS.items()),
    (rf"(\d\.?|{'|'.join(_FIRSTS.values())}) of (?={_EACH_MONTH})", r"\1 "),
    (r"\bthe (?=\d|foerste|anden|tredje|fjerde|femte)", "den "),
    (r"(\d\.?) to (?=(?:the )?\d)", r"\1 til "),
    (r"(\d\.?) and (?=(?:the )?\d)", r"\1 og "),
    (r"\b(?:the )?day after tomorrow\b", "i overmorgen"),
    (rf"\b({_COUNT}) (days?|weeks?|months?) from (?:now|today)\b", r"in \1 \2"),
    (r"\bin a fortnight\b", "om 14 dage"),
    (rf"\bin (?={_COUNT} (?:day|week|month)s?\b)", "om "),
    *((rf"\bom {count} (?=day|week|month)", f"om {danish} ") for count, danish in _ENGLISH_COUNTS.items()),
    (r"\b(?:last|past) (?=week|month|year|day|" + _EACH_WEEKDAY + ")", "sidste "),
    (r"\bthis (?=week|month|year)", "denne "),
    (r"\b(?:of )?the month\b", "i maaneden"),
    (r"\b(?:can|don|won|isn|doesn|wasn)'?t\b|\b(?:cannot|not|never)\b", "ikke"),
)
_SINGLE = {
    **_ENGLISH_MONTHS, **_ENGLISH_WEEKDAYS, "oct": "oktober",
    "tomorrow": "i morgen", "today": "i dag", "tonight": "i aften",
    "yesterday": "i gaar", "next": "naeste", "week": "uge", "weeks": "uger", "day": "dag", "days": "dage",
    "month": "maaned", "months": "maaneder", "year": "aar", "years": "aar", "or": "eller", "after": "efter",
    "before": "inden", "until": "indtil", "since": "siden", "about": "omkring", "around": "omkring",
    "between": "mellem", "every": "hver", "except": "undtagen", "later": "senere", "following": "foelgende",
    "from": "fra", "in": "i", "of": "i", "neither": "hverken", "mondays": "mandage",
    "tuesdays": "tirsdage",
    "wednesdays": "onsdage", "thursdays": "torsdage", "fridays": "fredage", "saturdays": "loerdage",
    "sundays": "soendage", "either": "eller",
}  # fmt: skip
_ONE_WORD = re.compile(rf"\b({'|'.join(_SINGLE)})\b")


def in_danish(words: str) -> str:
    """Plain text with its English words about days put in Danish. None of them is a word in Danish too."""
    for pattern, danish in _PHRASES:
        words = re.sub(pattern, danish, words)
    return _ONE_WORD.sub(lambda match: _SINGLE[match[1]], words)


def month_of(word: str) -> int | None:
    """January is 0; None for a word that is no month's name, its beginning (from three letters on) or nearly it."""
    for place, name in enumerate(MONTHS):
        if len(word) >= 3 and name.startswith(word):
            return place
    return _nearest(word, MONTHS)


def weekday_of(word: str) -> int | None:
    """Monday is 0; None for a word that is no weekday's name, nearly its name, or a usual short form of it."""
    if word in SHORT_WEEKDAYS:
        return SHORT_WEEKDAYS[word]
    word = word.removesuffix("s")
    return WEEKDAYS.index(word) if word in WEEKDAYS else _nearest(word, WEEKDAYS)


def _nearest(word: str, names: Sequence[str]) -> int | None:
    near = get_close_matches(word, names, n=2, cutoff=0.85)
    return names.index(near[0]) if len(near) == 1 else None


def numbered(words: str) -> str:
    """Plain text with written ordinals as numbers where they count days or weekdays: "den 3. marts", "1. mandag i";
    and "3-dec", "3die december" and "03 12 2026" as they are mostly written."""
    places = "|".join(ORDINALS)
    words = re.sub(r"^(\d{1,2}) (\d{1,2}) (\d{4})$", r"\1.\2.\3", words)
    words = re.sub(r"\b(\d{1,2})-(?=[a-z]{3,})", r"\1. ", words)

    def number(match: re.Match[str]) -> str:
        following = match["next"]
        counts = following == "dag" or month_of(following) is not None or weekday_of(following) is not None
        return f"{ORDINALS[match[1]]}." if counts else match[0]

    words = re.sub(r"\b(\d{1,2})(?:ste|den|de|die|dje|te)(?= [a-z]{3,})", r"\1.", words)
    words = re.sub(rf"\b({places})(?= (?P<next>[a-z]{{3,}}))", number, words)
    alone = re.fullmatch(rf"(?P<day>(?:paa )?(?:{'|'.join(WEEKDAYS)}) )?(?:den|d\.?) (?P<place>{places})\.?", words)
    if alone and (alone["day"] or alone["place"] != "anden"):  # "den anden" is as often another one as the second
        words = f"{alone['day'] or ''}den {ORDINALS[alone['place']]}."
    of_a_month = rf"i (?:{places}|\d|maaneden|denne maaned|naeste maaned|[a-z]*(?:{'|'.join(MONTHS)}))\b"
    words = re.sub(rf"\b({places})(?= {of_a_month})", lambda match: f"{ORDINALS[match[1]]}.", words)
    return re.sub(rf"(\d\. i )({places})\b", lambda match: f"{match[1]}{ORDINALS[match[2]]}.", words)
