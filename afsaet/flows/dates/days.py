"""Counting days: the next such day, the same day some months on, a weekday in a week or a month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

JUST_OVER = 2  # months


def full_year(written: str, today: date) -> int:
    """Two digits mean a year at most 20 years ahead, for the days people name are near or long gone."""
    earliest = today.year - 79
    return int(written) if len(written) == 4 else earliest + (int(written) - earliest) % 100


def day_of(day: int, month: int, year: int | None, today: date) -> date | None:
    """The day; without a year the next one, today included (29 February may be some years off). None if there is
    none."""
    for each in range(today.year, today.year + 9) if year is None else (year,):
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    return None


def just_over(day: int, month: int, today: date) -> list[date]:
    """That day where it was a short while ago; an empty list where it was not."""
    found = (day_of(day, month, year, today) for year in (today.year - 1, today.year))
    return [each for each in found if each is not None and is_just_over(each, today)]


def is_just_over(day: date, today: date) -> bool:
    """Whether the day was at most two months ago: what people who name it without a year may still mean."""
    return add_months(today, -JUST_OVER) <= day < today


def day_of_month(day: int, today: date, *, ahead: int | None = None) -> date | None:
    """The next such day of a month, passing over months that are too short; or that of the month so far ahead."""
    for more in range(3) if ahead is None else (ahead,):
        first = add_months(today.replace(day=1), more)
        if 1 <= day <= monthrange(first.year, first.month)[1]:
            found = first.replace(day=day)
            if found >= today or ahead is not None:
                return found
    return None


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def coming(weekday: int, today: date) -> date:
    """The first such weekday after today."""
    return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def in_week(day: date, weekday: int) -> date:
    """That weekday in the week of the day; weeks begin on Monday."""
    return day + timedelta(weekday - day.weekday())


def in_week_number(week: int, weekday: int, year: int | None, today: date) -> date | None:
    """That weekday in the week of that number, without a year in the next; None where there is none."""
    this = today.isocalendar().year
    for each in (this, this + 1) if year is None else (year,):
        try:
            day = date.fromisocalendar(each, week, weekday + 1)
        except ValueError:
            continue
        if day >= today or year is not None:
            return day
    return None


def in_month(first: date, place: int, weekday: int | None) -> date | None:
    """That weekday (or any day) of the month beginning on `first`: its place from 1 on, or from the end -1, -2."""
    last = monthrange(first.year, first.month)[1]
    days = [first.replace(day=day) for day in range(1, last + 1)]
    fitting = [day for day in days if weekday is None or day.weekday() == weekday]
    try:
        return fitting[place - 1 if place > 0 else place]
    except IndexError:
        return None
