"""Asking for a round because the caseworker wishes it: the same rules, and at once."""

from __future__ import annotations

from datetime import date, datetime

from afsaet.assistant import keeping
from afsaet.assistant.asking_due import passes
from afsaet.assistant.assistant import Assistant
from afsaet.assistant.casework import Refused, citizen_by
from afsaet.assistant.fired import earliest, unasked_chat
from afsaet.assistant.round_timers import BY_CASEWORKER, SORT, last_asked, last_done, plan_asking
from afsaet.measures.asking import FRESH, Occasion, is_fresh, on_day
from afsaet.measures.items import Measure
from afsaet.meetings.kinds import MAIN_KIND
from afsaet.meetings.localtime import wall_of
from afsaet.municipality import Municipality
from afsaet.store import conversations, measure_cards, meetings, rounds, timers
from afsaet.store.tx import Tx


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
    plan_asking(tx, citizen_id, measure, today.toordinal(), Occasion(now, occasion.reminded), BY_CASEWORKER)
    return earliest(tx, municipality, citizen_id, now)


def last_time(tx: Tx, municipality: Municipality, citizen_id: str, measure: Measure) -> date | None:
    """The day on which it was done, or asked for by itself, last."""
    own = timers.of_subject(tx, citizen_id, measure, [SORT])
    days = (last_done(rounds.list_of(tx, citizen_id), measure, municipality), last_asked(own, municipality))
    return max((day for day in days if day is not None), default=None)
