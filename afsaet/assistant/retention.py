"""Nothing is kept longer than the citizen was told: idle drafts are warned about and deleted, filed versions go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from afsaet.assistant.hours import waking_hours
from afsaet.assistant.incoming import Act
from afsaet.assistant.keeping import load
from afsaet.flows.conversation import Conversation
from afsaet.flows.dates import danish_date
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting
from afsaet.locales import SOURCE
from afsaet.store import chats, conversations, erasure, outbox, retention
from afsaet.store.outbox import Item
from afsaet.store.tx import Tx

if TYPE_CHECKING:
    from afsaet.assistant.assistant import Assistant

WARNING = timedelta(days=14)  # ahead of the deletion
BATCH = 100


def expire(assistant: Assistant) -> None:
    """Warn once about drafts soon to go, delete those whose time is up and whose citizen was warned in time,
    and delete versions that were filed long enough ago. A citizen at a time, each under their own lock."""
    now = assistant.now()
    kept = timedelta(days=assistant.municipality.retention.draft_days)
    filed = timedelta(days=assistant.municipality.retention.filed_days)
    with assistant.database.read() as tx:
        warn = retention.unwarned(tx, now - kept + WARNING, BATCH)
        gone = retention.warned(tx, now - kept, now - WARNING, BATCH)
    for citizen_id in warn:
        with assistant.database.write() as tx:
            _warn(assistant, tx, citizen_id, now)
    for citizen_id in gone:
        with assistant.database.write() as tx:
            tx.lock(citizen_id)
            if retention.still_untouched(tx, citizen_id, now - kept):
                _delete(assistant, tx, citizen_id, now)
    with assistant.database.write() as tx:
        retention.drop_filed(tx, now - filed)
    if gone:
        assistant.database.scrub()


def _warn(assistant: Assistant, tx: Tx, citizen_id: str, now: datetime) -> None:
    if not retention.note_warned(tx, citizen_id, now):
        return
    day = (now + WARNING).astimezone(assistant.municipality.zone).date()
    opened = conversations.open_citizen(tx, citizen_id)
    setting = _setting(assistant, opened.citizen.profile, load(opened))
    said = danish_date(day, year=False, language=setting.language)
    text = _("Du har noget liggende hos mig. Jeg sletter det {day}. Vil du beholde det, så tryk på Fortsæt.")
    rows = ((Button(setting.tr(_("Fortsæt")), "m.fortsaet"), Button(setting.tr(_("Menu")), "m.menu")),)
    warning = Act("send", Message(setting.tr(text, day=said), rows=rows))
    at = waking_hours(now, assistant.municipality)
    for chat in chats.active_of(tx, citizen_id):
        outbox.put(tx, chat, [Item(warning.payload(), reply=False, not_before=at)], now)


def _delete(assistant: Assistant, tx: Tx, citizen_id: str, now: datetime) -> None:
    opened = conversations.open_citizen(tx, citizen_id)
    addresses = [(chat.channel, chats.address_of(tx, chat.id)) for chat in chats.active_of(tx, citizen_id)]
    setting = _setting(assistant, opened.citizen.profile, load(opened))
    farewell = Act("send", Message(setting.tr(_("Det, du havde liggende hos mig, er nu slettet, som jeg skrev."))))
    erasure.forget(tx, citizen_id, now)
    for channel, address in addresses:
        if address is not None:
            at = waking_hours(now, assistant.municipality)
            outbox.put_to_address(tx, channel, address, [Item(farewell.payload(), reply=False, not_before=at)], now)


def _setting(assistant: Assistant, profile: str, conversation: Conversation | None) -> Setting:
    language = conversation.language if conversation else SOURCE
    return assistant.library(profile).spoken(assistant.setting("", profile), language)
