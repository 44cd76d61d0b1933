"""Between the rows of the store and the values of the dialogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from afsaet.flows.conversation import MAIN, Conversation
from afsaet.flows.converse.entering import begin
from afsaet.flows.library import Library
from afsaet.flows.state.session import Answer, Session
from afsaet.store import conversations, retention, versions
from afsaet.store.conversations import Conversation as Opened
from afsaet.store.tx import Tx

LEFT = timedelta(hours=1)


def load(opened: Opened) -> Conversation | None:
    """The citizen's conversation with every answer; None where there is none yet."""
    if opened.state is None:
        return None
    return Conversation.from_json(opened.state, {
        dialogue: {question: Answer.from_json(answer) for question, answer in given.items()}
        for dialogue, given in opened.answers.items()
    })


def begun(tx: Tx, opened: Opened, library: Library, now: datetime) -> Conversation:
    """A conversation at its start.

    Versions sent before an earlier deletion keep their numbers. The buttons are numbered from the present second
    on, so that none left in the chat from an earlier conversation can be taken for one of this.
    """
    latest = versions.latest(tx, opened.citizen.id, MAIN)
    return begin(library, MAIN, ask=int(now.timestamp()), versions=latest.number if latest else 0)


def save(tx: Tx, citizen_id: str, before: Conversation | None, after: Conversation, now: datetime) -> None:
    """Keep the conversation, and only those answers that the turn has changed."""
    changed: dict[tuple[str, str], dict[str, Any] | None] = {}
    for name, session in after.sessions.items():
        changed.update(_changes(name, before.sessions.get(name) if before else None, session))
    conversations.save(tx, citizen_id, after.to_json(), changed, now)


def rest(tx: Tx, opened: Opened, now: datetime) -> None:
    """The question on its way never came: the citizen is on a pause, or what they write would be taken to answer it."""
    before = load(opened)
    if before is not None and before.open:
        save(tx, opened.citizen.id, before, replace(before, open=False), now)


def rest_if_left(tx: Tx, citizen_id: str, conversation: Conversation | None, now: datetime) -> None:
    """Something unasked arrives now. A question that was left long ago is on a pause from now on: what is written below
    the new message answers that, and would else be kept as an answer to the question."""
    touched = retention.touched_at(tx, citizen_id)
    if conversation is not None and conversation.open and touched is not None and touched <= now - LEFT:
        conversations.put_state(tx, citizen_id, replace(conversation, open=False).to_json())


def _changes(dialogue: str, old: Session | None, new: Session) -> dict[tuple[str, str], dict[str, Any] | None]:
    before = old.answers if old else {}
    put = {(dialogue, name): answer.to_json() for name, answer in new.answers.items() if before.get(name) is not answer}
    gone = {(dialogue, name): None for name in before if name not in new.answers}
    return {**put, **gone}
