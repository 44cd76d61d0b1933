"""Danish personal numbers (CPR-numre) in what people write: found by their look and taken out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from afsaet.flows.safety import cpr_words
from afsaet.flows.safety.cpr_dates import possible

MASK = "[CPR-nummer fjernet]"

FEWEST_DIGITS = 7  # as in 1. jan 90 1234

# Some phones put invisible signs between digits; a keycap emoji is a digit with two more; a sign that could not be
# read has become U+FFFD before it comes here.
_SPACE = (
    r"(?:[^\S\n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffd])"
)
_BLANK = rf"(?:{_SPACE}|\n)"
_DASHES = r"\-\u00ac\u02d7\u058a\u05be\u2010-\u2015\u2043\u207b\u2212\u2500\u2796\u2e3a\u2e3b\u30fc\ufe58\ufe63\uff0d~"
_DOTS = r".\u00b7\u2022\u2024\u2027\u30fb\uff0e"
_OTHER_SIGNS = r"/_,:;|*+='\"()\[\]{}<>\\\u00b4\u060c\u2018-\u201d\u2044\u2215\u3001\uff08\uff09\uff0c\uff0f\uff1a"

# Letters that are typed for the digits they look like, among digits: O1O17O-l234.
_LIKE_DIGITS = str.maketrans("OoIl", "0011")
_WITH_LETTERS = re.compile(r"(?<![^\W_])(?=[OoIl]*\d)[OoIl\d]*[OoIl][OoIl\d]*(?![^\W\d_])")

_DIGIT, _GROUP = re.compile(r"\d"), re.compile(r"\d+")
_SPACES = re.compile(rf"{_SPACE}+")
_JOINT = re.compile(rf"{_BLANK}*(?:[{_DASHES}{_DOTS}{_OTHER_SIGNS}]{_BLANK}*){{0,8}}")
_DASH = re.compile(rf"{_BLANK}*[{_DASHES}]+{_BLANK}*")
_TIGHT = re.compile(rf"[{_DASHES}{_DOTS}]")
# What comes before a bank account: its word, then perhaps four digits for the branch. On the same line.
_ACCOUNT = re.compile(
    r"\b(?:\w*konto|reg|registrering|account)(?:s?(?:nr|nummer))?\b[.:]*(?:[^\S\n]*(?:nr|nummer|number|no|er|is)\b[.:]*)?"
    rf"[^\S\n]*(?:\d{{4}}{_SPACE}*[{_DASHES}{_DOTS}/_]?{_SPACE}*)?\Z",
    re.IGNORECASE,
)
_AS_IN_PAIRS = re.compile(rf"{_BLANK}*[{_DASHES}{_DOTS}/_]{_BLANK}*")

_PLAIN_SHAPES = {(10,), (6, 4), (2, 2, 2, 4)}
_OTHER_SHAPES = {(8, 2), (4, 4, 2), (1, 3, 3, 3)}  # a telephone number and a count; an amount in thousands
_PAIRS, _ONE_BY_ONE = (2,) * 5, (1,) * 10


class _Stretch(NamedTuple):
    """Some groups of digits in a row, what stands between and around them, and the text before them."""

    digits: list[str]
    joints: list[str]
    before: str
    after: str
    lead: str

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(map(len, self.digits))


def mask(text: str) -> tuple[str, bool]:
    """The text with every personal number replaced by `MASK`, and whether there was any.

    A personal number is a day, month, year and four more digits in any usual spelling. Only the date must be
    possible, in the century that the year and the seventh digit give; numbers without a valid check digit
    have been handed out since 2007, so the check digit says nothing. Replacement numbers (day + 60) count.
    All else stays as it was: numbers of other lengths, such as a telephone's, and dates with a time. A date and
    four digits right after it, such as an amount, are taken for a personal number rather than one kept.
    """
    if len(_DIGIT.findall(_digits_and_letters_like_them(text))) < FEWEST_DIGITS:
        return text, False
    masked = _masked(text, _digits)
    if _WITH_LETTERS.search(_digits(masked)):
        masked = _masked(masked, _digits_and_letters_like_them)
    return masked, masked != text


def _masked(text: str, plain: Callable[[str], str]) -> str:
    """plain: the same text with ordinary digits, sign by sign."""
    # Numbers that are plain to see go first, so that they are no neighbours of the looser spellings.
    masked = _replace(_replace(text, plain, _is_plain), plain, _is_spaced_out)
    return cpr_words.replace(plain(masked), masked, MASK)


def _replace(text: str, plain: Callable[[str], str], is_number: Callable[[_Stretch], bool]) -> str:
    groups = list(_GROUP.finditer(plain(text)))
    gaps = [text[a.end() : b.start()] for a, b in pairwise(groups)]
    pieces, done, first, found_until = [], 0, 0, 0
    while first < len(groups):
        for last in _ends(groups, gaps, first):
            alone = first == found_until  # what stood before is a number already found, or nothing
            stretch = _Stretch(
                digits=[group.group() for group in groups[first : last + 1]],
                joints=gaps[first:last],
                before="" if alone else gaps[first - 1],
                after=gaps[last] if last < len(gaps) else "",
                lead=text[max(0, groups[first].start() - 60) : groups[first].start()],
            )
            if is_number(stretch):
                pieces += [text[done : groups[first].start()], MASK]
                done, first = groups[last].end(), last
                found_until = last + 1
                break
        first += 1
    return "".join([*pieces, text[done:]])


def _digits(text: str) -> str:
    return text if text.isascii() else "".join(map(_plain_digit, text))


def _digits_and_letters_like_them(text: str) -> str:
    return _WITH_LETTERS.sub(lambda found: found.group().translate(_LIKE_DIGITS), _digits(text))


def _plain_digit(sign: str) -> str:
    """A raised, lowered or encircled digit as an ordinary one; every other sign, and every digit, as it is."""
    value = None if sign.isascii() else unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def _ends(groups: list[re.Match[str]], gaps: list[str], first: int) -> list[int]:
    """The groups that a number beginning with group `first` could end with: ten digits, or twelve."""
    ends, length = [], 0
    for last in range(first, len(groups)):
        length += len(groups[last].group())
        if length > 12 or (last > first and not _JOINT.fullmatch(gaps[last - 1])):
            break
        if length in {10, 12}:
            ends.append(last)
    return ends


def _is_plain(found: _Stretch) -> bool:
    """Spellings that can hardly be anything else, such as 010203-1234, whatever stands near them."""
    if _TIGHT.fullmatch(found.before) or _TIGHT.fullmatch(found.after):
        return False
    number = "".join(found.digits)
    if found.shape == (2, 2, 4, 4) or (found.shape == (8, 4) and _is_no_telephone(found)):
        stretch_of_time = 1900 <= int(number[8:]) <= 2099  # such as 01.08.1998-2001
        return not stretch_of_time and possible(number[:4] + number[6:], century=int(number[4:6]))
    if found.shape == (10,) and _ACCOUNT.search(found.lead):
        return False
    if found.shape == (4, 2, 4) and all(map(_AS_IN_PAIRS.fullmatch, found.joints)):
        stretch_of_time = 1900 <= int(number[:4]) <= 2099 and 1900 <= int(number[6:]) <= 2099  # such as 2010-12-2011
        return not stretch_of_time and possible(number)
    return found.shape in _PLAIN_SHAPES and possible(number)


def _is_no_telephone(found: _Stretch) -> bool:
    """Whether eight digits and four more are a day of birth and the rest: no telephone number begins with 0 or 1."""
    return int(found.digits[0][0]) < 2 or bool(_DASH.fullmatch(found.joints[0]))


def _is_spaced_out(found: _Stretch) -> bool:
    """Ten digits with spaces anywhere, at most a sign before the last four, and no digits beside them.

    Ones and twos may also have one and the same sign between all of them: 0-1-0-2-0-3-1-2-3-4.
    """
    if sum(found.shape) != 10 or found.shape in _PLAIN_SHAPES | _OTHER_SHAPES:
        return False
    if any(_TIGHT.fullmatch(edge) or _SPACES.fullmatch(edge) for edge in (found.before, found.after)):
        return False
    number = "".join(found.digits)
    if len(set(found.joints)) == 1 and (
        found.shape == _ONE_BY_ONE or (found.shape == _PAIRS and _AS_IN_PAIRS.fullmatch(found.joints[0]))
    ):
        return possible(number)
    position = 0
    for digits, joint in zip(found.digits, found.joints, strict=False):
        position += len(digits)
        if position != 6 and not _SPACES.fullmatch(joint):
            return False
    return possible(number)
