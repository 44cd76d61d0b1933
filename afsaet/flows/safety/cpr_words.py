"""Personal numbers with words in them, or with a day and month of one digit: 1. januar 1990-1234, 1/1-90 1234."""

from __future__ import annotations

import re

from afsaet.flows.safety.cpr_dates import possible

# The beginnings of the months' names, in Danish and English.
_MONTHS = ("jan", "feb", "mar", "apr", "ma[ijy]", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec")
_MONTH = "|".join(rf"(?:{name})[a-z]{{0,7}}" for name in _MONTHS)
_SIGN = r"[ \t\u00a0]*[-./\u2010-\u2015][ \t\u00a0]*"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_SIX = r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{2})"
_DATES = (
    rf"(?P<day>\d{{2}})(?P<month>\d{{2}}){_YEAR}",
    rf"(?P<day>\d{{1,2}})(?P<sign>{_SIGN}|[ ])(?P<month>\d{{1,2}})(?P=sign){_YEAR}",
    # Two different signs: 1/1-90 as most write it by hand. After a full stop only with the whole year, for 9.10-11 is
    # a time.
    rf"(?P<day>\d{{1,2}})[ ]?/[ ]?(?P<month>\d{{1,2}})(?P<sign>{_SIGN}|[ ]{{1,2}}){_YEAR}",
    rf"(?P<day>\d{{1,2}})\.[ ]?(?P<month>\d{{1,2}})(?P<sign>{_SIGN}|[ ]{{1,2}})(?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}})\.?[^\S\n]*(?P<month>{_MONTH})\.?,?[^\S\n]*{_YEAR}",
)

# Between the date and the last four digits: signs, "nr.", words that lead on to them or that say what the four are.
_SIGNS = r"[\s,.:;/()\-\u2010-\u2015]{1,8}"
_NUMBER = rf"{_SIGNS}(?:nr|nummer|no|number){_SIGNS}"
_LAST_FOUR = (
    r"[^\d\n]{0,40}\b(?:(?:sidste|last|bagerste) (?:fire|four|4)|(?:fire|four|4) (?:sidste|last|cifre|tal|digits)"
    r"|cif(?:re|fer|rene)|tallene|digits|cpr\w*|(?:løbe|person|kontrol)(?:nr|nummer|cifre))\b"
    r"[^\d\n]{0,30}"
)
_THEN = (
    rf"{_SIGNS}(?:(?:og|and)\s+)?(?:så|derefter|bagefter|then|(?:binde)?streg|minus|dash)(?:\s+(?:så|kommer|er|is))?{_SIGNS}"
)
_AND = rf"{_SIGNS}(?:og|and){_SIGNS}"
_PATTERNS = [
    re.compile(rf"(?<!\d){date}(?P<between>{between})(?P<last>\d{{4}})(?!\d)", re.IGNORECASE)
    for date, between in (
        *((date, f"{_SIGNS}|{_NUMBER}|{_LAST_FOUR}") for date in _DATES),
        *((date, f"(?P<leads>{_THEN})") for date in (_SIX, *_DATES[1:])),
        (_SIX, f"(?P<leads>(?P<and>{_AND}))"),
    )
]
_LIKE_A_TIME = re.compile(r"[-.:,]?\d|\.\d")  # what makes four digits the beginning of something else


_COUNTED = re.compile(r"[^\S\n]*(?:,-|(?:kr|kroner|dkk|gange|timer|dage|år|stk|km|meter)\b)", re.IGNORECASE)


def replace(plain: str, text: str, mask: str) -> str:
    """The text with `mask` for each of these numbers. plain: the same text with ordinary digits, sign by sign."""
    for pattern in _PATTERNS:
        spans = [found.span() for found in pattern.finditer(plain) if _is_number(found, plain[found.end() :])]
        for start, end in reversed(spans):
            plain, text = (f"{each[:start]}{mask}{each[end:]}" for each in (plain, text))
    return text


def _is_number(found: re.Match[str], after: str) -> bool:
    if _LIKE_A_TIME.match(after) or not _says_what_it_is(found):
        return False
    if "leads" in found.groupdict() and _COUNTED.match(after):
        return False
    month, year = _month(found["month"]), found["year"]
    number = f"{int(found['day']):02}{month:02}{year[-2:]}{found['last']}"
    return possible(number, century=int(year[:2]) if len(year) == 4 else None)


def _says_what_it_is(found: re.Match[str]) -> bool:
    """Whether the four digits are no year: a date and a year are a stretch of time, unless words say otherwise."""
    groups = found.groupdict()
    words = any(sign.isalpha() for sign in found["between"]) and not groups.get("and")
    if not words and found["month"].isdecimal() and not {"sign", "and"} & groups.keys():
        return False  # six or eight digits and four more are looked at elsewhere
    return words or not 1900 <= int(found["last"]) <= 2099


def _month(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return next(number for number, name in enumerate(_MONTHS, 1) if re.match(name, written, re.IGNORECASE))
