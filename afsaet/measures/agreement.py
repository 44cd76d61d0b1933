"""When a citizen wants to be asked for a round of a measure: their own choice, which they may change at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

_DAYS = ("paused_until", "since")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is agreed for one measure.

    every_days: so many days of the calendar after each round. before_talk: the day before a talk. With neither, it is
    as often as the municipality has set. paused_until: not asked before that day. stopped: not asked at all. since: the
    day on which it was agreed, from which the days of a first round are counted; whoever keeps it sets it. only_pause:
    the citizen has taken a pause before anything was agreed, and nothing is once it is over.
    """

    every_days: int | None = None
    before_talk: bool = False
    paused_until: date | None = None
    stopped: bool = False
    since: date | None = None
    only_pause: bool = False

    def days(self, default: int) -> int | None:
        """After how many days a round follows on the one before; None where only talks decide."""
        return self.every_days or (None if self.before_talk else default)

    def rests_on(self, day: date) -> bool:
        """Whether the citizen does not want to be asked on that day."""
        return self.stopped or (self.paused_until is not None and day < self.paused_until)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back to an equal agreement."""
        days = {name: day.isoformat() if (day := getattr(self, name)) else None for name in _DAYS}
        return {**asdict(self), **days}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Agreement:
        days = {name: date.fromisoformat(data[name]) if data.get(name) else None for name in _DAYS}
        return Agreement(**{**data, **days})
