"""Handing a citizen to another caseworker, and telling them of it: once, and the latest truth.

What is told waits for waking hours. What has not gone by then is taken back when the citizen is handed on, and one who
is handed back to the caseworker they know is told nothing.
"""

from __future__ import annotations

from datetime import datetime

from afsaet.assistant import keeping
from afsaet.assistant.casework.caseload import Case, case, caseworker_by, citizen_by
from afsaet.assistant.incoming import Act
from afsaet.assistant.unasked import told
from afsaet.flows.language import mark as _
from afsaet.flows.message import Message
from afsaet.flows.setting import Setting
from afsaet.locales import SOURCE, translator
from afsaet.meetings.hours import Hours
from afsaet.municipality import Municipality
from afsaet.store import chats, citizens, conversations, events, notices, outbox, timers
from afsaet.store.caseworkers import Caseworker
from afsaet.store.citizens import Citizen
from afsaet.store.conversations import Conversation as Opened
from afsaet.store.outbox import Item
from afsaet.store.tx import Tx

SORT = "contact"  # of its timers; the subject is the caseworker whom the citizen knows until they are told
NEW_CONTACT = _("Fra nu af er {navn} din kontakt i kommunen.")


def move(tx: Tx, municipality: Municipality, citizen_id: str, email: str, now: datetime) -> tuple[Case, bool]:
    """Hand access to the citizen, contact and open tasks to the caseworker with that address.

    The citizen is told once in their chat, if there is one, outside the quiet hours. Returns the case
    afterwards and whether they are told; one who has that caseworker already is not. Raises Refused.
    """
    citizen_by(tx, citizen_id)
    opened = conversations.open_citizen(tx, citizen_id)
    caseworker = caseworker_by(tx, email)
    if opened.citizen.caseworker_id == caseworker.id:
        return case(tx, citizen_id), False
    citizens.move(tx, citizen_id, caseworker.id)
    events.note(tx, citizen_id, "moved", now)
    if municipality.mail is not None:
        notices.put(tx, caseworker.id, now)
    return case(tx, citizen_id), _tell(tx, municipality, opened, caseworker, now)


def _tell(tx: Tx, municipality: Municipality, opened: Opened, caseworker: Caseworker, now: datetime) -> bool:
    """Whether there was anything to tell."""
    known, number = _known(tx, opened.citizen, now)
    reached = chats.active_of(tx, opened.citizen.id)
    if known == caseworker.id or not reached:
        return False
    at = Hours.of(municipality).next_allowed(now)
    timer_id = timers.lay(tx, opened.citizen.id, SORT, known, number, 0, at, now)
    act = Act("send", _message(municipality, opened, caseworker, at))
    for chat in reached:
        outbox.put(tx, chat, [Item(act.payload(), act.kind, reply=False, not_before=at, timer_id=timer_id)], now)
    if at <= now:  # of one that waits it is not known whether the citizen answers meanwhile
        keeping.rest_if_left(tx, opened.citizen.id, keeping.load(opened), now)
    return True


def _known(tx: Tx, before: Citizen, now: datetime) -> tuple[str, int]:
    """The caseworker whom the citizen knows, once what waited to go out has been taken back; and the next number."""
    earlier = sorted((timer for timer in timers.of_citizen(tx, before.id) if timer.sort == SORT),
                     key=lambda timer: timer.version)
    taken = told.take_back(tx, earlier, now)
    unread = [timer.subject for timer in earlier if timer.id in taken]
    return (unread or [before.caseworker_id])[0], (earlier[-1].version + 1 if earlier else 0)


def _message(municipality: Municipality, opened: Opened, caseworker: Caseworker, at: datetime) -> Message:
    begun = keeping.load(opened)
    # A language that is no longer offered has no catalogue.
    language = begun.language if begun and begun.language in municipality.languages else SOURCE
    setting = Setting(at, translate=translator(language), language=language)
    return Message(setting.tr(NEW_CONTACT, navn=caseworker.name))
