"""Meetings, rules and surroundings for these tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from afsaet.flows.setting import Setting
from afsaet.meetings.hours import Hours
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.reminders import Rules
from afsaet.municipality import Municipality

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SHIPPED = Municipality()
RULES = Rules.of(SHIPPED)
ALWAYS = Hours.of(Municipality(weekends=True))  # quiet hours, but every day
WEEKENDS_TOO = replace(RULES, hours=ALWAYS)

def wall(text: str) -> datetime:
    """A wall time from "2026-12-01 10:00"."""
    return datetime.fromisoformat(text)


TUESDAY = wall("2026-12-01 10:00")

# Days on which clocks are changed, a leap day and New Year are as likely as all others together.
SPECIAL = st.sampled_from(["2027-03-28", "2027-10-31", "2028-02-29", "2026-12-31", "2027-01-01"]).map(wall)
ANY_DAY = st.datetimes(wall("2026-01-01"), wall("2029-12-31"))
WALLS = st.builds(
    lambda day, hour, minute: day.replace(hour=hour, minute=minute, second=0, microsecond=0),
    SPECIAL | ANY_DAY, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]),
)  # fmt: skip


def at(text: str, *, fold: int = 0) -> datetime:
    """The moment, in UTC, at which clocks in Copenhagen show this."""
    return wall(text).replace(tzinfo=COPENHAGEN, fold=fold).astimezone(UTC)


def shown(moment: datetime) -> str:
    """What clocks in Copenhagen show, with the offset."""
    return moment.astimezone(COPENHAGEN).strftime("%a %Y-%m-%d %H:%M %z")


def meeting(when: str | datetime = TUESDAY, **values: Any) -> Meeting:
    """A talk, unless another kind is asked for."""
    begins = when if isinstance(when, datetime) else wall(when)
    return Meeting(**{"id": "m1", "uid": "u1@afsaet", "kind": "samtale", "wall": begins, "zone": "Europe/Copenhagen",
                      **values})


def setting(now: str = "2026-11-24 09:00", profile: str = "rehabiliteringsteam") -> Setting:
    """A citizen's surroundings at this wall time."""
    return Setting(wall(now).replace(tzinfo=COPENHAGEN), names=SHIPPED.names(profile), flags=SHIPPED.flags(profile))
