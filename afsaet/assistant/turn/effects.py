"""What a turn does beyond talking: a version sent, a wish to be called, a copy, a deletion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from afsaet.assistant.casework import way
from afsaet.assistant.incoming import Act
from afsaet.assistant.telling import tell_caseworker
from afsaet.assistant.turn import measure_effects, meeting_effects, timer_effects
from afsaet.assistant.turn.copy import copy_of
from afsaet.assistant.turn.turning import CarryOut, Turning
from afsaet.flows.conversation import MAIN
from afsaet.flows.effects import ContactWished, CopyWanted, Effect, Forget, Sent, Unsend
from afsaet.store import erasure, events, outbox, versions
from afsaet.store.outbox import Item


def carry_out(turning: Turning) -> None:
    """Do what the turn asks for, in order."""
    for effect in turning.turn.effects:
        ACTS[type(effect)](turning, effect)


def _send(at: Turning, sent: Sent) -> None:
    citizen, now = at.opened.citizen, at.assistant.now()
    snapshot = {**sent.snapshot, "reference": citizen.reference}
    number = versions.add(at.tx, citizen.id, snapshot["dialogue"], snapshot, now)
    assert number == snapshot["version"]  # the session counts on from the versions that are kept
    events.note(at.tx, citizen.id, "sent", now)
    if snapshot["dialogue"] == MAIN:
        way.happened(at.tx, at.assistant.municipality, citizen, "plan_sent", now, "citizen")
        measure_effects.keep_numbers(at.tx, citizen.id, snapshot, now)
    tell_caseworker(at.assistant, at.tx, citizen, "plan_sent" if snapshot["dialogue"] == MAIN else "words_sent")


def _wish(at: Turning, wish: ContactWished) -> None:
    tell_caseworker(at.assistant, at.tx, at.opened.citizen, "contact_wished")


def _copy(at: Turning, wanted: CopyWanted) -> None:
    conversation = at.turn.conversation
    version = versions.latest(at.tx, at.opened.citizen.id, conversation.dialogue)
    if version is not None and version.snapshot is not None:
        library = at.assistant.library(at.opened.citizen.profile)
        spoken = library.spoken(at.setting, conversation.language)
        at.put(Act("send", copy_of(version.snapshot, conversation, library, spoken), conversation.ask))


def _unsend(at: Turning, unsend: Unsend) -> None:
    at.put(Act("delete", ref=unsend.ref))


def _forget(at: Turning, forget: Forget) -> None:
    """The chat is nobody's afterwards, so the farewell goes to its address."""
    now = at.assistant.now()
    erasure.forget(at.tx, at.opened.citizen.id, now)
    farewell = Act("send", replace(at.turn.say[-1], rows=()))
    items = [Item(farewell.payload(), farewell.kind)]
    outbox.put_to_address(at.tx, at.incoming.channel, at.incoming.address, items, now)


ACTS: Mapping[type[Effect], CarryOut] = {
    Sent: _send, ContactWished: _wish, CopyWanted: _copy, Unsend: _unsend, Forget: _forget,
    **measure_effects.ACTS, **meeting_effects.ACTS, **timer_effects.ACTS,
}
