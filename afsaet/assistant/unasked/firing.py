"""What is done when the time of timers has come: look again, and then send, wait or let go.

1. Find those that are due, a small batch at a time, and lock nothing.
2. For each, in a transaction of its own, take the citizen's lock and look whether it is still planned and due.
3. Ask its sort what is to come of it, as things stand now.
4. If something is to be sent: claim the timer by a conditional update, and only if exactly one row has changed lay the
   message in the outbox, in the same transaction.

So it does not matter how many do this at once, or when one of them is killed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from afsaet.assistant import keeping
from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act
from afsaet.assistant.unasked import announcing, asking_due, goal_checks, nudging, own_list, reminding
from afsaet.assistant.unasked.fired import Decide, Fired, Outcome, unasked_chat
from afsaet.flows.message import Message
from afsaet.locales import SOURCE
from afsaet.meetings.decision import Drop, Wait
from afsaet.meetings.wording import faults
from afsaet.metrics import TIMERS_DUE
from afsaet.store import conversations, outbox, timers
from afsaet.store.faults import DatabaseFault, UnknownCitizen
from afsaet.store.outbox import Item
from afsaet.store.timers import Due, Timer
from afsaet.store.tx import Tx

log = structlog.get_logger(__name__)

BATCH = 15
MOST_WAITING = 60  # in the outbox: more would only wait there, and not be looked at again as they should
AN_HOUR = timedelta(hours=1)
A_WHILE = timedelta(minutes=5)  # what has waited so long in the outbox was kept from going

# By sort.
DECIDE: Mapping[str, Decide] = {
    **announcing.DECIDE, **reminding.DECIDE, **nudging.DECIDE, **own_list.DECIDE, **goal_checks.DECIDE,
    **asking_due.DECIDE,
}


class TellsTooMuch(Exception):  # noqa: N818 - named for what it does
    """A text may not go out unasked."""


def fire(assistant: Assistant) -> int:
    """Deal with at most a batch of timers whose time has come; returns how many messages were laid in the outbox.

    Fewer, or none, while those that were laid lately wait to go out. One that fails is tried again in an hour and stops
    nobody else's. Raises DatabaseFault when the database is away.
    """
    now = assistant.now()
    with assistant.database.read() as tx:
        room = MOST_WAITING - outbox.count_laid(tx, now - A_WHILE, now)
        found = timers.due(tx, now, min(BATCH, room)) if room > 0 else []
        TIMERS_DUE.set(timers.count_due(tx, now))
    return sum(_alone(assistant, due) for due in found)


def look_again(assistant: Assistant) -> None:
    """Take back what has been kept from going out so long that it helps nobody any more, or is not true any more, and
    let what would now come at night wait for the morning."""
    after, before = 0, assistant.now() - A_WHILE
    while True:
        with assistant.database.read() as tx:
            waiting = outbox.laid_by_timers(tx, before, BATCH, after)
        if not waiting:
            return
        for due in waiting:
            _alone(assistant, due)
        after = waiting[-1].id


def _alone(assistant: Assistant, due: Due) -> bool:
    """One timer, whose failure concerns no other."""
    try:
        with assistant.database.write() as tx:
            return _dealt_with(assistant, tx, due)
    except DatabaseFault:
        raise
    except Exception as error:  # whatever is wrong with one, the others go on
        log.error("a timer cannot be dealt with", timer=due.id, error=type(error).__name__)
        with assistant.database.write() as tx:
            timers.postpone(tx, due.id, assistant.now() + AN_HOUR)
        return False


def _dealt_with(assistant: Assistant, tx: Tx, due: Due) -> bool:
    """Whether a message has been laid."""
    now = assistant.now()
    try:
        tx.lock(due.citizen_id)
    except UnknownCitizen:
        return False  # erased a moment ago, and the timer too
    timer = timers.get(tx, due.id)
    if timer is None or not (_is_due(timer, now) or _is_waiting(timer)):
        return False
    fired = _fired(assistant, tx, timer, now)
    outcome = _outcome(fired)
    if timer.state == "laid":
        _not_now(tx, timer, outcome, now)
        return False
    if isinstance(outcome, Message):
        return _laid(fired, outcome)
    if isinstance(outcome, Wait):
        timers.postpone(tx, timer.id, outcome.until)
    else:
        timers.drop(tx, timer.id, now, outcome.why)
    return False


def _is_due(timer: Timer, now: datetime) -> bool:
    return timer.state == "planned" and timer.due_at <= now


def _is_waiting(timer: Timer) -> bool:
    """Whether its message lies in the outbox, and is one that is laid here."""
    return timer.state == "laid" and timer.sort in DECIDE


def _fired(assistant: Assistant, tx: Tx, timer: Timer, now: datetime) -> Fired:
    opened = conversations.open_citizen(tx, timer.citizen_id)
    conversation = keeping.load(opened)
    language = conversation.language if conversation else SOURCE
    profile = opened.citizen.profile
    setting = assistant.library(profile).spoken(assistant.setting("", profile), language)
    return Fired(assistant, tx, timer, opened.citizen, conversation, setting, now)


def _outcome(fired: Fired) -> Outcome:
    """What its sort makes of it. A text that could not go by SMS in the citizen's language goes in Danish."""
    outcome = DECIDE[fired.timer.sort](fired)
    if isinstance(outcome, Message) and faults(outcome.text):
        library = fired.assistant.library(fired.citizen.profile)
        outcome = DECIDE[fired.timer.sort](replace(fired, setting=library.spoken(fired.setting, SOURCE)))
        if isinstance(outcome, Message) and faults(outcome.text):
            raise TellsTooMuch
    return outcome


def _laid(fired: Fired, message: Message) -> bool:
    """Claim the timer and lay its message; whether it was ours to lay."""
    tx, timer, now = fired.tx, fired.timer, fired.now
    chat = unasked_chat(tx, timer.citizen_id)
    if chat is None:
        timers.drop(tx, timer.id, now, "no_chat")
        return False
    if not timers.claim(tx, timer.id, now):
        return False
    act = Act("send", message, fired.conversation.ask if fired.conversation else 0)
    outbox.put(tx, chat, [Item(act.payload(), act.kind, reply=False, timer_id=timer.id)], now)
    keeping.rest_if_left(tx, timer.citizen_id, fired.conversation, now)
    return True


def _not_now(tx: Tx, timer: Timer, outcome: Outcome, now: datetime) -> None:
    """What comes of a message that lies in the outbox and has not gone."""
    if isinstance(outcome, Drop):
        outbox.silence(tx, [timer.id], now, why=outcome.why)
    elif isinstance(outcome, Wait):
        outbox.hold(tx, timer.id, outcome.until)
