"""Days as a picture has room for them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from afsaet.flows.setting import Setting


def full_day(day: date, setting: Setting) -> str:
    """ "3. marts 2027"."""
    return format_date(day, "d. MMMM y" if setting.language == "da" else "d MMMM y", locale=setting.language)


def short_day(day: date, setting: Setting) -> str:
    """ "3. mar."."""
    return format_date(day, "d. MMM" if setting.language == "da" else "d MMM", locale=setting.language)
