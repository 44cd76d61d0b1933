"""A date, written in any usual Danish form or picked from a month."""

from __future__ import annotations

import calendar
from datetime import date

from babel.dates import format_date, get_day_names
from babel.lists import format_list

from afsaet.flows import dates
from afsaet.flows.definition import Question
from afsaet.flows.kinds.reply import Given, Reply, Turned, Unclear, own_words
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Rows
from afsaet.flows.session import Answer, Part
from afsaet.flows.setting import Setting

MONTHS_AHEAD = 12


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
    if verb == "day":
        try:
            return _given(date.fromisoformat(value), answer)
        except ValueError:
            pass
    return Unclear(_("Tryk på et tal for at vælge dagen."))


def write(question: Question, answer: Answer | None, part: Part, setting: Setting) -> Reply:
    read = dates.read_date(part.text, setting.now.date())
    if isinstance(read, date):
        return _given(read, answer)
    if isinstance(read, dates.Unclear):
        return _which(read, setting)
    return own_words(answer, part, _("Jeg kunne ikke finde en dag i det. Jeg har gemt dine ord. Vælg også en dag."))


def _which(read: dates.Unclear, setting: Setting) -> Unclear:
    """What is asked when a text about a day gives no single day."""
    days = [dates.danish_date(day, language=setting.language) for day in read.days]
    if read.reason == "impossible":
        return Unclear(_("Den dag findes ikke i kalenderen. Prøv igen."))
    if read.reason == "past":
        return Unclear(_("Den dag er allerede gået: {day}. Hvilken dag mener du?"), {"day": days[0]})
    if read.reason == "weekday":
        return Unclear(_("Ugedagen passer ikke. Mener du {day}? Så skriv den igen."), {"day": days[0]})
    either = format_list(days, style="or", locale=setting.language)
    return Unclear(_("Mener du {days}? Skriv den igen, eller vælg den her."), {"days": either})


def shown(answer: Answer, setting: Setting) -> str:
    """The day as it is said in the citizen's language; empty where the answer is not one that was given here."""
    try:
        day = date.fromisoformat(str(answer.value))
    except ValueError:
        return ""
    return dates.danish_date(day, language=setting.language) if answer.text == dates.danish_date(day) else ""
