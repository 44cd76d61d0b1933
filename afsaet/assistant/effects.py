"""What a turn does beyond talking: a version sent, a wish to be called, a copy, a deletion."""

from __future__ import annotations

from dataclasses import replace

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.copy import copy_of
from afsaet.assistant.incoming import Act, Incoming
from afsaet.assistant.telling import tell_caseworker
from afsaet.flows.conversation import ContactWished, CopyWanted, Forget, Sent, Turn, Unsend
from afsaet.flows.setting import Setting
from afsaet.store import erasure, events, outbox, versions
from afsaet.store.conversations import Conversation as Opened
from afsaet.store.outbox import Item
from afsaet.store.tx import Tx


def carry_out(
    assistant: Assistant, tx: Tx, opened: Opened, incoming: Incoming, turn: Turn, setting: Setting
) -> None:
    """Do what the turn asks for, in order."""
    for effect in turn.effects:
        if isinstance(effect, Sent):
            _send(assistant, tx, opened, effect)
        elif isinstance(effect, ContactWished):
            tell_caseworker(assistant, tx, opened.citizen, "contact_wished")
        elif isinstance(effect, CopyWanted):
            _copy(assistant, tx, opened, turn, setting)
        elif isinstance(effect, Unsend):
            _put(assistant, tx, opened, Act("delete", ref=effect.ref))
        elif isinstance(effect, Forget):
            _forget(assistant, tx, opened, incoming, turn)


def _send(assistant: Assistant, tx: Tx, opened: Opened, sent: Sent) -> None:
    snapshot = {**sent.snapshot, "reference": opened.citizen.reference}
    number = versions.add(tx, opened.citizen.id, snapshot["dialogue"], snapshot, assistant.now())
    assert number == snapshot["version"]  # the session counts on from the versions that are kept
    events.note(tx, opened.citizen.id, "sent", assistant.now())
    tell_caseworker(assistant, tx, opened.citizen, "plan_sent")


def _copy(assistant: Assistant, tx: Tx, opened: Opened, turn: Turn, setting: Setting) -> None:
    version = versions.latest(tx, opened.citizen.id, turn.conversation.dialogue)
    if version is not None and version.snapshot is not None:
        library = assistant.library(opened.citizen.profile)
        spoken = library.spoken(setting, turn.conversation.language)
        message = copy_of(version.snapshot, turn.conversation, library, spoken)
        _put(assistant, tx, opened, Act("send", message, turn.conversation.ask))


def _forget(assistant: Assistant, tx: Tx, opened: Opened, incoming: Incoming, turn: Turn) -> None:
    """The chat is nobody's afterwards, so the farewell goes to its address."""
    erasure.forget(tx, opened.citizen.id, assistant.now())
    farewell = Act("send", replace(turn.say[-1], rows=()))
    items = [Item(farewell.payload(), farewell.kind)]
    outbox.put_to_address(tx, incoming.channel, incoming.address, items, assistant.now())


def _put(assistant: Assistant, tx: Tx, opened: Opened, act: Act) -> None:
    assert opened.chat is not None
    outbox.put(tx, opened.chat, [Item(act.payload(), act.kind)], assistant.now())
