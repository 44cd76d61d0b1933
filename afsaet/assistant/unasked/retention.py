"""Nothing is kept longer than the citizen was told: idle drafts are warned about and deleted, filed versions go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act
from afsaet.assistant.keeping import load
from afsaet.flows.conversation import Conversation
from afsaet.flows.dates import danish_date
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting
from afsaet.locales import SOURCE
from afsaet.meetings.hours import Hours
from afsaet.store import chats, conversations, erasure, names, outbox, retention
from afsaet.store.faults import KeyFault, UnknownCitizen
from afsaet.store.outbox import Item
from afsaet.store.tx import Tx

log = structlog.get_logger(__name__)

WARNING = timedelta(days=14)  # ahead of the deletion
BATCH = 100


def expire(assistant: Assistant) -> None:
    """Warn once about drafts soon to go, delete those whose time is up and whose citizen was warned in time,
    and delete versions that were filed long enough ago, with the name that stayed for them alone. A citizen at a
    time, each under their own lock."""
    now, rules = assistant.now(), assistant.municipality.retention
    kept, filed = timedelta(days=rules.draft_days), timedelta(days=rules.filed_days)
    ahead = min(WARNING, kept / 2)  # where drafts are kept for a few days only, nobody is warned who was just here
    with assistant.database.read() as tx:
        warn = retention.unwarned(tx, now - kept + ahead, BATCH)
        gone = retention.warned(tx, now - kept, now - ahead, BATCH)
    for citizen_id in warn:
        _alone(assistant, citizen_id, lambda tx, which: _warn(assistant, tx, which, now, now + ahead))
    for citizen_id in gone:
        _alone(assistant, citizen_id, lambda tx, which: _drop(assistant, tx, which, now, now - kept))
    with assistant.database.write() as tx:
        retention.drop_filed(tx, now - filed)
        names.drop(tx, now)
    if gone:
        assistant.database.scrub()


def _alone(assistant: Assistant, citizen_id: str, work: Callable[[Tx, str], None]) -> None:
    """Do it under the citizen's lock. One who is gone by now, or cannot be opened, holds up nobody else."""
    try:
        with assistant.database.write() as tx:
            tx.lock(citizen_id)
            work(tx, citizen_id)
    except UnknownCitizen:
        return
    except KeyFault:
        log.error("a draft whose time is up cannot be opened", citizen=citizen_id)


def _warn(assistant: Assistant, tx: Tx, citizen_id: str, now: datetime, ends: datetime) -> None:
    if not retention.note_warned(tx, citizen_id, now):
        return
    day = ends.astimezone(assistant.municipality.zone).date()
    opened = conversations.open_citizen(tx, citizen_id)
    setting = _setting(assistant, opened.citizen.profile, load(opened))
    said = danish_date(day, year=False, language=setting.language)
    text = _("Du har noget liggende hos mig. Jeg sletter det {day}. Vil du beholde det, så tryk på Fortsæt.")
    rows = ((Button(setting.tr(_("Fortsæt")), "m.fortsaet"), Button(setting.tr(_("Menu")), "m.menu")),)
    warning = Act("send", Message(setting.tr(text, day=said), rows=rows))
    at = Hours.of(assistant.municipality).next_allowed(now)
    for chat in chats.active_of(tx, citizen_id):
        outbox.put(tx, chat, [Item(warning.payload(), reply=False, not_before=at)], now)


def _drop(assistant: Assistant, tx: Tx, citizen_id: str, now: datetime, before: datetime) -> None:
    if retention.still_untouched(tx, citizen_id, before):
        _delete(assistant, tx, citizen_id, now)


def _delete(assistant: Assistant, tx: Tx, citizen_id: str, now: datetime) -> None:
    opened = conversations.open_citizen(tx, citizen_id)
    addresses = [(chat.channel, chats.address_of(tx, chat.id)) for chat in chats.active_of(tx, citizen_id)]
    setting = _setting(assistant, opened.citizen.profile, load(opened))
    farewell = Act("send", Message(setting.tr(_("Det, du havde liggende hos mig, er nu slettet, som jeg skrev."))))
    erasure.forget(tx, citizen_id, now)
    for channel, address in addresses:
        if address is not None:
            at = Hours.of(assistant.municipality).next_allowed(now)
            outbox.put_to_address(tx, channel, address, [Item(farewell.payload(), reply=False, not_before=at)], now)


def _setting(assistant: Assistant, profile: str, conversation: Conversation | None) -> Setting:
    language = conversation.language if conversation else SOURCE
    return assistant.library(profile).spoken(assistant.setting("", profile), language)
