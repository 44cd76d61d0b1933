"""Reminders of meetings: which timers one version of a meeting has, and what one says when its time has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from afsaet.assistant.unasked.fired import Decide, Fired, Outcome
from afsaet.flows.conversation import Conversation
from afsaet.flows.message import Message
from afsaet.flows.setting import Setting
from afsaet.meetings import buttons, reminders
from afsaet.meetings.decision import Drop, Send
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.reminders import Reminder, Rules, Sort
from afsaet.meetings.wording import notice
from afsaet.municipality import Municipality
from afsaet.store import meetings, outbox, timers
from afsaet.store.meetings import Kept
from afsaet.store.timers import Timer
from afsaet.store.tx import Tx

SORTS: Mapping[str, Sort] = {"reminder": "reminder", "ready": "ready"}


def wanted(conversation: Conversation | None) -> tuple[int, ...] | None:
    """How many days before a meeting the citizen wants to be reminded: None for as often as the municipality does, and
    for one who has not said anything yet."""
    if conversation is None:
        return None
    return conversation.reminder_days if conversation.reminders else ()


def plan(
    tx: Tx, municipality: Municipality, citizen_id: str, meeting: Meeting, now: datetime,
    wanted: Collection[int] | None,
) -> None:
    """Let there be the reminders of this version of the meeting, and no other.

    To be called whenever the meeting is new, has changed or is called off, and when the citizen has chosen anew.
    wanted: see above. What was planned of earlier versions is dropped, and what has been laid of them and not been
    sent does not go out. What has been laid or sent of this version stays. What it gets none of is kept as dropped,
    with why. The caller holds the citizen's lock.
    """
    rules = Rules.of(municipality)
    planned = reminders.plan(meeting, rules, now, wanted)
    why = "cancelled" if meeting.cancelled else "moved"
    known = timers.of_subject(tx, citizen_id, meeting.id, SORTS)
    earlier = [timer for timer in known if timer.version != meeting.version]
    timers.drop_all(tx, [timer.id for timer in earlier if timer.state == "planned"], now, why)
    if laid := [timer.id for timer in earlier if timer.state == "laid"]:
        outbox.silence(tx, laid, now, why=why)
    here = {timer.offset: timer for timer in known if timer.version == meeting.version}
    kept = {each.offset for each in planned}
    # One whose time has come is not among those planned from now on; whoever fires it decides.
    gone = [timer.id for offset, timer in here.items()
            if timer.state == "planned" and offset not in kept and _unwanted(offset, wanted)]
    timers.drop_all(tx, gone, now, "unwanted")
    for each in planned:
        there = here.get(each.offset)
        if there is None or there.sort == each.sort:
            timers.plan(tx, citizen_id, each.sort, meeting.id, meeting.version, [(each.offset, each.at)])
        if there and there.state == "planned" and now < there.due_at != each.at:
            timers.postpone(tx, there.id, each.at)  # one that is wanted again has taken its day, or given it back
    for left in reminders.left_out(meeting, rules, now, wanted):
        if left.offset not in here:  # kept for the caseworker, who sees why it does not come
            timers.leave_out(tx, citizen_id, left.sort, meeting.id, meeting.version, left.offset, left.due, now,
                             left.why)


def plan_coming(
    tx: Tx, municipality: Municipality, citizen_id: str, now: datetime, wanted: Collection[int] | None
) -> None:
    """The same for every meeting that is to come: the citizen has chosen, or is back."""
    for kept in meetings.coming(tx, citizen_id, now):
        plan(tx, municipality, citizen_id, kept.meeting, now, wanted)


def _unwanted(offset: int, wanted: Collection[int] | None) -> bool:
    return wanted is not None and offset not in wanted


# When its time has come


def decide(fired: Fired) -> Outcome:
    """The reminder, if it still holds and helps. One who has said that they cannot come is not asked to; one who comes
    is reminded without being asked again."""
    kept = meetings.get(fired.tx, fired.timer.subject)
    if kept is None or kept.citizen_id != fired.citizen.id:
        return Drop("cancelled")
    own = [timer for timer in timers.of_subject(fired.tx, fired.citizen.id, kept.meeting.id, SORTS)
           if timer.version == fired.timer.version]
    there = [_reminder(timer) for timer in own if timer.state in ("planned", "laid", "sent")]
    mine = _reminder(fired.timer)
    decision = reminders.decide(mine, fired.timer.version, kept.meeting, there, fired.now, fired.hours)
    if not isinstance(decision, Send):
        return decision
    if kept.answer is not None and kept.answer.word == "cannot":
        return Drop("answered")
    if _unwanted(mine.offset, wanted(fired.conversation)):
        return Drop("unwanted")
    earlier = any(timer.offset > mine.offset and timer.state in ("laid", "sent") for timer in own)
    return _message(mine.sort, kept, fired.setting, confirm=kept.answer is None and not earlier)


def _reminder(timer: Timer) -> Reminder:
    return Reminder(timer.offset, SORTS[timer.sort], timer.due_at, timer.due_at)


def _message(sort: Sort, kept: Kept, setting: Setting, *, confirm: bool) -> Message:
    meeting = kept.meeting
    asked = (buttons.answer("coming", meeting, setting), buttons.answer("cannot", meeting, setting))
    ready = (buttons.ready(meeting, setting), buttons.prepare(meeting, setting))
    more = (buttons.more(meeting, setting),)
    rows = (*((ready,) if sort == "ready" else ()), *((asked,) if confirm else ()), more)
    return Message(notice(sort, setting, meeting), rows=rows)


DECIDE: Mapping[str, Decide] = dict.fromkeys(SORTS, decide)
