"""A timer whose time has come, as the one who decides about its sort sees it, and what they may answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from afsaet.assistant.assistant import OPEN_CHATS, Assistant
from afsaet.flows.conversation import Conversation
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting
from afsaet.meetings.decision import Decision, Drop, Wait
from afsaet.meetings.hours import Hours
from afsaet.meetings.ration import WEEK, Ration, ration
from afsaet.municipality import Municipality
from afsaet.store import chats, timers
from afsaet.store.chats import Chat
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
        taken = _taken(self.tx, self.citizen.id, self.now)
        others = [moment for moment in taken if moment != self.timer.at]
        return ration(self.now, others, Ration.of(self.assistant.municipality), self.hours, useless_from)

    def has_heard(self, since: datetime) -> bool:
        """Whether the citizen has been written to for another timer of this sort since that moment."""
        told = timers.laid_moments(self.tx, self.citizen.id, since, [self.timer.sort])
        return any(moment != self.timer.at for moment in told)


def earliest(tx: Tx, municipality: Municipality, citizen_id: str, now: datetime) -> datetime:
    """When one more message that is rationed may reach the citizen."""
    taken = _taken(tx, citizen_id, now)
    decision = ration(now, taken, Ration.of(municipality), Hours.of(municipality))
    return decision.until if isinstance(decision, Wait) else now


def _taken(tx: Tx, citizen_id: str, now: datetime) -> list[datetime]:
    """When the citizen has been written to lately of what is rationed."""
    since = now - timedelta(days=WEEK + 1)  # the days of the calendar that are counted begin before that
    return timers.laid_moments(tx, citizen_id, since, RATIONED)


# What comes of it: this message now, later, or nothing.
Outcome = Message | Wait | Drop
Decide = Callable[[Fired], Outcome]


def a_word(text: str, way: Button, setting: Setting) -> Message:
    """One of the messages that the citizen can do without: its text, the way on, and the way to no more of them."""
    no_more = Button(setting.tr(_("Ikke flere påmindelser")), "m.paamindelser.fra")
    return Message(text, rows=((way,), (no_more,)))


def unasked_chat(tx: Tx, citizen_id: str) -> Chat | None:
    """Where the citizen is written to unasked: one chat, and rather on their phone than where they have to look."""
    reached = chats.active_of(tx, citizen_id)
    return next((chat for chat in reached if chat.channel in OPEN_CHATS), reached[0] if reached else None)
