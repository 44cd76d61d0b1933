"""A meeting as an .ics file for the citizen's own calendar, which others may see: title, place and organiser tell
nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur, vText

from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting
from afsaet.meetings.localtime import wall_of
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.wording import TITLE

FILE_NAME = "aftale.ics"
MEDIA_TYPE = "text/calendar; charset=utf-8"
PLACE = _("Skriv /moede for at se stedet")
ORGANIZER = _("Kommunen")
NOBODY = "invalid:nomail"  # what calendars write for an organiser without an address
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_YEAR = timedelta(days=366)


def calendar_file(meeting: Meeting, setting: Setting, stamp: datetime) -> bytes:
    """The file, which adds the meeting to a calendar, changes it there, or takes it out when it is called off.

    stamp: the moment the meeting's version was made. A calendar knows the meeting again by its UID, and by SEQUENCE
    which file is the newest.
    """
    zone = ZoneInfo(meeting.zone)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", meeting.wall.replace(tzinfo=zone))
    event.add("duration", timedelta(minutes=meeting.minutes))  # an end of its own is unclear when clocks go back
    event.add("sequence", meeting.version)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("summary", setting.tr(TITLE))
    event.add("location", setting.tr(PLACE))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if meeting.cancelled else "OPAQUE")
    event.add("organizer", _organizer(setting), encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Afsaet//Afsaet//DA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if meeting.cancelled else "PUBLISH")
    calendar.add_component(_timezone(meeting.start, zone))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def file_of(data: Mapping[str, Any], translate: Callable[[str], str]) -> bytes:
    """The file, from what `calendar_data.data_of` gave. translate: Danish text to the language it names."""
    stamp = datetime.fromisoformat(data["stamp"])
    setting = Setting(stamp, translate=translate, language=data["language"])
    return calendar_file(Meeting.from_json(data["meeting"]), setting, stamp)


def _organizer(setting: Setting) -> vCalAddress:
    """A published event must have one. The municipality's own name and address may be those of a unit, which would
    tell what the meeting is about."""
    organizer = vCalAddress(NOBODY)
    organizer.params["CN"] = vText(setting.tr(ORGANIZER))
    return organizer


def _timezone(start: datetime, zone: ZoneInfo) -> Timezone:
    """The zone's rules around this moment. Those that icalendar makes itself (7.3) give summer time an hour too late
    to begin, and list days instead of giving a rule."""
    found = Timezone()
    found.add("tzid", zone.key)
    for change in _changes(start - 2 * _YEAR, start + timedelta(days=1), zone)[-2:]:
        before, after = (_offset(moment, zone) for moment in (change - timedelta(seconds=1), change))
        onset = change.replace(tzinfo=None) + before
        found.add_component(_observance(change, zone, onset, before, after, yearly=True))
    if not found.subcomponents:
        offset = _offset(start, zone)
        found.add_component(_observance(start, zone, datetime(1970, 1, 1), offset, offset, yearly=False))  # noqa: DTZ001
    return found


def _observance(moment: datetime, zone: ZoneInfo, onset: datetime, before: timedelta, after: timedelta, *,
                yearly: bool) -> TimezoneStandard | TimezoneDaylight:
    local = moment.astimezone(zone)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", onset)
    if yearly:
        last = (onset + timedelta(days=7)).month != onset.month
        week = -1 if last else (onset.day + 6) // 7
        part.add("rrule", vRecur(freq="YEARLY", bymonth=onset.month, byday=f"{week}{_WEEKDAYS[onset.weekday()]}"))
    else:
        part.add("rdate", [onset])
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("tzname", local.tzname() or zone.key)
    return part


def _changes(first: datetime, last: datetime, zone: ZoneInfo) -> list[datetime]:
    """The moments, in UTC and to the second, at which the zone's clocks are changed."""
    found = []
    day = timedelta(days=1)
    moment = first.astimezone(UTC).replace(microsecond=0)
    while moment < last:
        low, high = moment, moment + day
        if _offset(low, zone) != _offset(high, zone):
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if _offset(middle, zone) == _offset(low, zone) else (low, middle)
            found.append(high)
        moment += day
    return found


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return wall_of(moment, zone) - moment.replace(tzinfo=None)
