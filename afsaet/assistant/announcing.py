"""Telling a citizen of a new, moved, changed or cancelled meeting: once, neutrally, and the latest truth.

A notice waits for waking hours. What has not gone by then is taken back when the meeting is changed again, so that
several changes in one evening are told of as one in the morning. Each notice is laid by a timer of its own, by which
it is known afterwards what the citizen has been told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from afsaet.assistant import keeping
from afsaet.assistant.fired import Decide, Fired, Outcome
from afsaet.assistant.incoming import Act
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

SORTS: tuple[Notice, ...] = ("added", "moved", "changed", "cancelled")
NO_CHAT = "The citizen is not told: there is no chat with them."
TOO_LATE = "The citizen is not told: it would be too late."
UNKNOWN = "The citizen is not told: they had not been told of it."
ON_ITS_WAY = timedelta(minutes=1)  # what is due so soon may be on its way already


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
    earlier = sorted(timers.of_subject(tx, opened.citizen.id, new.id, SORTS), key=lambda timer: timer.version)
    taken = _take_back(tx, earlier, now)
    told = [timer for timer in earlier if timer.id not in taken and timer.state in ("laid", "sent")]
    which = _which(old, new, told[-1] if told else None, unknown=not told and _never_told(earlier))
    if which is None:
        return Announced(None, UNKNOWN)
    starts = [new.start] if which == "added" or old is None else [old.start, new.start]
    at = tell_at(now, Hours.of(municipality), starts, changed=which != "added")
    reached = chats.active_of(tx, opened.citizen.id)
    if at is None or not reached:
        return Announced(None, NO_CHAT if not reached else TOO_LATE)
    timer_id = timers.lay(tx, opened.citizen.id, which, new.id, new.version, _minute(new), at, now)
    act = Act("send", _message(opened, municipality, which, new, now))
    item = Item(act.payload(), act.kind, reply=False, not_before=at, timer_id=timer_id)
    for chat in reached:
        outbox.put(tx, chat, [item], now)
    if at <= now:  # of one that waits it is not known whether the citizen answers meanwhile
        keeping.rest_if_left(tx, opened.citizen.id, keeping.load(opened), now)
    return Announced(at)


def _take_back(tx: Tx, earlier: Sequence[Timer], now: datetime) -> set[int]:
    laid = [timer.id for timer in earlier if timer.state == "laid"]
    taken = outbox.take_back(tx, laid, now + ON_ITS_WAY) if laid else set()
    timers.withdraw(tx, taken, now, "moved")
    return taken


def _never_told(earlier: Sequence[Timer]) -> bool:
    """Whether nothing of the meeting has gone out yet, as far as is known: its first notice was taken back. Notices so
    old that they are forgotten have been read."""
    return bool(earlier) and earlier[0].version == 0


def _which(old: Meeting | None, new: Meeting, told: Timer | None, *, unknown: bool) -> Notice | None:
    """What there is to tell. told: the notice that went out last, if one did. unknown: the citizen knows nothing of
    the meeting yet."""
    if old is None or unknown or (old.cancelled if told is None else told.sort == "cancelled"):
        return None if new.cancelled else "added"
    if new.cancelled:
        return "cancelled"
    known = old.start if told is None else datetime.fromtimestamp(told.offset * 60, UTC)
    return "changed" if known == new.start else "moved"


def _minute(meeting: Meeting) -> int:
    """The meeting's start, as the offset of the timer of what was told: it is known again when it is moved back."""
    return int(meeting.start.timestamp() // 60)


def _message(opened: Opened, municipality: Municipality, which: Notice, meeting: Meeting, now: datetime) -> Message:
    begun = keeping.load(opened)
    # A language that is no longer offered has no catalogue.
    language = begun.language if begun and begun.language in municipality.languages else SOURCE
    setting = Setting(now.astimezone(municipality.zone), translate=translator(language), language=language)
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
    which: Notice = next(sort for sort in SORTS if sort == fired.timer.sort)
    at = tell_at(fired.now, fired.hours, [kept.meeting.start], changed=which != "added")
    if at is None:
        return Drop("too_late")
    return Wait(at) if which == "added" and at > fired.now else _said(which, kept.meeting, fired.setting)


DECIDE: Mapping[str, Decide] = dict.fromkeys(SORTS, decide)
