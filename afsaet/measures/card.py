"""What a citizen has settled for their rounds: the wheel, their goals, when they are asked, and what is shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from afsaet.measures.agreement import Agreement
from afsaet.measures.goals import Goal
from afsaet.measures.items import Measure
from afsaet.measures.sharing import Sharing
from afsaet.measures.wheel import Wheel


@dataclass(frozen=True, slots=True)
class Card:
    """As it is for one who has settled nothing yet, unless it says otherwise. agreements: of the measures about which
    something is agreed."""

    wheel: Wheel = field(default_factory=Wheel)
    goals: tuple[Goal, ...] = ()
    agreements: Mapping[Measure, Agreement] = field(default_factory=dict)
    sharing: Sharing = field(default_factory=Sharing)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back to an equal card."""
        return {
            "wheel": self.wheel.to_json(),
            "goals": [goal.to_json() for goal in self.goals],
            "agreements": {measure: agreed.to_json() for measure, agreed in self.agreements.items()},
            "sharing": self.sharing.to_json(),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Card:
        return Card(
            Wheel.from_json(data["wheel"]),
            tuple(Goal.from_json(goal) for goal in data["goals"]),
            {measure: Agreement.from_json(agreed) for measure, agreed in data["agreements"].items()},
            Sharing.from_json(data["sharing"]),
        )
