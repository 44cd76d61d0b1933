"""What a turn does to timers: a new choice of reminders takes effect at once."""

from __future__ import annotations

from collections.abc import Mapping

from afsaet.assistant.turn.turning import CarryOut, Turning
from afsaet.assistant.unasked import reminding
from afsaet.flows.effects import Effect, RemindersChosen


def _remind(at: Turning, chosen: RemindersChosen) -> None:
    municipality, wanted = at.assistant.municipality, reminding.wanted(at.turn.conversation)
    reminding.plan_coming(at.tx, municipality, at.opened.citizen.id, at.assistant.now(), wanted)


ACTS: Mapping[type[Effect], CarryOut] = {RemindersChosen: _remind}
