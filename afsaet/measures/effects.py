"""What a turn asks to have kept of a citizen's rounds, beside the rounds themselves (see `flows.effects.RoundDone`)."""

from __future__ import annotations

from dataclasses import dataclass

from afsaet.flows.effects import Effect
from afsaet.measures.agreement import Agreement
from afsaet.measures.goals import Goal
from afsaet.measures.items import Measure
from afsaet.measures.sharing import Sharing
from afsaet.measures.wheel import Wheel


@dataclass(frozen=True, slots=True)
class WheelChanged(Effect):
    """The citizen's wheel is this from now on."""

    wheel: Wheel


@dataclass(frozen=True, slots=True)
class GoalsChanged(Effect):
    """The citizen's goals are these from now on."""

    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Agreed(Effect):
    """The citizen has said when they want to be asked for this measure."""

    measure: Measure
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class SharingChanged(Effect):
    """What the citizen shares of rounds to come is this from now on."""

    sharing: Sharing
