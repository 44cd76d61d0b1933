"""Days as people write them, in Danish and in English.

Better no day than a wrong one: what stands beside the day is looked at too, and where any of it could change the
day ("efter", "eller", "hver", another month's name), the citizen is asked, or it is no day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from afsaet.flows.dates import days
from afsaet.flows.dates.calendar_days import calendar_days
from afsaet.flows.dates.found import (
    AND,
    NEAR,
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
from afsaet.flows.dates.words import COUNTS, ORDINALS, WEEKDAYS, in_danish, month_of, numbered, plain, weekday_of


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
    for reader in (_places_in_a_month, calendar_days, _counted_days, _weekdays, _near_days):
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

_PLACE = re.compile(
    r"\b(?P<place>[1-5]|sidste|naestsidste)\.? (?P<name>[a-z]+) (?:i|af) (?P<month>(?:denne|den her|naeste) maaned|"
    r"maaneden|[a-z]{3,})\b(?:,? (?:i )?(?P<year>(?:19|20)\d\d)\b)?"
)
_COUNTED = re.compile(
    rf"\bom (?P<one>en |et )?(?:(?P<count>\d{{1,3}}|{'|'.join(COUNTS)}) )?(?P<unit>dag|uge|maaned)[ers]*\b"
    r"(?P<about>(?<=s) tid\b)?",
    re.ASCII,
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
    rf"|;\.? ?{AND} ?(?:den |d\.? ?|uge )?\d|\d\.? ?{AND} ?(?:den |d\.? ?)?;"
    r"|\b(?:19|20)\d\d\b"
    rf"|\b(?:{'|'.join(set(ORDINALS) - {'anden'})})\b"
)


def _settle(read: Read, today: date) -> date | Unclear:
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
    if any(re.search(rf"\b(?:{name})\b", rest) for day, name in NEAR.items() if day > 0):
        return True
    return any(month_of(word) is not None or weekday_of(word) is not None for word in re.findall(r"[a-z]{3,}", rest))


def _places_in_a_month(words: str, today: date) -> Read:
    """ "første mandag i december", "sidste fredag i måneden", "anden tirsdag i marts 2027", "sidste dag i maj"."""
    read = Read(words)
    match = _PLACE.search(words)
    if not match:
        return read
    weekday, month = weekday_of(match["name"]), month_of(match["month"])
    this = {"maaneden": 0, "denne maaned": 0, "den her maaned": 0, "naeste maaned": 1}.get(match["month"])
    if (weekday is None and match["name"] != "dag") or (month is None and this is None):
        return read
    read.take(re.escape(match[0]), ";")
    place = {"sidste": -1, "naestsidste": -2}.get(match["place"]) or int(match["place"])
    more, this_month = take_of(read, YEARS), today.replace(day=1)
    if month is None:
        firsts = [days.add_months(this_month, this or 0)]
    elif match["year"] or more is not None:
        firsts = [date(int(match["year"]) if match["year"] else today.year + (more or 0), month + 1, 1)]
    else:  # where the coming month has no fifth one, next year's is not what is meant
        firsts = [first for later in range(2) if (first := date(today.year + later, month + 1, 1)) >= this_month]
        before = (days.in_month(date(today.year - back, month + 1, 1), place, weekday) for back in range(2))
        read.over += [day for day in before if day is not None and days.is_just_over(day, today)]
    found = [days.in_month(first, place, weekday) for first in firsts]
    read.found.append(possible(next((day for day in found if day is None or day >= today), found[0])))
    return read


def _counted_days(words: str, today: date) -> Read:
    """ "om 2 uger", "om tre dage"; with a weekday ("tirsdag om en uge") it can be understood in two ways."""
    read = Read(words)
    match = _COUNTED.search(words)
    if not match or not (match["one"] or match["count"]):
        return read
    read.take(re.escape(match[0]), ";")
    read.sure = not match["about"]
    count = match["count"] or "1"
    number = COUNTS.get(count) or int(count)
    weekdays = [weekday for weekday, _how in take_weekdays(read, " ")]
    if match["unit"] == "maaned":
        found = days.add_months(today, number)
        read.found += [days.in_week(found, weekday) for weekday in weekdays] or [found]
        read.sure = read.sure and not weekdays
        return read
    length = 7 * number if match["unit"] == "uge" else number
    if match["unit"] == "dag" and number == 8:
        length = 7 if weekdays else 8  # "otte dage" is a week to most people
    start = next(iter(take_near(read, today)), today)  # "i morgen om en uge"
    read.found.append(start + timedelta(length))
    if match["unit"] == "dag" and number == 8 and not weekdays:
        read.found.insert(0, start + timedelta(7))
    for weekday in weekdays:
        read.found = [days.in_week(today + timedelta(length), weekday)]
        if length % 7 == 0:
            read.found.append(days.coming(weekday, today) + timedelta(length))
        read.sure = False
    return read


def _weekdays(words: str, today: date) -> Read:
    """ "på tirsdag", "næste tirsdag", "i tirsdags", "tirsdag i uge 12", "tirsdag i næste uge"."""
    read = Read(re.sub(r"\b(?:[01]?\d|2[0-3])\.[0-5]\d\b", " ", words))
    week = read.take(WEEK_NUMBER, ";")
    weeks = None if week else take_of(read, WEEKS)
    more = take_of(read, YEARS) if week else None
    for weekday, how in take_weekdays(read, ";"):
        if week:
            year = int(week["year"]) if week["year"] else None if more is None else today.year + more
            if year is None:
                before = (days.in_week_number(int(week["week"]), weekday, each, today)
                          for each in (today.year - 1, today.year))
                read.over += [day for day in before if day is not None and days.is_just_over(day, today)]
            read.found.append(possible(days.in_week_number(int(week["week"]), weekday, year, today)))
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
    for near in take_near(read, today) if read.found else ():
        same = [day for day in read.found if isinstance(day, date) and day.weekday() == near.weekday()]
        read.found = [day for day in read.found if day not in same]  # "i dag tirsdag" is not the next one
        read.found.append(near)
    return read


def _near_days(words: str, today: date) -> Read:
    read = Read(words)
    read.found += take_near(read, today)
    return read


