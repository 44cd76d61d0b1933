"""Days as people write them in Danish, and days and times as they are written back."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text about a day gave no single day.

    impossible: no calendar has it (31/2). past: `days` holds a day before today. weekday: `days` holds the day,
    which is another weekday than the one written. several: `days` holds the two or more it could be.
    """

    reason: Literal["impossible", "past", "weekday", "several"]
    days: tuple[date, ...] = ()


def read_date(text: str, today: date) -> date | Unclear | None:
    """The day a text names, seen from `today`; None if it names none.

    It reads "3/3", "den 3. marts 2027", "tirsdag d. 3. marts kl. 10" (the time means nothing), "i overmorgen",
    "om to uger", "tirsdag i uge 12", "den 3." and the like. Without a year it is the next such day, today
    included; a weekday alone is the next one after today. "Næste tirsdag" is `Unclear` on days when people
    disagree about what it means.
    """
    words = _TIME.sub(" ", _plain(text))
    for reader in (_calendar_days, _counted_days, _weekdays, _near_days):
        found = tuple(dict.fromkeys(reader(words, today)))
        if found:
            return _settle(found, today)
    return None


def danish_date(day: date, *, year: bool = True, language: str = "da") -> str:
    """ "tirsdag den 1. december 2026", or without the year; in another language the same parts in its order."""
    pattern = "EEEE 'den' d. MMMM" if language == "da" else "EEEE d MMMM"
    return format_date(day, f"{pattern} y" if year else pattern, locale=language)


def danish_time(at: time, *, language: str = "da") -> str:
    """ "kl. 10.00"; in another language the bare time of a 24-hour clock, such as "10:00"."""
    return format_time(at, "'kl.' HH.mm" if language == "da" else "HH:mm", locale=language)


def danish_moment(moment: datetime, *, language: str = "da") -> str:
    """ "tirsdag den 1. december 2026 kl. 10.00", as on a receipt, in the moment's own zone."""
    return f"{danish_date(moment, language=language)} {danish_time(moment.timetz(), language=language)}"


def _plain(text: str) -> str:
    """Lower case, one space at a time, plain dashes, and æ, ø and å as ae, oe and aa."""
    lower = unicodedata.normalize("NFKC", text).casefold()
    for sign, plain in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("–", "-"), ("—", "-"), ("−", "-")):
        lower = lower.replace(sign, plain)
    return re.sub(r"\s+", " ", lower).strip()


_DANISH = Locale("da")
_MONTHS = tuple(_plain(_DANISH.months["format"]["wide"][number]) for number in range(1, 13))
_WEEKDAYS = tuple(_plain(_DANISH.days["format"]["wide"][number]) for number in range(7))
_SHORT_WEEKDAYS = {"tirs": 1, "ons": 2, "tors": 3, "fre": 4, "loer": 5}  # "man" and "søn" are words of their own
_COUNTS = {"en": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9}
_COUNTS |= {"ti": 10, "elleve": 11, "tolv": 12, "fjorten": 14}
_YEARS = {"sidste aar": -1, "i aar": 0, "naeste aar": 1}
_WEEKS = {"sidste uge": -1, "denne uge": 0, "naeste uge": 1}

