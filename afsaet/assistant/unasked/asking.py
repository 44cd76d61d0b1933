"""Asking for rounds: which timers there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import get_args

from afsaet.assistant.unasked.round_timers import (
    BY_CASEWORKER,
    BY_ITSELF,
    GONE,
    SORT,
    last_asked,
    last_done,
    plan_asking,
    subject_of,
)
from afsaet.measures.asking import BY_AGREEMENT, after, next_day, on_day
from afsaet.measures.items import Measure
from afsaet.meetings.localtime import wall_of
from afsaet.meetings.meeting import Meeting
from afsaet.municipality import Municipality
from afsaet.store import measure_cards, meetings, outbox, rounds, timers
from afsaet.store.citizens import Citizen
from afsaet.store.tx import Tx


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
    done = last_done(rounds.list_of(tx, citizen_id), measure, municipality)
    asked = last_asked(own, municipality)
    day = None
    if (agreement := card.agreements.get(measure)) is not None:
        last = max((each for each in (done, asked) if each is not None), default=None)
        talks = [kept.meeting.wall.date() for kept in meetings.coming(tx, citizen_id, now)]
        day = next_day(agreement, municipality.round_days, wall_of(now, zone).date(), last, talks)
    waiting = [timer for timer in own if timer.state == "planned" and timer.offset < BY_CASEWORKER
               and timer.version != (day and day.toordinal())]
    out = {timer.version for timer in own if timer.offset == BY_ITSELF and timer.state in GONE}
    over = [timer.id for timer in waiting
            if timer.version not in out or (done is not None and done >= date.fromordinal(timer.version))]
    timers.drop_all(tx, over, now, "moved")
    if day is not None:
        plan_asking(tx, citizen_id, measure, day.toordinal(), on_day(day, municipality.reminders.at, zone))


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
        own = timers.of_subject(tx, citizen.id, subject_of(measure, meeting.id), [SORT])
        earlier = [timer for timer in own if timer.version != meeting.version]
        timers.drop_all(tx, [timer.id for timer in earlier if timer.state == "planned"], now, why)
        if laid := [timer.id for timer in earlier if timer.state == "laid"]:
            outbox.silence(tx, laid, now, why=why)
    if not meeting.cancelled:
        _plan_after(tx, municipality, citizen, meeting, now)


def _plan_after(tx: Tx, municipality: Municipality, citizen: Citizen, meeting: Meeting, now: datetime) -> None:
    days = municipality.text_profile(citizen.profile).deadlines.satisfaction_days
    measure, occasion = after(meeting, municipality.reminders.at, days)
    if occasion.asked > now:
        plan_asking(tx, citizen.id, subject_of(measure, meeting.id), meeting.version, occasion)
