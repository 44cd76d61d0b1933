"""What is kept of rounds, wheel and goals, and for whom."""

from __future__ import annotations

from datetime import date

import pytest

from afsaet.assistant.facts import Facts
from afsaet.assistant.turning import Turning
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Message
from afsaet.measures import wheel
from afsaet.measures.agreement import Agreement
from afsaet.measures.effects import Agreed, GoalsChanged, SharingChanged, WheelChanged
from afsaet.measures.goals import Goal
from afsaet.measures.sharing import Sharing
from afsaet.measures.wheel import Wheel
from afsaet.store import citizens, rounds
from tests.assistant.world import World, recorded

CHOSEN = wheel.choose(Wheel(), ["hjul_tro", "hjul_retning", "hjul_kunnen", "hjul_ro"])
EFFECTS = {
    "hjul": WheelChanged(CHOSEN),
    "maal": GoalsChanged((Goal("g", "et job"),)),
    "del": SharingChanged(Sharing().keep("trivselstjek")),
    "aftale": Agreed("trivselstjek", Agreement(14)),
    "pause": Agreed("hjulet", Agreement(paused_until=date(2026, 5, 1))),
}


def opens(visit: Visit) -> Page:
    if visit.argument in EFFECTS:
        return Page(Message("Gemt."), visit.conversation, effects=(EFFECTS[visit.argument],))
    return Page(Message(), visit.conversation, enter=visit.argument)
