"""Asking for rounds: which timers there are, and what one says when its time has come.

The subject of such a timer is a measure, with its day as the version; or a measure and a meeting, with the meeting's
version. Offset 0 is the asking and 1 the one reminder of it; 2 and 3 are the same where the caseworker has asked for
it. What is asked stands nowhere in the message.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import get_args

from afsaet.assistant import keeping
from afsaet.assistant.assistant import Assistant
from afsaet.assistant.casework import Refused, citizen_by
from afsaet.assistant.fired import Decide, Fired, Outcome, earliest, unasked_chat
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting
from afsaet.measures.agreement import Agreement
from afsaet.measures.asking import BY_AGREEMENT, FRESH, Occasion, after, is_fresh, may_pass, next_day, on_day
from afsaet.measures.card import Card
from afsaet.measures.items import Measure
from afsaet.measures.rounds import Round
from afsaet.meetings.decision import Drop, Send, Wait
from afsaet.meetings.kinds import MAIN_KIND
from afsaet.meetings.localtime import wall_of
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.wording import notice
from afsaet.municipality import Municipality
from afsaet.store import conversations, measure_cards, meetings, outbox, rounds, timers
from afsaet.store.citizens import Citizen
from afsaet.store.timers import Timer
from afsaet.store.tx import Tx

SORT = "round"
BY_ITSELF, BY_CASEWORKER = 0, 2  # the offset of the asking; that of its reminder is the next
A_DAY = timedelta(days=1)
_GONE = ("laid", "sent", "failed")  # the citizen has been asked, or as good as


def plan(tx: Tx, municipality: Municipality, citizen_id: str, measure: Measure, now: datetime) -> None:
    """Let the measure be asked for on the day that follows from what is agreed, and on no other.

    To be called whenever something is agreed or done, or the citizen's talks have changed. Where nothing is agreed
    nothing is planned. An asking that has gone out stays, and its reminder until the round is done. The caller holds
    the citizen's lock.
    """
    if measure not in BY_AGREEMENT:
        return
    card, zone = measure_cards.get(tx, citizen_id), municipality.zone
    own = timers.of_subject(tx, citizen_id, measure, [SORT])
    done = _last_done(rounds.list_of(tx, citizen_id), measure, municipality)
    asked = _last_asked(own, municipality)
    day = None
    if (agreement := card.agreements.get(measure)) is not None:
        last = max((each for each in (done, asked) if each is not None), default=None)
        talks = [kept.meeting.wall.date() for kept in meetings.coming(tx, citizen_id, now)]
        day = next_day(agreement, municipality.round_days, wall_of(now, zone).date(), last, talks)
    waiting = [timer for timer in own if timer.state == "planned" and timer.offset < BY_CASEWORKER
               and timer.version != (day and day.toordinal())]
    out = {timer.version for timer in own if timer.offset == BY_ITSELF and timer.state in _GONE}
    over = [timer.id for timer in waiting
            if timer.version not in out or (done is not None and done >= date.fromordinal(timer.version))]
    timers.drop_all(tx, over, now, "moved")
    if day is not None:
        _plan(tx, citizen_id, measure, day.toordinal(), on_day(day, municipality.reminders.at, zone))


def plan_all(tx: Tx, municipality: Municipality, citizen: Citizen, now: datetime) -> None:
    """Everything that is to be asked for: after each meeting to come, and by agreement."""
    for kept in meetings.coming(tx, citizen.id, now):
        _plan_after(tx, municipality, citizen, kept.meeting, now)
    for measure in BY_AGREEMENT:
        plan(tx, municipality, citizen.id, measure, now)


def meetings_changed(
    tx: Tx, municipality: Municipality, citizen: Citizen, altered: Iterable[Meeting], now: datetime
) -> None:
    """These meetings are new, have changed or are called off: what is asked for after them, and before them, moves
    with them."""
    for meeting in altered:
        _meeting_changed(tx, municipality, citizen, meeting, now)
    for measure in BY_AGREEMENT:
        plan(tx, municipality, citizen.id, measure, now)


def _meeting_changed(tx: Tx, municipality: Municipality, citizen: Citizen, meeting: Meeting, now: datetime) -> None:
    why = "cancelled" if meeting.cancelled else "moved"
    for measure in get_args(Measure):
        own = timers.of_subject(tx, citizen.id, _subject(measure, meeting.id), [SORT])
        earlier = [timer for timer in own if timer.version != meeting.version]
        timers.drop_all(tx, [timer.id for timer in earlier if timer.state == "planned"], now, why)
        if laid := [timer.id for timer in earlier if timer.state == "laid"]:
            outbox.silence(tx, laid, now, why=why)
    if not meeting.cancelled:
        _plan_after(tx, municipality, citizen, meeting, now)


def start(assistant: Assistant, tx: Tx, citizen_id: str, measure: Measure, now: datetime) -> datetime:
    """The caseworker wishes the citizen to be asked for it: as soon as they may be, which is returned. Raises Refused
    where they are not to be asked, with the reason."""
    municipality, citizen = assistant.municipality, citizen_by(tx, citizen_id)
    conversation = keeping.load(conversations.open_citizen(tx, citizen_id))
    if conversation is None or unasked_chat(tx, citizen_id) is None:
        raise Refused("The citizen has not said yes in a chat, so they cannot be asked there.")
    card, today = measure_cards.get(tx, citizen_id), wall_of(now, municipality.zone).date()
    agreement = card.agreements.get(measure)
    if agreement is not None and agreement.stopped:
        raise Refused("The citizen does not want to be asked for this. Ask them about it when you talk.")
    if agreement is not None and agreement.rests_on(today):
        raise Refused(f"The citizen has a pause from this until {agreement.paused_until}.")
    if measure == "hjulet" and not card.wheel.ready:
        raise Refused("The citizen has not chosen the areas of their wheel yet.")
    if not passes(assistant, tx, citizen, measure, card):
        raise Refused("The policy does not allow these questions in the citizen's chat. Take them up when you talk.")
    if measure == "tilfredshed" and not any(
        kept.meeting.kind == MAIN_KIND for kept in meetings.held(tx, citizen_id, now)
    ):
        raise Refused("There has been no meeting to ask about.")
    if is_fresh(last_time(tx, municipality, citizen_id, measure), today):
        raise Refused(f"The citizen has done this, or been asked for it, within the last {FRESH} days.")
    occasion = on_day(today, municipality.reminders.at, municipality.zone)
    _plan(tx, citizen_id, measure, today.toordinal(), Occasion(now, occasion.reminded), BY_CASEWORKER)
    return earliest(tx, municipality, citizen_id, now)


def last_time(tx: Tx, municipality: Municipality, citizen_id: str, measure: Measure) -> date | None:
    """The day on which it was done, or asked for by itself, last."""
    own = timers.of_subject(tx, citizen_id, measure, [SORT])
    days = (_last_done(rounds.list_of(tx, citizen_id), measure, municipality), _last_asked(own, municipality))
    return max((day for day in days if day is not None), default=None)


def passes(assistant: Assistant, tx: Tx, citizen: Citizen, measure: Measure, card: Card) -> bool:
    """Whether the whole round may pass the chat in which the citizen is written to."""
    chat = unasked_chat(tx, citizen.id)
    setting = assistant.setting(chat.channel if chat else "", citizen.profile)
    return may_pass(measure, card.wheel, setting.open_to)  # type: ignore[arg-type]


def _plan_after(tx: Tx, municipality: Municipality, citizen: Citizen, meeting: Meeting, now: datetime) -> None:
    days = municipality.text_profile(citizen.profile).deadlines.satisfaction_days
    measure, occasion = after(meeting, municipality.reminders.at, days)
    if occasion.asked > now:
        _plan(tx, citizen.id, _subject(measure, meeting.id), meeting.version, occasion)


def _plan(
    tx: Tx, citizen_id: str, subject: str, version: int, occasion: Occasion, offset: int = BY_ITSELF
) -> None:
    moments = [(offset, occasion.asked)]
    if occasion.reminded is not None:
        moments.append((offset + 1, occasion.reminded))
    timers.plan(tx, citizen_id, SORT, subject, version, moments)


def _subject(measure: Measure, meeting_id: str) -> str:
    return f"{measure}:{meeting_id}"


def _is_reminder(timer: Timer) -> bool:
    return timer.offset % 2 == 1


def _last_done(own: Sequence[Round], measure: Measure, municipality: Municipality) -> date | None:
    return max((wall_of(each.at, municipality.zone).date() for each in own if each.measure == measure), default=None)


def _last_asked(own: Collection[Timer], municipality: Municipality) -> date | None:
    """The day of the latest asking that has gone out."""
    moments = (timer.at for timer in own if not _is_reminder(timer) and timer.state in _GONE)
    return max((wall_of(at, municipality.zone).date() for at in moments if at is not None), default=None)


# When its time has come


def decide(fired: Fired) -> Outcome:
    """The question whether they have two minutes; if the citizen wants it, has not done it, and all of it may pass."""
    name, _colon, meeting_id = fired.timer.subject.partition(":")
    measure: Measure = next(each for each in get_args(Measure) if each == name)
    outcome = _outcome(fired, measure, meeting_id)
    if _is_reminder(fired.timer) and not meeting_id and not isinstance(outcome, Wait):
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
    waits = _before_reminder(fired) if _is_reminder(fired.timer) else None
    decision = waits or fired.rationed(too_late)
    return _message(measure, fired.setting, again=_is_reminder(fired.timer)) if isinstance(decision, Send) else decision


def _wanted(fired: Fired, agreement: Agreement | None) -> bool:
    """What is agreed goes before the wish for no reminders at all, which is about everything."""
    assert fired.conversation is not None
    if agreement is None:
        return fired.conversation.reminders
    return not agreement.rests_on(wall_of(fired.now, fired.assistant.municipality.zone).date())


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
    if any(each.measure == measure and each.at >= kept.meeting.end
           for each in rounds.list_of(fired.tx, fired.citizen.id)):
        return Drop("done")
    return occasion.ends


def _on_a_day(fired: Fired, measure: Measure, agreement: Agreement | None) -> Drop | datetime | None:
    """The same for one that is asked for on a day of its own."""
    municipality, day = fired.assistant.municipality, date.fromordinal(fired.timer.version)
    own = timers.of_subject(fired.tx, fired.citizen.id, measure, [SORT])
    near = (agreement.every_days if agreement else None) or FRESH
    done = _last_done(rounds.list_of(fired.tx, fired.citizen.id), measure, municipality)
    if is_fresh(done, day, near):
        return Drop("done")
    others = [timer for timer in own if timer.id != fired.timer.id]
    if not _is_reminder(fired.timer) and is_fresh(_last_asked(others, municipality), day, near):
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
