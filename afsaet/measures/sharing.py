"""Whether a measure is shared with the caseworker: the citizen's choice for each, which can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from afsaet.measures.items import Measure
from afsaet.measures.rounds import Round


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the citizen has chosen. Unless a measure is among `kept`, a round of it is shared when they press send.

    A choice concerns rounds to come: what has been sent lies with the caseworker, and what was not stays unsent.
    """

    kept: frozenset[Measure] = frozenset()

    def keep(self, measure: Measure) -> Sharing:
        """From now on nothing of this measure is shared."""
        return replace(self, kept=self.kept | {measure})

    def share(self, measure: Measure) -> Sharing:
        """From now on a round of this measure is shared when the citizen presses send."""
        return replace(self, kept=self.kept - {measure})

    def send(self, sent: Round) -> Round:
        """The round once the citizen has pressed send: shared, unless they keep this measure to themselves or have
        not come to its end."""
        if sent.measure in self.kept or not sent.complete:
            return sent
        return replace(sent, shared=True)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back to an equal choice."""
        return {"kept": sorted(self.kept)}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Sharing:
        return Sharing(frozenset(data["kept"]))
