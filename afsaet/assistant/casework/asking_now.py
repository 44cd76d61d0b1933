"""Asking for a round because the caseworker wishes it: under the same rules, and as soon as it may be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from afsaet.assistant import keeping
from afsaet.assistant.assistant import Assistant
from afsaet.assistant.casework.caseload import Refused, citizen_by
from afsaet.assistant.unasked.asking_due import passes
from afsaet.assistant.unasked.fired import earliest, unasked_chat
from afsaet.assistant.unasked.round_timers import (
    BY_CASEWORKER,
    SORT,
    has_asked,
    last_asked,
    last_done,
    plan_asking,
    subject_of,
)
from afsaet.measures.asking import FRESH, Occasion, after, asked_about, is_fresh, on_day
from afsaet.measures.items import Measure
from afsaet.meetings.localtime import wall_of
from afsaet.store import conversations, measure_cards, meetings, rounds, timers
from afsaet.store.citizens import Citizen
from afsaet.store.tx import Tx

# Of those that are about a meeting.
NO_MEETING: Mapping[Measure, str] = {
    "tilfredshed": "There has been no meeting to ask about.",
    "samtaletjek": "There has been no talk to ask about.",
}
TOO_LATE: Mapping[Measure, str] = {
    "tilfredshed": "It is too long since the meeting: an answer would not count any more.",
    "samtaletjek": "It is too long since the latest talk, or will be before the citizen may be asked.",
}


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
    if not conversation.reminders and (agreement is None or agreement.only_pause):
        raise Refused("The citizen does not want to be written to unasked. Ask them about it when you talk.")
    if measure == "hjulet" and not card.wheel.ready:
        raise Refused("The citizen has not chosen the areas of their wheel yet.")
    if not passes(assistant, tx, citizen, measure, card):
        raise Refused("The policy does not allow these questions in the citizen's chat. Take them up when you talk.")
    if measure in NO_MEETING:
        return _about_meeting(assistant, tx, citizen, measure, now)
    own = timers.of_subject(tx, citizen_id, measure, [SORT])
    days = (last_done(rounds.list_of(tx, citizen_id), measure, municipality), last_asked(own, municipality))
    if any(is_fresh(day, today) for day in days):
        raise Refused(f"The citizen has done this, or been asked for it, within the last {FRESH} days.")
    occasion = on_day(today, municipality.reminders.at, municipality.zone)
    plan_asking(tx, citizen_id, measure, today.toordinal(), Occasion(now, occasion.reminded), BY_CASEWORKER)
    return earliest(tx, municipality, citizen_id, now)


def _about_meeting(assistant: Assistant, tx: Tx, citizen: Citizen, measure: Measure, now: datetime) -> datetime:
    """The same for one about the latest meeting that it is asked about after, which is asked about once, whoever
    wishes it."""
    municipality = assistant.municipality
    held = [kept.meeting for kept in meetings.held(tx, citizen.id, now)
            if asked_about(kept.meeting) == measure and (kept.answer is None or kept.answer.word != "cannot")]
    if not held:
        raise Refused(NO_MEETING[measure])
    meeting = held[-1]
    days = municipality.text_profile(citizen.profile).deadlines.satisfaction_days
    _about, occasion = after(meeting, municipality.reminders.at, days)
    subject = subject_of(measure, meeting.id)
    if any(each.measure == measure and each.started >= meeting.end for each in rounds.list_of(tx, citizen.id)):
        raise Refused("The citizen has answered about the latest one already. It is asked about once.")
    if has_asked(timers.of_subject(tx, citizen.id, subject, [SORT]), meeting.end):
        raise Refused("The citizen has been asked about the latest one already. It is asked about once.")
    begin = max(now, occasion.asked) if measure == "samtaletjek" else now
    when = earliest(tx, municipality, citizen.id, begin)
    assert occasion.ends is not None  # it is about a meeting
    if when >= occasion.ends:
        raise Refused(TOO_LATE[measure])
    reminded = occasion.reminded
    if measure == "tilfredshed":
        day = wall_of(when, municipality.zone).date()
        reminded = on_day(day, municipality.reminders.at, municipality.zone).reminded
    in_time = reminded is not None and when < reminded < occasion.ends
    asked = Occasion(begin, reminded if in_time else None)
    plan_asking(tx, citizen.id, subject, meeting.version, asked, BY_CASEWORKER)
    return when
