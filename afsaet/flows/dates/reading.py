"""Days as people write them, in Danish and in English.

Better no day than a wrong one: what stands beside the day is looked at too, and where any of it could change the
day ("efter", "eller", "hver", another month's name), the citizen is asked, or it is no day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from afsaet.flows.dates import days
from afsaet.flows.dates.words import COUNTS, ORDINALS, WEEKDAYS, in_danish, month_of, numbered, plain, weekday_of


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
class _Read:
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


def read_date(text: str, today: date) -> date | Unclear | None:
    """The day a text names, seen from `today`; None if it names none, or only says which day it is not.

    It reads "3/3", "den 3. marts 2027", "tirsdag d. 3. marts kl. 10" (the time means nothing), "i overmorgen",
    "om to uger", "tirsdag i uge 12", "første mandag i december", "den 3." and the like, and the same in English.
    Without a year it is the next such day, today included, and `Unclear` where it was a short while ago; a weekday
    alone is the next one after today. "Næste tirsdag" is `Unclear` on days when people disagree about what it means.
    """
    words = numbered(in_danish(_TIME.sub(" ", plain(text))))
    if _NO_DAY.search(words):
        return None
    for reader in (_places_in_a_month, _calendar_days, _counted_days, _weekdays, _near_days):
        read = reader(words, today)
        if read.found:
            return _settle(read, today)
    return None


_TIME = re.compile(
    r"\b(?:kl|klokken)\b\.? ?\d{1,2}(?:[.:]\d\d)?(?: ?- ?\d{1,2}(?:[.:]\d\d)?)?|\b\d{1,2}:\d\d\b", re.ASCII
)
_NO_DAY = re.compile(
    r"\b(?:ikke|ikk|ik|hverken|undtagen|aldrig|hver|hvert|enhver|alle|ingen|aflyst)\b"
    rf"|\b(?:{'|'.join(WEEKDAYS)})(?:e|en|ene|er|erne)\b"  # "om mandagen": every Monday, or one that was told of
)
_YEARS = {"(?:sidste|forrige) aar": -1, "i aar": 0, "(?:til )?naeste aar": 1}
_WEEKS = {"(?:sidste|forrige) uge": -1, "denne(?: her)? uge|den her uge": 0, "naeste uge": 1}
_MONTHS_AHEAD = {"(?:i )?denne(?: her)? maaned|i den her maaned": 0, "(?:til |i )?naeste maaned": 1}
_NEAR = {
    -2: r"i ?forgaars",
    -1: r"i ?gaar",
    0: r"i ?dag|i ?aften|i (?:formiddag|eftermiddag)",
    1: r"i ?morgen",
    2: r"(?:i ?)?overmorgen",
}

_PLACE = re.compile(
    r"\b(?P<place>[1-5]|sidste|naestsidste)\.? (?P<name>[a-z]+) (?:i|af) (?P<month>(?:denne|den her|naeste) maaned|"
    r"maaneden|[a-z]{3,})\b(?:,? (?:i )?(?P<year>(?:19|20)\d\d)\b)?"
)
_YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})[-./](?P<month>\d\d?)[-./](?P<day>\d\d?)\b", re.ASCII)
_AND = r"(?:-|og|til|eller|,|/|&|\+)"
_NAMED = re.compile(
    rf"(?<!\d)(?:(?P<or>\d{{1,2}})\.? ?{_AND} ?(?:den |d\. ?)?)?(?P<day>\d{{1,2}})\.? ?(?:i )?"
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
    rf"\b(?:den|d\.?) ?(?P<day>\d{{1,2}})\b(?:\.? ?{_AND} ?(?:den |d\.? ?)?(?P<or>\d{{1,2}})\b)?"
    r"|^(?P<bare>\d{1,2})\.$",
    re.ASCII,
)
_DAY_AFTER = re.compile(rf";\.? ?{_AND} ?(?:den |d\.? ?)(?P<day>\d{{1,2}})\b", re.ASCII)
# What may follow "den 3."; another word may be what is counted, as in "den 2. uge" and "den 2. påskedag".
_AFTER_A_DAY = re.compile(
    r"^\.? ?(?:$|[;,.!?()]|(?:i|om|hos|paa|til|ved|og|med|eller|klokken|kl|er|har|jeg|hvor|morgen|formiddag|middag|"
    r"eftermiddag|aften|min|mit|det|saa|tak|tror|naeste|denne|at|for|fra)\b)"
)
_COUNTED = re.compile(
    rf"\bom (?P<one>en |et )?(?:(?P<count>\d{{1,3}}|{'|'.join(COUNTS)}) )?(?P<unit>dag|uge|maaned)[ers]*\b"
    r"(?P<about>(?<=s) tid\b)?",
    re.ASCII,
)
_WEEK_NUMBER = re.compile(r"\b(?:i )?uge (?P<week>\d{1,2})\b(?:,? (?:i )?(?P<year>20\d\d)\b)?", re.ASCII)

_WORD = re.compile(
    r"(?:\b(?P<before>sidste|forrige|i|naeste) )?"
    r"\b(?P<word>(?P<short>(?:man|soen)(?=\.? ?(?:den |d\.? ?)?[\d;]))|(?!(?:sidste|forrige|naeste)\b)[a-z]{3,})"
)

# What may change the day it stands beside.
_DOUBT = re.compile(
    r"\b(?:eller|efter|foer|foerend|inden|indtil|frem til|siden|senest|tidligst|senere|tidligere|snarest|mellem|ca|"
    r"cirka|omkring|omtrent|halvanden|halvandet|midt|starten|begyndelsen|slutningen|primo|medio|ultimo|foelgende|"
    r"overnaeste|naestkommende|sidst|jul|julen|advent|weekend|weekenden|flyttet|udsat)\b"
    r"|\b\w*(?:ferie|paaske|pinse|nytaar|juledag|juleaften|hverdag)\w*"
    r"|\b(?:uge|maaned|aar|dag|kvartal)(?:r|rne|n|e|en|er|erne|ene|es|s|et|ets)?\b"
    r"|\b(?:sidste|forrige|naeste|naestsidste)\b"
    r"|\bfra (?:og med )?(?:paa |den |d\.? ?)?;"
    rf"|;\.? ?{_AND} ?(?:den |d\.? ?|uge )?\d|\d\.? ?{_AND} ?(?:den |d\.? ?)?;"
    r"|\b(?:19|20)\d\d\b"
    rf"|\b(?:{'|'.join(set(ORDINALS) - {'anden'})})\b"
)


def _settle(read: _Read, today: date) -> date | Unclear:
    """The one day, or why there is none: what is impossible or past first, then what may mean another day."""
    found = tuple(dict.fromkeys(read.found))
    named: list[date] = []
    for day in found:
        if isinstance(day, Unclear):
            if day.reason == "weekday" and day.days[0] < today:
                return Unclear("past", day.days)
            return day
        named.append(day)
    ahead = tuple(day for day in named if day >= today)
    if not ahead:
        return Unclear("past", tuple(named[:1]))
    if len(ahead) > 1:
        return Unclear("several", ahead)
    if read.over and len(named) == 1:
        return Unclear("over", ahead)
    if len(named) > 1 or not read.sure or _DOUBT.search(read.rest) or _names_more(read.rest):
        return Unclear("unsure", ahead)
    return ahead[0]


def _names_more(rest: str) -> bool:
    """Whether a month, a weekday or a near day is named that nothing was made of."""
    if any(re.search(rf"\b(?:{name})\b", rest) for day, name in _NEAR.items() if day > 0):
        return True
    return any(month_of(word) is not None or weekday_of(word) is not None for word in re.findall(r"[a-z]{3,}", rest))


def _take_of(read: _Read, table: Mapping[str, int]) -> int | None:
    """The number that words of the table stand for, the words taken out."""
    for words, number in table.items():
        if read.take(rf"\b(?:{words})\b"):
            return number
    return None


def _places_in_a_month(words: str, today: date) -> _Read:
    """ "første mandag i december", "sidste fredag i måneden", "anden tirsdag i marts 2027", "sidste dag i maj"."""
    read = _Read(words)
    match = _PLACE.search(words)
    if not match:
        return read
    weekday, month = weekday_of(match["name"]), month_of(match["month"])
    this = {"maaneden": 0, "denne maaned": 0, "den her maaned": 0, "naeste maaned": 1}.get(match["month"])
    if (weekday is None and match["name"] != "dag") or (month is None and this is None):
        return read
    read.take(re.escape(match[0]), ";")
    place = {"sidste": -1, "naestsidste": -2}.get(match["place"]) or int(match["place"])
    more, this_month = _take_of(read, _YEARS), today.replace(day=1)
    if month is None:
        firsts = [days.add_months(this_month, this or 0)]
    elif match["year"] or more is not None:
        firsts = [date(int(match["year"]) if match["year"] else today.year + (more or 0), month + 1, 1)]
    else:  # where the coming month has no fifth one, next year's is not what is meant
        firsts = [first for later in range(2) if (first := date(today.year + later, month + 1, 1)) >= this_month]
        before = (days.in_month(date(today.year - back, month + 1, 1), place, weekday) for back in range(2))
        read.over += [day for day in before if day is not None and days.is_just_over(day, today)]
    found = [days.in_month(first, place, weekday) for first in firsts]
    read.found.append(_possible(next((day for day in found if day is None or day >= today), found[0])))
    return read


def _calendar_days(words: str, today: date) -> _Read:
    """Days written in numbers or with the month's name, held against the rest of what is said of them."""
    read = _Read(words)
    more = _take_of(read, _YEARS)
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
                read.found.append(_possible(days.day_of(int(day), month + 1, full, today)))
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


