"""Days and times as people say them: "i morgen", "om 3 dage", "tirsdag den 1. december kl. 10.00"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from babel.dates import format_timedelta

from afsaet.flows.dates import danish_date, danish_time
from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting

NEAR = {
    -2: _("i forgårs"), -1: _("i går"), 0: _("i dag"), 1: _("i morgen"), 2: _("i overmorgen"),
}  # fmt: skip
_ONLY_DAYS = 10_000  # so far off, Babel would count weeks or months


def relative_day(day: date, setting: Setting) -> str:
    """ "i morgen", "om 3 dage", "for 8 dage siden", seen from the setting's day."""
    days = (day - setting.now.date()).days
    if days in NEAR:
        return setting.tr(NEAR[days])
    return format_timedelta(timedelta(days), granularity="day", threshold=_ONLY_DAYS, add_direction=True,
                            locale=setting.language)


def day_words(day: date, setting: Setting) -> str:
    """ "tirsdag den 1. december", with the year only where it is more than half a year away."""
    far = abs((day - setting.now.date()).days) > 183
    return danish_date(day, year=far, language=setting.language)


def clock_words(at: time, setting: Setting) -> str:
    """ "kl. 10.00"."""
    return danish_time(at, language=setting.language)


def wall_words(wall: datetime, setting: Setting) -> str:
    """ "tirsdag den 1. december kl. 10.00"."""
    return f"{day_words(wall.date(), setting)} {clock_words(wall.time(), setting)}"


def near_words(wall: datetime, setting: Setting) -> str:
    """The same with how near it is: "i dag kl. 10.00", "i morgen, tirsdag den 1. december kl. 10.00"; from
    the day after tomorrow on only the day itself, since that is what a calendar shows."""
    days = (wall.date() - setting.now.date()).days
    if days == 0:
        return f"{setting.tr(NEAR[0])} {clock_words(wall.time(), setting)}"
    if days == 1:
        return f"{setting.tr(NEAR[1])}, {wall_words(wall, setting)}"
    return wall_words(wall, setting)
