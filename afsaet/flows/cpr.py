"""Danish personal numbers (CPR-numre) in what people write: found by their look and taken out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

MASK = "[CPR-nummer fjernet]"

# Some phones put invisible signs between digits.
_SPACE = r"(?:[^\S\n]|[\u00ad\u200b-\u200f\u2060\ufeff])"
_BLANK = rf"(?:{_SPACE}|\n)"
_DASHES = r"\-\u02d7\u058a\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_DOTS = r".\u00b7\u2024\uff0e"

_GROUP = re.compile(r"\d+")
_SPACES = re.compile(rf"{_SPACE}+")
_JOINT = re.compile(rf"{_BLANK}*(?:[{_DASHES}{_DOTS}/_]{_BLANK}*){{0,3}}")
_DASH = re.compile(rf"{_BLANK}*[{_DASHES}]+{_BLANK}*")
_TIGHT = re.compile(rf"[{_DASHES}{_DOTS}]")

_PLAIN_SHAPES = {(10,), (6, 4), (2, 2, 2, 4)}
_FULL_YEAR_SHAPES = {(8, 4), (2, 2, 4, 4)}
_OTHER_SHAPES = {(8, 2), (4, 4, 2), (1, 3, 3, 3)}  # a telephone number and a count; an amount in thousands


class _Stretch(NamedTuple):
    """Some groups of digits in a row, what stands between and around them, and the group before them."""

    digits: list[str]
    joints: list[str]
    before: str
    after: str
    previous: str

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(map(len, self.digits))


def mask(text: str) -> tuple[str, bool]:
    """The text with every personal number replaced by `MASK`, and whether there was any.

    A personal number is a day, month, year and four more digits in any usual spelling. Only the date must be
    possible, in the century that the year and the seventh digit give; numbers without a valid check digit
    have been handed out since 2007, so the check digit says nothing. Replacement numbers (day + 60) count.
    All else stays as it was.
    """
    # Numbers that are plain to see go first, so that they are no neighbours of the looser spellings.
    masked = _replace(_replace(text, _is_plain), _is_spaced_out)
    return masked, masked != text


def _replace(text: str, is_number: Callable[[_Stretch], bool]) -> str:
    groups = list(_GROUP.finditer(text))
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
                previous="" if alone else groups[first - 1].group(),
            )
            if is_number(stretch):
                pieces += [text[done : groups[first].start()], MASK]
                done, first = groups[last].end(), last
                found_until = last + 1
                break
        first += 1
    return "".join([*pieces, text[done:]])


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
    if found.shape in _FULL_YEAR_SHAPES and _DASH.fullmatch(found.joints[-1]):
        stretch_of_time = 1900 <= int(number[8:]) <= 2099  # such as 01.08.1998-2001
        return not stretch_of_time and _possible(number[:4] + number[6:], century=int(number[4:6]))
    if found.shape == (10,) and len(found.previous) == 4 and _JOINT.fullmatch(found.before):
        return False  # a bank account: four digits for the branch and ten for the account
    return found.shape in _PLAIN_SHAPES and _possible(number)


def _is_spaced_out(found: _Stretch) -> bool:
    """Ten digits with spaces anywhere, at most a dash before the last four, and no digits beside them."""
    if sum(found.shape) != 10 or found.shape in _PLAIN_SHAPES | _OTHER_SHAPES:
        return False
    if any(_TIGHT.fullmatch(edge) or _SPACES.fullmatch(edge) for edge in (found.before, found.after)):
        return False
    position = 0
    for digits, joint in zip(found.digits, found.joints, strict=False):
        position += len(digits)
        if position != 6 and not _SPACES.fullmatch(joint):
            return False
    return _possible("".join(found.digits))


def _possible(number: str, century: int | None = None) -> bool:
    """Whether ten digits can be a personal number, and one from that century if a century is given."""
    day, month, year = int(number[:2]), int(number[2:4]), _year(int(number[4:6]), int(number[6]))
    if century is not None and year // 100 != century:
        return False
    try:
        date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True


def _year(two_digits: int, seventh: int) -> int:
    """The full year, by the public table of seventh digits and centuries."""
    if seventh <= 3:
        return 1900 + two_digits
    if seventh in {4, 9}:
        return (2000 if two_digits <= 36 else 1900) + two_digits
    return (2000 if two_digits <= 57 else 1800) + two_digits
