"""What a timer of a round says when its time has come. What is asked stands nowhere in the message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import get_args

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.unasked.asking import plan
from afsaet.assistant.unasked.fired import Decide, Fired, Outcome, unasked_chat
from afsaet.assistant.unasked.round_timers import SORT, has_asked, is_reminder, last_asked, last_done
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting
from afsaet.measures.agreement import Agreement
from afsaet.measures.asking import FRESH, after, is_fresh, may_pass
from afsaet.measures.card import Card
from afsaet.measures.items import Measure
from afsaet.meetings.decision import Drop, Send, Wait
from afsaet.meetings.localtime import wall_of
from afsaet.meetings.wording import notice
from afsaet.store import measure_cards, meetings, rounds, timers
from afsaet.store.citizens import Citizen
from afsaet.store.tx import Tx

A_DAY = timedelta(days=1)


def decide(fired: Fired) -> Outcome:
    """The question whether they have two minutes; if the citizen wants it, has not done it, and all of it may pass."""
    name, _colon, meeting_id = fired.timer.subject.partition(":")
    measure: Measure = next(each for each in get_args(Measure) if each == name)
    outcome = _outcome(fired, measure, meeting_id)
    if is_reminder(fired.timer) and not meeting_id and not isinstance(outcome, Wait):
        plan(fired.tx, fired.assistant.municipality, fired.citizen.id, measure, fired.now)  # the next time
    return outcome


def _outcome(fired: Fired, measure: Measure, meeting_id: str) -> Outcome:
    if fired.conversation is None:
        return Drop("done")
    card = measure_cards.get(fired.tx, fired.citizen.id)
    agreement = card.agreements.get(measure)
    if not _wanted(fired, agreement):
        return Drop("unwanted")
    if not passes(fired.assistant, fired.tx, fired.citizen, measure, card):
        return Drop("private")
    too_late = _after_meeting(fired, meeting_id) if meeting_id else _on_a_day(fired, measure, agreement)
    if isinstance(too_late, Drop | Wait):
        return too_late
    waits = _before_reminder(fired) if is_reminder(fired.timer) else None
    decision = waits or fired.rationed(too_late)
    return _message(measure, fired.setting, again=is_reminder(fired.timer)) if isinstance(decision, Send) else decision


def passes(assistant: Assistant, tx: Tx, citizen: Citizen, measure: Measure, card: Card) -> bool:
    """Whether the whole round may pass the chat in which the citizen is written to."""
    chat = unasked_chat(tx, citizen.id)
    setting = assistant.setting(chat.channel if chat else "", citizen.profile)
    return may_pass(measure, card.wheel, setting.open_to)  # type: ignore[arg-type]


def _wanted(fired: Fired, agreement: Agreement | None) -> bool:
    """What is agreed goes before the wish for no reminders at all, which is about everything."""
    assert fired.conversation is not None
    if agreement is not None and agreement.rests_on(wall_of(fired.now, fired.assistant.municipality.zone).date()):
        return False
    return fired.conversation.reminders or (agreement is not None and not agreement.only_pause)


def _after_meeting(fired: Fired, meeting_id: str) -> Drop | Wait | datetime | None:
    """Why it is not asked for after this meeting, or from when on it is too late."""
    kept, municipality = meetings.get(fired.tx, meeting_id), fired.assistant.municipality
    if kept is None or kept.citizen_id != fired.citizen.id or kept.meeting.cancelled:
        return Drop("cancelled")
    if kept.meeting.version != fired.timer.version:
        return Drop("moved")
    if kept.answer is not None and kept.answer.word == "cannot":
        return Drop("answered")
    days = municipality.text_profile(fired.citizen.profile).deadlines.satisfaction_days
    measure, occasion = after(kept.meeting, municipality.reminders.at, days)
    if any(each.measure == measure and each.started >= kept.meeting.end
           for each in rounds.list_of(fired.tx, fired.citizen.id)):
        return Drop("done")
    others = [timer for timer in timers.of_subject(fired.tx, fired.citizen.id, fired.timer.subject, [SORT])
              if timer.id != fired.timer.id]
    if not is_reminder(fired.timer) and has_asked(others, kept.meeting.end):
        return Drop("asked")
    return occasion.ends


def _on_a_day(fired: Fired, measure: Measure, agreement: Agreement | None) -> Drop | datetime | None:
    """The same for one that is asked for on a day of its own."""
    municipality, day = fired.assistant.municipality, date.fromordinal(fired.timer.version)
    own = timers.of_subject(fired.tx, fired.citizen.id, measure, [SORT])
    near = (agreement.every_days if agreement else None) or FRESH
    done = last_done(rounds.list_of(fired.tx, fired.citizen.id), measure, municipality)
    if is_fresh(done, day, near):
        return Drop("done")
    others = [timer for timer in own if timer.id != fired.timer.id]
    if not is_reminder(fired.timer) and is_fresh(last_asked(others, municipality), day, near):
        return Drop("next_is_near")
    if agreement is None or not agreement.before_talk:
        return None
    talks = (kept.meeting for kept in meetings.list_of(fired.tx, fired.citizen.id) if not kept.meeting.cancelled)
    return min((talk.start for talk in talks if talk.wall.date() == day + A_DAY), default=None)


def _before_reminder(fired: Fired) -> Drop | Wait | None:
    """A reminder reminds of what has been asked, and not of what was asked a moment ago."""
    own = timers.of_subject(fired.tx, fired.citizen.id, fired.timer.subject, [SORT])
    asking = next((timer for timer in own if timer.offset == fired.timer.offset - 1
                   and timer.version == fired.timer.version), None)
    if asking is not None and asking.state == "planned":
        return Wait(asking.due_at + A_DAY)
    if asking is None or asking.state not in ("laid", "sent") or asking.at is None:
        return Drop("not_asked")
    return Wait(asking.at + A_DAY) if fired.now < asking.at + timedelta(hours=12) else None


def _message(measure: Measure, setting: Setting, *, again: bool) -> Message:
    tr = setting.tr
    begin = Button(tr(_("Begynd")), f"m.udvikling.begynd.{measure}")
    later = Button(tr(_("Ikke nu")), f"m.udvikling.ikke_nu.{measure}")
    fewer = Button(tr(_("Færre spørgsmål")), f"m.udvikling.aftale.{measure}")
    return Message(notice("again" if again else "round", setting), rows=((begin, later), (fewer,)))


DECIDE: Mapping[str, Decide] = {SORT: decide}
