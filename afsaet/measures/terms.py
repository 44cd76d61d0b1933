"""What a municipality has set of when rounds are asked for, and how long an answer counts."""

from __future__ import annotations

from dataclasses import dataclass

from afsaet.municipality import Municipality


@dataclass(frozen=True, slots=True)
class Terms:
    """round_days: between two rounds of a measure, where a citizen has agreed to no other number. satisfaction_days:
    after the main meeting, for as long as an answer about it counts."""

    round_days: int = 28
    satisfaction_days: int = 45

    @staticmethod
    def of(municipality: Municipality, profile: str | None = None) -> Terms:
        """Those that `kommune.toml` sets, with the deadlines of that text profile; of its own where none is named."""
        deadlines = municipality.text_profile(profile).deadlines
        return Terms(municipality.round_days, deadlines.satisfaction_days)
