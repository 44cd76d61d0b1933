"""A date, written in any usual Danish form or picked from a month."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date, get_day_names
from babel.lists import format_list

from afsaet.flows import dates
from afsaet.flows.definition import Question
from afsaet.flows.kinds.naming import NO, YES, spoken
from afsaet.flows.kinds.reply import Given, Reply, Turned, Unclear, own_words
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Rows
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer, Part

MONTHS_AHEAD = 12
MOST_OFFERED = 4


def _month(today: date, page: int) -> tuple[int, int]:
    month = today.month - 1 + page
    return today.year + month // 12, month % 12 + 1


def hint(question: Question, setting: Setting) -> str:
    return setting.tr(_("Skriv dagen, for eksempel »3. marts«. Eller vælg den her."))


def rows(question: Question, answer: Answer | None, page: int, setting: Setting) -> Rows:
    """The month's days from today on, a week a row, with the month's name between the ways to turn."""
    today = setting.now.date()
    page = min(page, MONTHS_AHEAD)
    year, month = _month(today, page)
    before = Button("‹", f"page.{page - 1}") if page > 0 else Button(" ", "stay")
    after = Button("›", f"page.{page + 1}") if page < MONTHS_AHEAD else Button(" ", "stay")
    weeks = [[day if day.month == month and day >= today else None for day in week]
             for week in calendar.Calendar().monthdatescalendar(year, month)]
    days = tuple(tuple(Button(str(day.day), f"day.{day.isoformat()}") if day else Button(" ", "stay") for day in week)
                 for week in weeks if any(week))
    named = get_day_names("narrow", "stand-alone", setting.language)
    letters = tuple(Button(named[day], "stay") for day in range(7))
    title = format_date(date(year, month, 1), "LLLL y", locale=setting.language)
    return ((before, Button(title, "stay"), after), letters, *days)


def _given(day: date, answer: Answer | None) -> Given:
    return Given(day.isoformat(), dates.danish_date(day), answer.parts if answer else ())


def tap(question: Question, answer: Answer | None, action: str, setting: Setting) -> Reply:
    verb, _dot, value = action.partition(".")
    if verb == "page" and value.isdecimal():
        return Turned(int(value))
    if verb == "day" and (day := _day(value)) is not None:
        over = day < setting.now.date()  # on a calendar that has stood for weeks
        return _which(dates.Unclear("past", (day,)), setting) if over else _given(day, answer)
    return Unclear(_("Tryk på et tal for at vælge dagen."))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def write(question: Question, answer: Answer | None, part: Part, setting: Setting) -> Reply:
    read = dates.read_date(part.text, setting.now.date())
    if isinstance(read, date):
        return _given(read, answer)
    if isinstance(read, dates.Unclear):
        return _which(read, setting)
    return own_words(answer, part, _("Jeg kunne ikke finde en dag i det. Jeg har gemt dine ord. Vælg også en dag."))


def _which(read: dates.Unclear, setting: Setting) -> Unclear:
    """What is asked when a text about a day gives no single day that is sure."""
    days = [dates.danish_date(day, language=setting.language) for day in read.days]
    if read.reason == "impossible":
        return Unclear(_("Den dag findes ikke i kalenderen. Prøv igen."))
    if read.reason == "past":
        return Unclear(_("Den dag er allerede gået: {day}. Hvilken dag mener du?"), {"day": days[0]})
    if len(days) > MOST_OFFERED:
        return Unclear(_("Jeg fandt flere dage i det. Hvilken dag mener du?"))
    offers = tuple(day.isoformat() for day in read.days)
    if read.reason == "over":
        return Unclear(_("Den dag er allerede gået. Mener du {day}? Så tryk på den, eller skriv »ja«."),
                       {"day": days[0]}, offers)
    if read.reason == "weekday":
        return Unclear(_("Ugedagen passer ikke. Mener du {day}? Så tryk på den, eller skriv »ja«."), {"day": days[0]},
                       offers)
    if len(days) == 1:
        return Unclear(_("Mener du {day}? Så tryk på den, eller skriv »ja«."), {"day": days[0]}, offers)
    either = format_list(days, style="or", locale=setting.language)
    return Unclear(_("Mener du {days}? Tryk på den, du mener, eller skriv den igen."), {"days": either}, offers)


def _coming(offered: Sequence[str], setting: Setting) -> tuple[date, ...]:
    """The days asked about that are not over; the question may have stood for weeks."""
    days = [date.fromisoformat(day) for day in offered]
    return tuple(day for day in days if day >= setting.now.date())


def offers(offered: Sequence[str], setting: Setting) -> Rows:
    """A button for each day asked about."""
    return tuple((Button(dates.danish_date(day, language=setting.language), f"day.{day.isoformat()}"),)
                 for day in _coming(offered, setting))


def agreed(offered: Sequence[str], answer: Answer | None, said: str, setting: Setting) -> Reply | None:
    """What a yes or a no means to the days asked about; None where it is neither, or none was asked about."""
    days = _coming(offered, setting)
    said = spoken(said)
    if days and said in NO | {setting.tr(_("Nej")).casefold()}:
        return Unclear(_("Hvilken dag mener du? Skriv den, eller vælg den her."))
    if not days or said not in YES | {setting.tr(_("Ja")).casefold()}:
        return None
    if len(days) > 1:
        return Unclear(_("Hvilken af dagene mener du? Tryk på den."), offers=tuple(offered))
    return _given(days[0], answer)


def shown(answer: Answer, setting: Setting) -> str:
    """The day as it is said in the citizen's language; empty where the answer is not one that was given here."""
    try:
        day = date.fromisoformat(str(answer.value))
    except ValueError:
        return ""
    return dates.danish_date(day, language=setting.language) if answer.text == dates.danish_date(day) else ""