def _second_day(read: _Read, year: int | None, today: date) -> None:
    """ "den 12. marts eller den 13.": the other day of the same month, or of the next where the number is lower."""
    match, [first] = _DAY_AFTER.search(read.rest), read.found
    if not match or isinstance(first, Unclear) or not _AFTER_A_DAY.match(read.rest[match.end() :].rstrip()):
        return
    day, month = int(match["day"]), first.month
    if day < first.day:
        year, month = (year and year + month // 12), month % 12 + 1
    read.rest = f"{read.rest[: match.start()]};{read.rest[match.end() :]}"
    read.found.append(_possible(days.day_of(day, month, year, today)))


def _days_alone(read: _Read, today: date) -> None:
    """ "den 26.", "d. 3 eller 4", "den 3. i næste måned": a day of a month that is to be found."""
    match = _DAY_ALONE.search(read.rest)
    if not match:
        return
    before, after = read.rest[: match.start()], read.rest[match.end() :]
    read.rest = f"{before};{after}"
    ahead = _take_of(read, _MONTHS_AHEAD)
    read.take(r"\bi maaneden\b")
    if not _AFTER_A_DAY.match(after):
        read.sure = False
    for day in (match["day"] or match["bare"], match["or"]):
        if day:
            read.found.append(_possible(days.day_of_month(int(day), today, ahead=ahead)))


def _held_against(read: _Read, today: date) -> None:
    """The one day against the weekday, the week, the month and the near day that are said as well."""
    [day] = read.found
    if isinstance(day, Unclear):
        return
    weekdays = {weekday for weekday, _how in _take_weekdays(read, " ")}
    if len(weekdays) == 1 and {each.weekday() for each in read.over} == weekdays:
        return  # the day that is over is meant, or the next one by mistake
    if len(weekdays) == 1 and day.weekday() not in weekdays:
        read.found = [Unclear("weekday", (day,))]
    elif len(weekdays) > 1:
        read.sure = False
    if (week := read.take(_WEEK_NUMBER)) and day.isocalendar().week != int(week["week"]):
        read.sure = False
    weeks, months = _take_of(read, _WEEKS), _take_of(read, _MONTHS_AHEAD)
    if weeks is not None and days.in_week(day, 0) != days.in_week(today + timedelta(7 * weeks), 0):
        read.sure = False
    if months is not None and day.replace(day=1) != days.add_months(today.replace(day=1), months):
        read.sure = False
    for near in _take_near(read, today):
        if near > today and near != day:
            read.found.append(near)


def _possible(day: date | None) -> Found:
    return IMPOSSIBLE if day is None else day


def _is_time(text: str, *, after_a_day: bool) -> bool:
    """Whether two numbers with a dot are hours and minutes: 10.30 always, 10.12 where the day is known."""
    numbers = re.fullmatch(r"([01]?\d|2[0-3])\.([0-5]\d)", text, re.ASCII)
    return numbers is not None and (after_a_day or not 1 <= int(numbers[2]) <= 12)


def _counted_days(words: str, today: date) -> _Read:
    """ "om 2 uger", "om tre dage"; with a weekday ("tirsdag om en uge") it can be understood in two ways."""
    read = _Read(words)
    match = _COUNTED.search(words)
    if not match or not (match["one"] or match["count"]):
        return read
    read.take(re.escape(match[0]), ";")
    read.sure = not match["about"]
    count = match["count"] or "1"
    number = COUNTS.get(count) or int(count)
    weekdays = [weekday for weekday, _how in _take_weekdays(read, " ")]
    if match["unit"] == "maaned":
        found = days.add_months(today, number)
        read.found += [days.in_week(found, weekday) for weekday in weekdays] or [found]
        read.sure = read.sure and not weekdays
        return read
    length = 7 * number if match["unit"] == "uge" else number
    if match["unit"] == "dag" and number == 8:
        length = 7 if weekdays else 8  # "otte dage" is a week to most people
    start = next(iter(_take_near(read, today)), today)  # "i morgen om en uge"
    read.found.append(start + timedelta(length))
    if match["unit"] == "dag" and number == 8 and not weekdays:
        read.found.insert(0, start + timedelta(7))
    for weekday in weekdays:
        read.found = [days.in_week(today + timedelta(length), weekday)]
        if length % 7 == 0:
            read.found.append(days.coming(weekday, today) + timedelta(length))
        read.sure = False
    return read


def _weekdays(words: str, today: date) -> _Read:
    """ "på tirsdag", "næste tirsdag", "i tirsdags", "tirsdag i uge 12", "tirsdag i næste uge"."""
    read = _Read(re.sub(r"\b(?:[01]?\d|2[0-3])\.[0-5]\d\b", " ", words))
    week = read.take(_WEEK_NUMBER, ";")
    weeks = None if week else _take_of(read, _WEEKS)
    more = _take_of(read, _YEARS) if week else None
    for weekday, how in _take_weekdays(read, ";"):
        if week:
            year = int(week["year"]) if week["year"] else None if more is None else today.year + more
            if year is None:
                before = (days.in_week_number(int(week["week"]), weekday, each, today)
                          for each in (today.year - 1, today.year))
                read.over += [day for day in before if day is not None and days.is_just_over(day, today)]
            read.found.append(_possible(days.in_week_number(int(week["week"]), weekday, year, today)))
        elif weeks is not None:
            read.found.append(days.in_week(today + timedelta(7 * weeks), weekday))
        elif how == "last":
            read.found.append(days.coming(weekday, today - timedelta(8)))
        elif how == "next":  # to some the coming one, to others the one in the week after this
            read.found += [days.coming(weekday, today), days.in_week(today + timedelta(7), weekday)]
        else:
            read.found.append(days.coming(weekday, today))
    if read.found and re.search(r";\.? ?\d{1,2}\b|\b\d{1,2}\.? ?;", read.rest):
        read.sure = False  # a day of the month, an hour, or "8 dage"
    for near in _take_near(read, today) if read.found else ():
        same = [day for day in read.found if isinstance(day, date) and day.weekday() == near.weekday()]
        read.found = [day for day in read.found if day not in same]  # "i dag tirsdag" is not the next one
        read.found.append(near)
    return read


def _near_days(words: str, today: date) -> _Read:
    read = _Read(words)
    read.found += _take_near(read, today)
    return read


def _take_near(read: _Read, today: date) -> list[date]:
    return [today + timedelta(ahead) for ahead, name in _NEAR.items() if read.take(rf"\b(?:{name})\b")]


def _take_weekdays(read: _Read, mark: str) -> list[tuple[int, Literal["last", "next", ""]]]:
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
