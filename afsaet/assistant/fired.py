"""A timer whose time has come, as the one who decides about its sort sees it, and what they may answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from afsaet.assistant.assistant import Assistant
from afsaet.flows.conversation import Conversation
from afsaet.flows.message import Message
from afsaet.flows.setting import Setting
from afsaet.meetings.decision import Decision, Drop, Wait
from afsaet.meetings.hours import Hours
from afsaet.meetings.ration import WEEK, Ration, ration
from afsaet.store import timers
from afsaet.store.citizens import Citizen
from afsaet.store.timers import Timer
from afsaet.store.tx import Tx

# The sorts that share the ration. Reminders of meetings, and what is told of a change of one, are outside it.
RATIONED: Collection[str] = ("nudge", "own_task", "round", "goal")


@dataclass(frozen=True, slots=True)
class Fired:
    """Inside a transaction that holds the citizen's lock. conversation: None for one who has not said yes, or has
    deleted it all. setting: in the citizen's own language."""

    assistant: Assistant
    tx: Tx
    timer: Timer
    citizen: Citizen
    conversation: Conversation | None
    setting: Setting
    now: datetime

    @property
    def hours(self) -> Hours:
        return Hours.of(self.assistant.municipality)

    def rationed(self, useless_from: datetime | None = None) -> Decision:
        """Whether this one fits into the citizen's ration now, must wait, or comes too late."""
        since = self.now - timedelta(days=WEEK + 1)  # the days of the calendar that are counted begin before that
        taken = timers.laid_moments(self.tx, self.citizen.id, since, RATIONED)
        others = [moment for moment in taken if moment != self.timer.at]
        return ration(self.now, others, Ration.of(self.assistant.municipality), self.hours, useless_from)


# What comes of it: this message now, later, or nothing.
Outcome = Message | Wait | Drop
Decide = Callable[[Fired], Outcome]
