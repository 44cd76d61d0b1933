"""What a reader has found in a text about a day, and the words that every reader takes out of it in the same way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from afsaet.flows.dates.words import weekday_of

# In plain letters, as the readers get them (`words.in_danish`).
AND = r"(?:-|og|til|eller|,|/|&|\+)"
YEARS = {"(?:sidste|forrige) aar": -1, "i aar": 0, "(?:til )?naeste aar": 1}
WEEKS = {"(?:sidste|forrige) uge": -1, "denne(?: her)? uge|den her uge": 0, "naeste uge": 1}
MONTHS_AHEAD = {"(?:i )?denne(?: her)? maaned|i den her maaned": 0, "(?:til |i )?naeste maaned": 1}
NEAR = {
    -2: r"i ?forgaars",
    -1: r"i ?gaar",
    0: r"i ?dag|i ?aften|i (?:formiddag|eftermiddag)",
    1: r"i ?morgen",
    2: r"(?:i ?)?overmorgen",
}
WEEK_NUMBER = re.compile(r"\b(?:i )?uge (?P<week>\d{1,2})\b(?:,? (?:i )?(?P<year>20\d\d)\b)?", re.ASCII)
_WORD = re.compile(
    r"(?:\b(?P<before>sidste|forrige|i|naeste) )?"
    r"\b(?P<word>(?P<short>(?:man|soen)(?=\.? ?(?:den |d\.? ?)?[\d;]))|(?!(?:sidste|forrige|naeste)\b)[a-z]{3,})"
)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text about a day gave no single day.

    impossible: no calendar has it (31/2). past: `days` holds a day before today. over: no year was written and the day
    was a short while ago, so that the next one, in `days`, is hardly what was meant. weekday: `days` holds the day,
    which is another weekday than the one written. several: `days` holds the two or more it could be. unsure:
    `days` holds the day that was read, and something beside it may mean another.
    """

    reason: Literal["impossible", "past", "over", "weekday", "several", "unsure"]
    days: tuple[date, ...] = ()


Found = date | Unclear
IMPOSSIBLE = Unclear("impossible")


@dataclass(slots=True)
class Read:
    """What a reader has found, and the words it made nothing of: a ";" stands where a day was.

    sure: false where the reader itself saw that another day may be meant. over: the days that were so short a while
    ago that the next such ones, which were found, may not be meant.
    """

    rest: str
    found: list[Found] = field(default_factory=list)
    sure: bool = True
    over: list[date] = field(default_factory=list)

    def take(self, pattern: str | re.Pattern[str], mark: str = " ") -> re.Match[str] | None:
        """The first such words, taken out of what is left."""
        match = re.search(pattern, self.rest)
        if match:
            self.rest = self.rest[: match.start()] + mark + self.rest[match.end() :]
        return match


def possible(day: date | None) -> Found:
    """The day, or that no calendar has it."""
    return IMPOSSIBLE if day is None else day


def take_of(read: Read, table: Mapping[str, int]) -> int | None:
    """The number that words of the table stand for, the words taken out."""
    for words, number in table.items():
        if read.take(rf"\b(?:{words})\b"):
            return number
    return None


def take_near(read: Read, today: date) -> list[date]:
    """Every near day named ("i morgen"), taken out."""
    return [today + timedelta(ahead) for ahead, name in NEAR.items() if read.take(rf"\b(?:{name})\b")]


def take_weekdays(read: Read, mark: str) -> list[tuple[int, Literal["last", "next", ""]]]:
    """Every weekday named, Monday being 0, and whether it is said to be the last or the next one; taken out."""
    found: list[tuple[int, Literal["last", "next", ""]]] = []

    def take(match: re.Match[str]) -> str:
        before, word = match["before"] or "", match["word"]
        weekday = {"man": 0, "soen": 6}[word] if match["short"] else weekday_of(word)
        if weekday is None:
            return match[0]
        last = before in {"sidste", "forrige"} or (before == "i" and word.endswith("dags"))
        found.append((weekday, "last" if last else "next" if before == "naeste" else ""))
        return mark

    read.rest = _WORD.sub(take, read.rest)
    return found