_TIME = re.compile(
    r"\b(?:kl|klokken)\b\.? ?\d{1,2}(?:[.:]\d\d)?(?: ?- ?\d{1,2}(?:[.:]\d\d)?)?|\b\d{1,2}:\d\d\b", re.ASCII
)
_YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})[-./](?P<month>\d\d?)[-./](?P<day>\d\d?)\b", re.ASCII)
_NAMED = re.compile(
    r"(?<!\d)(?:(?P<or>\d{1,2})\.? ?(?:-|og|til|eller) ?(?:den |d\. ?)?)?(?P<day>\d{1,2})\.? ?"
    r"(?P<name>[a-z]{3,})\b\.?(?:,? ?(?P<year>\d{4}|2[5-9]|[3-9]\d)(?![\d.:]))?",
    re.ASCII,
)
_NUMBERS = re.compile(
    r"(?<!\d)(?<!\d[.,/-])(?P<day>\d{1,2})(?: ?[./-] ?|\.? i )(?P<month>\d{1,2})"
    r"(?:(?: ?[./-] ?|\.? )(?P<long>\d{4})|[./-] ?(?P<short>\d\d))?(?!\d|[./-]\d)",
    re.ASCII,
)
_RUN = re.compile(r"^(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4}|\d\d)$", re.ASCII)
_DAY_ALONE = re.compile(r"\b(?:den|d\.?) ?(\d{1,2})\b|^(\d{1,2})\.$", re.ASCII)
_COUNTED = re.compile(
    rf"\bom (?P<one>en |et )?(?:(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}) )?(?P<unit>dag|uge|maaned)[ers]*\b",
    re.ASCII,
)
_WEEK_NUMBER = re.compile(r"\buge (\d{1,2})\b", re.ASCII)
_NEAR = {
    -2: r"i ?forgaars",
    -1: r"i ?gaar",
    0: r"i ?dag|i ?aften|i (?:formiddag|eftermiddag)",
    1: r"i ?morgen",
    2: r"(?:i ?)?overmorgen",
}


def _settle(found: tuple[date | Unclear, ...], today: date) -> date | Unclear:
    days: list[date] = []
    for day in found:
        if isinstance(day, Unclear):
            return day
        days.append(day)
    if len(days) > 1:
        return Unclear("several", tuple(days))
    return Unclear("past", tuple(days)) if days[0] < today else days[0]


def _calendar_days(words: str, today: date) -> list[date | Unclear]:
    """Days written in numbers or with the month's name, held against the weekday if one is written."""
    found: list[date | Unclear] = []
    more = _said(words, _YEARS)
    year = None if more is None else today.year + more
    rest = words

    def take(match: re.Match[str]) -> str:
        parts = match.groupdict()
        month = _which(parts["name"], _MONTHS) if "name" in parts else int(parts["month"]) - 1
        if month is None:
            return match[0]
        if _is_time(match[0], after_a_day=bool(found)):
            return " "
        written = parts.get("year") or parts.get("long") or parts.get("short")
        for day in (parts.get("or"), parts["day"]):
            if day:
                found.append(_day(int(day), month + 1, _full_year(written, today) if written else year, today))
        return ";"  # a day may not be put together of what stood on both sides

    for pattern in (_YEAR_FIRST, _NAMED, _NUMBERS, _RUN):
        rest = pattern.sub(take, rest)
    if not found and (alone := _DAY_ALONE.search(rest)):
        found.append(_day_of_month(int(alone[1] or alone[2]), "naeste maaned" in words, today))
    weekdays = {weekday for weekday, _ in _written_weekdays(words)}
    if len(found) == len(weekdays) == 1 and isinstance(found[0], date) and found[0].weekday() not in weekdays:
        return [Unclear("weekday", (found[0],))]
    return found


def _is_time(text: str, *, after_a_day: bool) -> bool:
    """Whether two numbers with a dot are hours and minutes: 10.30 always, 10.12 where the day is known."""
    numbers = re.fullmatch(r"([01]?\d|2[0-3])\.([0-5]\d)", text, re.ASCII)
    return numbers is not None and (after_a_day or not 1 <= int(numbers[2]) <= 12)


def _full_year(written: str, today: date) -> int:
    """Two digits mean a year at most 20 years ahead, for the days people name are near or long gone."""
    earliest = today.year - 79
    return int(written) if len(written) == 4 else earliest + (int(written) - earliest) % 100


def _day(day: int, month: int, year: int | None, today: date) -> date | Unclear:
    """The day; without a year the next one, today included (29 February may be some years off)."""
    for each in range(today.year, today.year + 9) if year is None else (year,):
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    return Unclear("impossible")


