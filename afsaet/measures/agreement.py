"""When a citizen wants to be asked for a round of a measure: their own choice, which they may change at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is agreed for one measure.

    every_days: so many days of the calendar after each round. before_talk: the day before a talk. With neither, it is
    as often as the municipality has set. paused_until: not asked before that day. stopped: not asked at all.
    """

    every_days: int | None = None
    before_talk: bool = False
    paused_until: date | None = None
    stopped: bool = False

    def days(self, default: int) -> int | None:
        """After how many days a round follows on the one before; None where only talks decide."""
        return self.every_days or (None if self.before_talk else default)

    def rests_on(self, day: date) -> bool:
        """Whether the citizen does not want to be asked on that day."""
        return self.stopped or (self.paused_until is not None and day < self.paused_until)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back to an equal agreement."""
        until = self.paused_until.isoformat() if self.paused_until else None
        return {**asdict(self), "paused_until": until}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Agreement:
        until = data["paused_until"]
        return Agreement(**{**data, "paused_until": date.fromisoformat(until) if until else None})
