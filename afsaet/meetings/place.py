"""Where one citizen is on the way through the case, and how they came there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

By = Literal["caseworker", "citizen", "time", "profile"]


@dataclass(frozen=True, slots=True)
class Passed:
    """A step, when the citizen came to it, and who or what brought them: the caseworker's command, something the
    citizen did, a date that came, or a change of text profile to the nearest step."""

    step: str
    at: datetime
    by: By

    def to_json(self) -> dict[str, Any]:
        return {"step": self.step, "at": self.at.isoformat(), "by": self.by}


@dataclass(frozen=True, slots=True)
class Place:
    """The steps a citizen has come to, the latest last; never empty."""

    history: tuple[Passed, ...]

    @property
    def step(self) -> str:
        """The step they are on."""
        return self.history[-1].step

    def at(self, step: str, moment: datetime, by: By) -> Place:
        """The same with one more step in the history; the same place if they are there already."""
        return self if step == self.step else Place((*self.history, Passed(step, moment, by)))

    def to_json(self) -> list[dict[str, Any]]:
        """JSON values that `from_json` reads back to an equal place."""
        return [passed.to_json() for passed in self.history]

    @staticmethod
    def from_json(data: list[Mapping[str, Any]]) -> Place:
        return Place(tuple(Passed(each["step"], datetime.fromisoformat(each["at"]), each["by"]) for each in data))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of the process ask for. meeting: the main meeting has a date, and is not called off."""

    plan_sent: bool = False
    meeting: bool = False
    meeting_held: bool = False


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a citizen was not moved: one plain sentence for the caseworker."""

    sentence: str