def _day_of_month(day: int, next_month: bool, today: date) -> date | Unclear:
    """The next such day of a month; months that are too short for it are passed over."""
    earliest = _add_months(today.replace(day=1), 1) if next_month else today
    for more in range(3):
        first = _add_months(earliest.replace(day=1), more)
        if 1 <= day <= monthrange(first.year, first.month)[1] and first.replace(day=day) >= earliest:
            return first.replace(day=day)
    return Unclear("impossible")


def _add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _counted_days(words: str, today: date) -> list[date | Unclear]:
    """ "om 2 uger", "om tre dage"; with a weekday ("tirsdag om en uge") it can be understood in two ways."""
    match = _COUNTED.search(words)
    if not match or not (match["one"] or match["count"]):
        return []
    count = match["count"] or "1"
    number = _COUNTS.get(count) or int(count)
    days = {"dag": number, "uge": 7 * number}.get(match["unit"])
    if days is None:
        return [_add_months(today, number)]
    start = next(iter(_near_days(words, today)), today)  # "i morgen om en uge"
    found: list[date | Unclear] = [start + timedelta(days)]
    for weekday, _ in _written_weekdays(words):
        found = [_in_week(today + timedelta(days), weekday), _coming(weekday, today) + timedelta(days)]
    return found


def _weekdays(words: str, today: date) -> list[date | Unclear]:
    """ "på tirsdag", "næste tirsdag", "i tirsdags", "tirsdag i uge 12", "tirsdag i næste uge"."""
    found: list[date | Unclear] = []
    week = _WEEK_NUMBER.search(words)
    weeks = _said(words, _WEEKS)
    for weekday, how in _written_weekdays(words):
        if week:
            found.append(_in_week_number(int(week[1]), weekday, today))
        elif weeks is not None:
            found.append(_in_week(today + timedelta(7 * weeks), weekday))
        elif how == "last":
            found.append(_coming(weekday, today - timedelta(8)))
        elif how == "next":  # to some the coming one, to others the one in the week after this
            found += [_coming(weekday, today), _in_week(today + timedelta(7), weekday)]
        else:
            found.append(_coming(weekday, today))
    return found


def _near_days(words: str, today: date) -> list[date]:
    return [today + timedelta(days) for days, name in _NEAR.items() if re.search(rf"\b(?:{name})\b", words)]


def _said(words: str, table: Mapping[str, int]) -> int | None:
    return next((number for name, number in table.items() if re.search(rf"\b{name}\b", words)), None)


def _written_weekdays(words: str) -> list[tuple[int, Literal["last", "next", ""]]]:
    """Every weekday named, Monday being 0, and whether it is said to be the last or the next one."""
    found: list[tuple[int, Literal["last", "next", ""]]] = []
    previous = ""
    for word in re.findall(r"[a-z]+", words):
        weekday = _SHORT_WEEKDAYS.get(word, _which(word.removesuffix("s"), _WEEKDAYS))
        if weekday is not None:
            last = previous in {"sidste", "forrige"} or (previous == "i" and word.endswith("dags"))
            found.append((weekday, "last" if last else "next" if previous == "naeste" else ""))
        previous = word
    return found


def _coming(weekday: int, today: date) -> date:
    """The first such weekday after today."""
    return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def _in_week(day: date, weekday: int) -> date:
    """That weekday in the week of the day; weeks begin on Monday."""
    return day + timedelta(weekday - day.weekday())


def _in_week_number(week: int, weekday: int, today: date) -> date | Unclear:
    """That weekday in the next week with the number."""
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            day = date.fromisocalendar(year, week, weekday + 1)
        except ValueError:
            continue
        if day >= today:
            return day
    return Unclear("impossible")


def _which(word: str, names: Sequence[str]) -> int | None:
    """The place of the one name that the word spells, begins (from three letters on) or nearly spells."""
    for place, name in enumerate(names):
        if word == name or (names is _MONTHS and len(word) >= 3 and name.startswith(word)):
            return place
    near = get_close_matches(word, names, n=2, cutoff=0.85)
    return names.index(near[0]) if len(near) == 1 else None
