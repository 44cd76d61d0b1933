"""Telling of meetings that were booked or moved while the citizen could not be told: once, when they are here.

One who says yes, or lets the assistant in again, has a chat from then on. What they have not been told of is told there
at once, since they are in the chat just now; what was told before is not told again.
"""

from __future__ import annotations

from datetime import datetime

from afsaet.assistant.incoming import Act
from afsaet.assistant.unasked import announcing, told
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.wording import Notice
from afsaet.municipality import Municipality
from afsaet.store import meetings, outbox, timers
from afsaet.store.chats import Chat
from afsaet.store.conversations import Conversation as Opened
from afsaet.store.outbox import Item
from afsaet.store.timers import Timer
from afsaet.store.tx import Tx


def tell(tx: Tx, municipality: Municipality, opened: Opened, chat: Chat, now: datetime) -> None:
    """Tell in this chat of every meeting to come that the citizen does not know as it is now, the next one first. What
    waits for the morning, maybe for a chat they have left, is told here instead. The caller holds the citizen's lock.
    """
    for kept in meetings.list_of(tx, opened.citizen.id, from_=now):
        earlier = told.notices_of(tx, opened.citizen.id, kept.meeting.id)
        taken = told.take_back(tx, earlier, now)
        last = told.latest(earlier, taken)
        which = _missed(kept.meeting, last, waited=bool(taken))
        if which is not None and not kept.meeting.is_past(now):
            said = told.as_known(kept.meeting, last) if which == "cancelled" else kept.meeting
            act = Act("send", announcing.message(opened, municipality, which, said, now))
            timer_id = _laid(tx, opened.citizen.id, which, kept.meeting, earlier, now)
            outbox.put(tx, chat, [Item(act.payload(), act.kind, timer_id=timer_id)], now)


def _missed(meeting: Meeting, last: Timer | None, *, waited: bool) -> Notice | None:
    """What there is to tell. last: the notice that went out last, if one did. waited: there was another, which has been
    taken back."""
    known = last is not None and last.sort != "cancelled"
    if meeting.cancelled:
        return "cancelled" if known else None
    if last is None or not known:
        return "added"
    if told.start_told(last) != meeting.start:
        return "moved"
    return "changed" if waited else None


def _laid(tx: Tx, citizen_id: str, which: Notice, meeting: Meeting, earlier: list[Timer], now: datetime) -> int:
    """The timer of this notice: the one it had when it could not be told, or else a new one."""
    own = (which, meeting.version, told.minute(meeting))
    for timer in earlier:
        if (timer.sort, timer.version, timer.offset) == own:
            timers.lay_again(tx, timer.id, now)
            return timer.id
    return timers.lay(tx, citizen_id, which, meeting.id, meeting.version, told.minute(meeting), now, now)
