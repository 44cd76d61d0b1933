"""What a citizen is shown of their numbers: the wheel, or the course of a measure, as a picture and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from afsaet.flows.language import mark as _
from afsaet.flows.message import Attachment
from afsaet.flows.setting import Setting
from afsaet.measures.items import ITEMS, Measure, numbered
from afsaet.measures.pictures import Area, Course, Item, Mark, Wheel
from afsaet.measures.progress import line
from afsaet.measures.rounds import WITH_TOTAL, Round, counting
from afsaet.measures.wheel import Wheel as Areas
from afsaet.measures.wheel import label_of, sensitivity
from afsaet.meetings.meeting import Meeting

Content = Wheel | Course
FOLLOWED: tuple[Measure, ...] = ("trivselstjek", "samtaletjek", "hjulet")  # those there is a picture of
TITLES: Mapping[Measure, str] = {
    "trivselstjek": _("Trivselstjek"), "samtaletjek": _("Samtaletjek"), "hjulet": _("Hjulet"),
    "tilfredshed": _("Efter mødet"),
}  # fmt: skip


def may_show(measure: Measure, wheel: Areas, setting: Setting) -> bool:
    """Whether this channel may carry the numbers of the measure, also to the citizen who gave them."""
    if measure == "hjulet":
        return {sensitivity(area) for area in wheel.active} <= setting.open_to
    return {item.sensitivity for item in ITEMS[measure]} <= setting.open_to


def content_of(measure: Measure, rounds: Iterable[Round], wheel: Areas, setting: Setting,
               marks: Iterable[Mark] = ()) -> Content | None:
    """What there is to show of a measure; None where no whole round has been made."""
    own = counting(rounds, measure)
    if not own:
        return None
    return _wheel(own, wheel, setting) if measure == "hjulet" else _course(measure, own, tuple(marks), setting)


def marks_of(been: Iterable[Meeting]) -> tuple[Mark, ...]:
    """What stands for each of these talks and meetings in a picture."""
    return tuple(Mark(meeting.wall.date(), "talk" if meeting.kind == "samtale" else "meeting") for meeting in been)


def _wheel(rounds: Sequence[Round], wheel: Areas, setting: Setting) -> Wheel | None:
    """The areas that are on the wheel now and have a number in the latest round: one that has been taken up again has
    none of that day. Each is held against its own first number; one that came later is new until it has another."""
    every = ((area, line(rounds, area.id)) for area in wheel.active)
    shown = [(area, points) for area, points in every if points and points[-1].at == rounds[-1].at]
    if not shown:
        return None
    latest, began = rounds[-1].at.date(), min(points[0].at.date() for _area, points in shown)
    areas = []
    for area, points in shown:
        day = points[0].at.date()
        new = began < day == latest
        areas.append(Area(label_of(area, setting), None if new else points[0].number, points[-1].number,
                          day if began < day < latest else None))
    return Wheel(setting.tr(_("Mit hjul")), began, latest, tuple(areas))


def _course(measure: Measure, rounds: Sequence[Round], marks: Sequence[Mark], setting: Setting) -> Course:
    """One round a day, the latest of it."""
    days = {each.at.date(): each for each in rounds}
    items = tuple(Item(setting.tr(item.label), tuple(each.number(item.id) for each in days.values()))
                  for item in numbered(measure))
    totals = tuple(each.total() for each in days.values()) if measure in WITH_TOTAL else ()
    within = tuple(mark for mark in marks if min(days) <= mark.day <= max(days))
    return Course(setting.tr(TITLES[measure]), tuple(days), items, totals, marks=within)


def attached(content: Content, setting: Setting) -> Attachment:
    """The content as it waits to be drawn. `content_from` reads it again."""
    kind = "wheel" if isinstance(content, Wheel) else "line"
    return Attachment(kind, {**_plain(asdict(content)), "language": setting.language})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def content_from(attachment: Attachment) -> Content:
    """What `attached` has laid down."""
    data = attachment.data
    if attachment.kind == "wheel":
        areas = tuple(Area(**{**area, "since": _day(area["since"]) if area.get("since") else None})
                      for area in data["areas"])
        return Wheel(data["title"], _day(data["began"]), _day(data["latest"]), areas)
    items = tuple(Item(item["label"], tuple(item["values"]), item["most"]) for item in data["items"])
    marks = tuple(Mark(_day(mark["day"]), mark["kind"]) for mark in data["marks"])
    days, totals = tuple(map(_day, data["days"])), tuple(data["totals"])
    return Course(data["title"], days, items, totals, data["most_in_all"], marks)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def plain_setting(language: str, translate: Any) -> Setting:
    """The surroundings of a picture: nothing but its language."""
    return Setting(datetime.min.replace(tzinfo=UTC), translate=translate, language=language)
