"""Days and times as the assistant writes them."""

from __future__ import annotations

from datetime import date, datetime, time

from babel.dates import format_date, format_time


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
