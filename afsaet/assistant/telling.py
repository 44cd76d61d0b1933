"""Telling the caseworker: a task, and where mail is set up, a notice that says only that there is something."""

from __future__ import annotations

from afsaet.assistant.assistant import Assistant
from afsaet.store import citizens, notices, tasks
from afsaet.store.citizens import Citizen
from afsaet.store.tx import Tx


def tell_caseworker(assistant: Assistant, tx: Tx, citizen: Citizen, kind: str) -> None:
    """A task of this kind for the citizen's caseworker, unless one is open already."""
    now = assistant.now()
    if tasks.add(tx, citizen.id, kind, now) is not None and assistant.municipality.mail is not None:
        notices.put(tx, citizen.caseworker_id, now)


def set_reachable(assistant: Assistant, tx: Tx, citizen: Citizen, reachable: bool) -> None:
    """Note whether messages reach the citizen; the caseworker is told when they no longer do."""
    if citizen.reachable is reachable:
        return
    citizens.set_reachable(tx, citizen.id, reachable)
    if reachable:
        tasks.close(tx, citizen.id, "unreachable", assistant.now())
    else:
        tell_caseworker(assistant, tx, citizen, "unreachable")
