"""The wheel: how each area was the first time and is the latest, 0 to 10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting
from afsaet.measures.pictures.days import full_day

MOST = 10
FIRST = _("Første gang: {day}")
LATEST = _("Sidste gang: {day}")
SCALE = _("0 er inderst. 10 er yderst.")
LATER = _("Nogle områder er kommet til senere.")


@dataclass(frozen=True, slots=True)
class Area:
    """first: the area's first number, None for one that is new. latest: the newest number. since: the day of its first
    number, where that is later than the wheel's."""

    label: str
    first: int | None
    latest: int
    since: date | None = None

    def __post_init__(self) -> None:
        if not all(0 <= value <= MOST for value in (self.first or 0, self.latest)):
            raise ValueError("a number on the wheel is from 0 to 10")


@dataclass(frozen=True, slots=True)
class Wheel:
    """began, latest: the days of the first and of the newest numbers; the same day while there are no others."""

    title: str
    began: date
    latest: date
    areas: tuple[Area, ...]

    def __post_init__(self) -> None:
        if not self.areas:
            raise ValueError("a wheel has at least one area")

    @property
    def once(self) -> bool:
        """Whether there is one round only, and so nothing to set it beside."""
        return self.began == self.latest

    @property
    def later(self) -> bool:
        """Whether the first number of some area is of a later day than the wheel's."""
        return any(area.since is not None for area in self.areas)


def describe_wheel(wheel: Wheel, setting: Setting) -> str:
    """The wheel in words, an area a line."""
    days = [setting.tr(LATEST, day=full_day(wheel.latest, setting))]
    if wheel.once:
        days = [full_day(wheel.latest, setting)]
    elif any(area.first is not None for area in wheel.areas):
        days.insert(0, setting.tr(FIRST, day=full_day(wheel.began, setting)))
    days += [setting.tr(LATER)] if wheel.later else []
    areas = [f"• {_area(area, wheel.once, setting)}" for area in wheel.areas]
    return "\n".join([wheel.title, *days, setting.tr(_("Tallene går fra 0 til 10.")), "", *areas])


def _area(area: Area, once: bool, setting: Setting) -> str:
    if once:
        return f"{area.label}: {area.latest}"
    if area.first is None:
        return setting.tr(_("{label}: {latest} (nyt område)"), label=area.label, latest=area.latest)
    if area.first == area.latest:
        return setting.tr(_("{label}: {latest}, ligesom første gang"), label=area.label, latest=area.latest)
    if area.since is not None:
        return setting.tr(_("{label}: fra {first} til {latest}, siden {day}"), label=area.label, first=area.first,
                          latest=area.latest, day=full_day(area.since, setting))
    return setting.tr(_("{label}: fra {first} til {latest}"), label=area.label, first=area.first, latest=area.latest)
