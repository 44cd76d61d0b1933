"""Nudges: a kind word to one who has left a plan half-way, some days later and at most twice a pause.

Who has been away so long is found by a look now and then, so that a turn costs nothing more; the rest is asked when the
word is to go out. A pause is known by the minute in which it began, which is the version of its timers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.unasked.fired import Decide, Fired, Outcome, a_word
from afsaet.flows.conversation import MAIN, Conversation
from afsaet.flows.machine import SENT, START
from afsaet.flows.pages.page import go_on
from afsaet.meetings.decision import Drop, Send, Wait
from afsaet.meetings.hours import Hours
from afsaet.meetings.localtime import moment_of, wall_of
from afsaet.meetings.wording import notice
from afsaet.municipality import Municipality
from afsaet.store import retention, timers

SORT = "nudge"
SUBJECT = "pause"
TIMES = 2
LATEST = timedelta(days=7)  # after a standstill: a word about a pause that has lasted longer is for the next time
BATCH = 200


def look(assistant: Assistant) -> None:
    """Plan a nudge for everybody who has been away so long that it is time for the first, or for the second."""
    now, days = assistant.now(), timedelta(days=assistant.municipality.nudge_days)
    for time in range(1, TIMES + 1):
        until = now - time * days
        since: datetime | None = until - min(days, LATEST)
        while since is not None:
            since = _planned(assistant, since, until, time)


def _planned(assistant: Assistant, since: datetime, until: datetime, time: int) -> datetime | None:
    """Plan for those whose pause began after one moment and not after another; returns where to go on."""
    with assistant.database.read() as tx:
        away = retention.away(tx, since, until, BATCH)
        known = timers.versions_of(tx, SORT, time, [citizen_id for citizen_id, _ in away])
    at = _at(assistant.municipality, assistant.now())
    new = [(citizen_id, _minute(touched)) for citizen_id, touched in away
           if (citizen_id, _minute(touched)) not in known]
    if new:
        with assistant.database.write() as tx:
            for citizen_id, version in new:
                timers.plan(tx, citizen_id, SORT, SUBJECT, version, [(time, at)])
    return away[-1][1] if len(away) == BATCH else None


def _at(municipality: Municipality, now: datetime) -> datetime:
    """The next time of the day at which the municipality writes to people."""
    zone, hours = municipality.zone, Hours.of(municipality)
    today = wall_of(now, zone).date()
    moments = (moment_of(datetime.combine(today + timedelta(days=ahead), municipality.reminders.at), zone)
               for ahead in (0, 1, 2))
    return hours.next_allowed(next(moment for moment in moments if moment >= now))


def decide(fired: Fired) -> Outcome:
    """The kind word, if the plan still lies where it was left and the citizen wants to hear of it."""
    conversation = fired.conversation
    if conversation is None or not _half_way(conversation):
        return Drop("done")
    touched = retention.touched_at(fired.tx, fired.citizen.id)
    if touched is None or _minute(touched) != fired.timer.version:
        return Drop("returned")
    if not conversation.reminders:
        return Drop("unwanted")
    decision = fired.rationed()
    if isinstance(decision, Wait):  # not first thing on that day, before what the citizen has asked to hear of
        return Wait(_at(fired.assistant.municipality, decision.until))
    setting = fired.setting
    return a_word(notice("nudge", setting), go_on(setting), setting) if isinstance(decision, Send) else decision


def _half_way(conversation: Conversation) -> bool:
    """Whether the plan has been begun and never been sent."""
    plan = conversation.sessions.get(MAIN)
    return plan is not None and plan.versions == 0 and plan.state not in (START, SENT)


def _minute(moment: datetime) -> int:
    return int(moment.timestamp() // 60)


DECIDE: Mapping[str, Decide] = {SORT: decide}
