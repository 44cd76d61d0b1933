"""Days written in numbers or with the month's name: "3/3", "den 3. marts 2027", "den 3. i næste måned"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from afsaet.flows.dates import days
from afsaet.flows.dates.found import (
    AND,
    MONTHS_AHEAD,
    WEEK_NUMBER,
    WEEKS,
    YEARS,
    Read,
    Unclear,
    possible,
    take_near,
    take_of,
    take_weekdays,
)
from afsaet.flows.dates.words import month_of

_YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})[-./](?P<month>\d\d?)[-./](?P<day>\d\d?)\b", re.ASCII)
_NAMED = re.compile(
    rf"(?<!\d)(?:(?P<or>\d{{1,2}})\.? ?{AND} ?(?:den |d\. ?)?)?(?P<day>\d{{1,2}})\.? ?(?:i )?"
    r"(?P<name>[a-z]{3,})\b\.?(?:,? ?(?:i )?(?P<year>\d{4}|2[5-9]|[3-9]\d)(?![\d.:]))?",
    re.ASCII,
)
_NUMBERS = re.compile(
    r"(?<!\d)(?<!\d[.,/-])(?P<day>\d{1,2})(?: ?[./-] ?|\.? i )(?P<month>\d{1,2})"
    r"(?:(?: ?[./-] ?|\.? )(?P<long>\d{4})|[./-] ?(?P<short>\d\d))?(?!\d|[./-]\d)"
    r"(?! ?(?:aar|time|dag|uge|maaned))",  # a half or three quarters of it
    re.ASCII,
)
_RUN = re.compile(r"^(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4}|\d\d)$", re.ASCII)
_DAY_ALONE = re.compile(
    rf"\b(?:den|d\.?) ?(?P<day>\d{{1,2}})\b(?:\.? ?{AND} ?(?:den |d\.? ?)?(?P<or>\d{{1,2}})\b)?"
    r"|^(?P<bare>\d{1,2})\.$",
    re.ASCII,
)
_DAY_AFTER = re.compile(rf";\.? ?{AND} ?(?:den |d\.? ?)(?P<day>\d{{1,2}})\b", re.ASCII)
# What may follow "den 3."; another word may be what is counted, as in "den 2. uge" and "den 2. påskedag".
_AFTER_A_DAY = re.compile(
    r"^\.? ?(?:$|[;,.!?()]|(?:i|om|hos|paa|til|ved|og|med|eller|klokken|kl|er|har|jeg|hvor|morgen|formiddag|middag|"
    r"eftermiddag|aften|min|mit|det|saa|tak|tror|naeste|denne|at|for|fra)\b)"
)


def calendar_days(words: str, today: date) -> Read:
    """Days written in numbers or with the month's name, held against the rest of what is said of them."""
    read = Read(words)
    more = take_of(read, YEARS)
    year = None if more is None else today.year + more
    full: int | None = None

    def take(match: re.Match[str]) -> str:
        nonlocal full
        parts = match.groupdict()
        month = month_of(parts["name"]) if "name" in parts else int(parts["month"]) - 1
        if month is None:
            return match[0]
        if _is_time(match[0], after_a_day=bool(read.found)):
            return " "
        written = parts.get("year") or parts.get("long") or parts.get("short")
        full = days.full_year(written, today) if written else year
        for day in (parts.get("or"), parts["day"]):
            if day:
                if full is None:
                    read.over += days.just_over(int(day), month + 1, today)
                read.found.append(possible(days.day_of(int(day), month + 1, full, today)))
        return ";"  # a day may not be put together of what stood on both sides

    for pattern in (_YEAR_FIRST, _NAMED, _NUMBERS, _RUN):
        read.rest = pattern.sub(take, read.rest)
    if not read.found:
        _days_alone(read, today)
        read.sure = read.sure and more is None
    elif len(read.found) == 1:
        _second_day(read, full, today)
    if len(read.found) == 1:
        _held_against(read, today)
    return read


def _second_day(read: Read, year: int | None, today: date) -> None:
    """ "den 12. marts eller den 13.": the other day of the same month, or of the next where the number is lower."""
    match, [first] = _DAY_AFTER.search(read.rest), read.found
    if not match or isinstance(first, Unclear) or not _AFTER_A_DAY.match(read.rest[match.end() :].rstrip()):
        return
    day, month = int(match["day"]), first.month
    if day < first.day:
        year, month = (year and year + month // 12), month % 12 + 1
    read.rest = f"{read.rest[: match.start()]};{read.rest[match.end() :]}"
    read.found.append(possible(days.day_of(day, month, year, today)))


def _days_alone(read: Read, today: date) -> None:
    """ "den 26.", "d. 3 eller 4", "den 3. i næste måned": a day of a month that is to be found."""
    match = _DAY_ALONE.search(read.rest)
    if not match:
        return
    before, after = read.rest[: match.start()], read.rest[match.end() :]
    read.rest = f"{before};{after}"
    ahead = take_of(read, MONTHS_AHEAD)
    read.take(r"\bi maaneden\b")
    if not _AFTER_A_DAY.match(after):
        read.sure = False
    for day in (match["day"] or match["bare"], match["or"]):
        if day:
            read.found.append(possible(days.day_of_month(int(day), today, ahead=ahead)))


def _held_against(read: Read, today: date) -> None:
    """The one day against the weekday, the week, the month and the near day that are said as well."""
    [day] = read.found
    if isinstance(day, Unclear):
        return
    weekdays = {weekday for weekday, _how in take_weekdays(read, " ")}
    if len(weekdays) == 1 and {each.weekday() for each in read.over} == weekdays:
        return  # the day that is over is meant, or the next one by mistake
    if len(weekdays) == 1 and day.weekday() not in weekdays:
        read.found = [Unclear("weekday", (day,))]
    elif len(weekdays) > 1:
        read.sure = False
    if (week := read.take(WEEK_NUMBER)) and day.isocalendar().week != int(week["week"]):
        read.sure = False
    weeks, months = take_of(read, WEEKS), take_of(read, MONTHS_AHEAD)
    if weeks is not None and days.in_week(day, 0) != days.in_week(today + timedelta(7 * weeks), 0):
        read.sure = False
    if months is not None and day.replace(day=1) != days.add_months(today.replace(day=1), months):
        read.sure = False
    for near in take_near(read, today):
        if near > today and near != day:
            read.found.append(near)


def _is_time(text: str, *, after_a_day: bool) -> bool:
    """Whether two numbers with a dot are hours and minutes: 10.30 always, 10.12 where the day is known."""
    numbers = re.fullmatch(r"([01]?\d|2[0-3])\.([0-5]\d)", text, re.ASCII)
    return numbers is not None and (after_a_day or not 1 <= int(numbers[2]) <= 12)
