"""Telling a citizen of a new, moved, changed or cancelled meeting: once, neutrally, and the latest truth.

A notice waits for waking hours. What has not gone by then is taken back when the meeting is changed again, so that
several changes in one evening are told of as one in the morning. Each notice is laid by a timer of its own, by which
it is known afterwards what the citizen has been told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from afsaet.assistant import keeping
from afsaet.assistant.incoming import Act
from afsaet.assistant.unasked import told
from afsaet.assistant.unasked.fired import Decide, Fired, Outcome
from afsaet.flows.message import Message
from afsaet.flows.setting import Setting
from afsaet.locales import SOURCE, translator
from afsaet.meetings import buttons
from afsaet.meetings.decision import Drop, Wait
from afsaet.meetings.hours import Hours, tell_at
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.wording import Notice, notice
from afsaet.municipality import Municipality
from afsaet.store import chats, meetings, outbox, timers
from afsaet.store.conversations import Conversation as Opened
from afsaet.store.outbox import Item
from afsaet.store.timers import Timer
from afsaet.store.tx import Tx

NO_CHAT = "The citizen is not told: there is no chat with them."
NOT_YET = "The citizen is told once they have said yes: there is no chat with them yet."
TOO_LATE = "The citizen is not told: it would be too late."
UNKNOWN = "The citizen is not told: they had not been told of it."


@dataclass(frozen=True, slots=True)
class Announced:
    """When the citizen is told; or else why they are not, in one sentence."""

    at: datetime | None
    why: str = ""


def announce(
    tx: Tx, municipality: Municipality, opened: Opened, old: Meeting | None, new: Meeting, now: datetime
) -> Announced:
    """Tell the citizen of the meeting as it is now, and take back what they have not got of earlier versions.

    old: the version before; None for a new meeting. Nothing is told where nobody is helped by it any more, where there
    is no chat, and of what is called off before they got to know of it. The caller holds the citizen's lock.
    """
    earlier = told.notices_of(tx, opened.citizen.id, new.id)
    taken = told.take_back(tx, earlier, now)
    last = told.latest(earlier, taken)
    which = _which(old, new, last, unknown=last is None and _never_told(earlier))
    if which is None:
        return Announced(None, UNKNOWN)
    starts = [new.start] if which == "added" or old is None else [_known(old, last), old.start, new.start]
    at = tell_at(now, Hours.of(municipality), starts, changed=which != "added")
    reached = chats.active_of(tx, opened.citizen.id)
    if at is None or not reached:
        return Announced(None, TOO_LATE if at is None else NO_CHAT if new.cancelled else NOT_YET)
    said = told.as_known(new, last) if which == "cancelled" and taken else new
    timer_id = timers.lay(tx, opened.citizen.id, which, new.id, new.version, told.minute(new), at, now)
    act = Act("send", message(opened, municipality, which, said, at))
    item = Item(act.payload(), act.kind, reply=False, not_before=at, timer_id=timer_id)
    for chat in reached:
        outbox.put(tx, chat, [item], now)
    if at <= now:  # of one that waits it is not known whether the citizen answers meanwhile
        keeping.rest_if_left(tx, opened.citizen.id, keeping.load(opened), now)
    return Announced(at)


def _never_told(earlier: Sequence[Timer]) -> bool:
    """Whether nothing of the meeting has gone out yet, as far as is known: its first notice was taken back or failed.
    Notices so old that they are forgotten have been read."""
    return bool(earlier) and earlier[0].sort == "added"


def _which(old: Meeting | None, new: Meeting, last: Timer | None, *, unknown: bool) -> Notice | None:
    """What there is to tell. last: the notice that went out last, if one did. unknown: the citizen knows nothing of
    the meeting yet."""
    if old is None or unknown or (old.cancelled if last is None else last.sort == "cancelled"):
        return None if new.cancelled else "added"
    if new.cancelled:
        return "cancelled"
    return "changed" if _known(old, last) == new.start else "moved"


def _known(old: Meeting, last: Timer | None) -> datetime:
    return old.start if last is None else told.start_told(last)


def message(opened: Opened, municipality: Municipality, which: Notice, meeting: Meeting, at: datetime) -> Message:
    """The notice in the citizen's language, with the ways to the meeting. at: when it is read."""
    begun = keeping.load(opened)
    # A language that is no longer offered has no catalogue.
    language = begun.language if begun and begun.language in municipality.languages else SOURCE
    setting = Setting(at.astimezone(municipality.zone), translate=translator(language), language=language)
    return _said(which, meeting, setting)


def _said(which: Notice, meeting: Meeting, setting: Setting) -> Message:
    rows = ((buttons.more(meeting, setting), buttons.calendar(meeting, setting)),)
    return Message(notice(which, setting, meeting), rows=rows)


# When it has been kept from going out


def decide(fired: Fired) -> Outcome:
    """A notice that lies in the outbox, as it stands: nobody is told of a meeting that has begun. What is new waits for
    the morning; a change may have been told at night for a reason that is not known any more."""
    kept = meetings.get(fired.tx, fired.timer.subject)
    if kept is None or kept.citizen_id != fired.citizen.id:
        return Drop("cancelled")
    which: Notice = next(sort for sort in told.SORTS if sort == fired.timer.sort)
    at = tell_at(fired.now, fired.hours, [kept.meeting.start], changed=which != "added")
    if at is None:
        return Drop("too_late")
    return Wait(at) if which == "added" and at > fired.now else _said(which, kept.meeting, fired.setting)


DECIDE: Mapping[str, Decide] = dict.fromkeys(told.SORTS, decide)
