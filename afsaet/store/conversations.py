"""A citizen's conversation: who they are, where they are reached, the state, and every answer.

One turn is `open_chat` (or `open_citizen`) at its beginning, which takes the citizen's lock, and `save` at
its end, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Row, bindparam, delete, null, select

from afsaet.store import chats as chat_rows
from afsaet.store import citizens as citizen_rows
from afsaet.store.chats import Chat
from afsaet.store.citizens import Citizen
from afsaet.store.faults import UnknownCitizen
from afsaet.store.sealing import Box, place
from afsaet.store.tables import answers, chats, citizens, conversations
from afsaet.store.tx import Tx, per_dialect

State = dict[str, Any]
Answers = dict[str, dict[str, dict[str, Any]]]

_AT = (chats.c.address_hash == bindparam("hash", type_=LargeBinary)) & chats.c.active
_LOCK_HOLDER = select(citizens.c.id).join(chats).where(_AT).with_for_update(key_share=True, of=citizens)
_WHOLE = select(
    citizens,
    *(column.label(f"chat_{column.name}") for column in chats.c),
    conversations.c.state.label("state"),
)
_HAS_STATE = conversations.c.citizen_id == citizens.c.id
_OPEN_CHAT = _WHOLE.select_from(chats.join(citizens).outerjoin(conversations, _HAS_STATE)).where(_AT)
_OPEN_CITIZEN = (
    select(citizens, conversations.c.state.label("state"), null().label("chat_id"))
    .select_from(citizens.outerjoin(conversations, _HAS_STATE))
    .where(citizens.c.id == bindparam("citizen_id"))
)
_STATE = select(conversations.c.state).where(conversations.c.citizen_id == bindparam("citizen_id"))
_ANSWERS = select(answers.c.dialogue, answers.c.question, answers.c.answer).where(
    answers.c.citizen_id == bindparam("citizen_id")
)


_WHO_ANSWERED = select(citizens.c.id).where(
    select(answers.c.question).where(
        answers.c.citizen_id == citizens.c.id, answers.c.dialogue == bindparam("in_dialogue")
    ).exists()
)
_THEIRS = citizens.c.caseworker_id == bindparam("caseworker_id")


def _save_state(insert: Any) -> Any:
    new = insert(conversations)
    return new.on_conflict_do_update(index_elements=["citizen_id"], set_={
        "state": new.excluded.state, "touched_at": new.excluded.touched_at, "warned_at": None,
    })


def _save_answer(insert: Any) -> Any:
    new = insert(answers)
    return new.on_conflict_do_update(
        index_elements=["citizen_id", "dialogue", "question"], set_={"answer": new.excluded.answer}
    )


_SAVE_STATE = per_dialect(_save_state)
_SAVE_ANSWER = per_dialect(_save_answer)
_PUT_STATE = (
    conversations.update()
    .where(conversations.c.citizen_id == bindparam("citizen"))
    .values(state=bindparam("sealed", type_=LargeBinary))
)
_DROP_ANSWER = delete(answers).where(
    answers.c.citizen_id == bindparam("citizen"),
    answers.c.dialogue == bindparam("in_dialogue"),
    answers.c.question == bindparam("to_question"),
)
_DROP_DIALOGUE = delete(answers).where(
    answers.c.citizen_id == bindparam("citizen"), answers.c.dialogue == bindparam("in_dialogue")
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A citizen, the chat this was opened through (None by `open_citizen`), the state (None before the first
    turn), and the answers by dialogue and question."""

    citizen: Citizen
    chat: Chat | None
    state: State | None = field(repr=False)
    answers: Answers = field(repr=False)


def open_chat(tx: Tx, channel: str, address: str) -> Conversation | None:
    """The conversation at this address, locked; None if nobody is reached here (see `chats.find`)."""
    parameters = {"hash": chat_rows.hash_of(tx, channel, address)}
    while True:
        # PostgreSQL: wait for the lock first and look afterwards, or what is seen may be from before the
        # wait. The address may have gone to another citizen meanwhile; then it is theirs we must hold.
        held = tx.conn.execute(_LOCK_HOLDER, parameters).scalar() if tx.dialect == "postgresql" else None
        row = tx.conn.execute(_OPEN_CHAT, parameters).first()
        if row is None:
            return None
        if held == row.id or tx.dialect == "sqlite":
            return _opened(tx, row)


def open_citizen(tx: Tx, citizen_id: str) -> Conversation:
    """The citizen's conversation, locked. Raises UnknownCitizen."""
    tx.lock(citizen_id)
    return _opened(tx, tx.conn.execute(_OPEN_CITIZEN, {"citizen_id": citizen_id}).one())


def load(tx: Tx, citizen_id: str) -> tuple[State | None, Answers]:
    """The state and the answers, without the lock, for reading only. Raises UnknownCitizen."""
    box = tx.boxes_of(citizen_id).draft_or_none
    sealed = tx.conn.execute(_STATE, {"citizen_id": citizen_id}).scalar()
    return _state(box, citizen_id, sealed), _answers(tx, box, citizen_id)


def who_answered(tx: Tx, dialogue: str, caseworker_id: str | None = None) -> set[str]:
    """The citizens, or those of one caseworker, who have an answer in this dialogue. None is opened."""
    statement, values = _WHO_ANSWERED, {"in_dialogue": dialogue}
    if caseworker_id is not None:
        statement, values = statement.where(_THEIRS), {**values, "caseworker_id": caseworker_id}
    return set(tx.conn.execute(statement, values).scalars())


def save(
    tx: Tx, citizen_id: str, state: State, changed: Mapping[tuple[str, str], Mapping[str, Any] | None], now: datetime
) -> None:
    """Keep the state, and the answers that changed, by (dialogue, question); None takes an answer away. The
    citizen was here now.

    The caller holds the lock. Raises UnknownCitizen if the citizen has deleted what they wrote.
    """
    box = tx.boxes_of(citizen_id).draft
    sealed = box.seal(state, place("conversations", "state", citizen_id))
    tx.conn.execute(_SAVE_STATE[tx.dialect], {"citizen_id": citizen_id, "state": sealed, "touched_at": now})
    kept, dropped = [], []
    for (dialogue, question), answer in changed.items():
        if answer is None:
            dropped.append({"citizen": citizen_id, "in_dialogue": dialogue, "to_question": question})
        else:
            sealed = box.seal(answer, place("answers", "answer", citizen_id, dialogue, question))
            kept.append({"citizen_id": citizen_id, "dialogue": dialogue, "question": question, "answer": sealed})
    if kept:
        tx.conn.execute(_SAVE_ANSWER[tx.dialect], kept if len(kept) > 1 else kept[0])
    if dropped:
        tx.conn.execute(_DROP_ANSWER, dropped)


def put_state(tx: Tx, citizen_id: str, state: State) -> None:
    """Keep the state, though the citizen was not here. The caller holds the lock."""
    sealed = tx.boxes_of(citizen_id).draft.seal(state, place("conversations", "state", citizen_id))
    tx.conn.execute(_PUT_STATE, {"citizen": citizen_id, "sealed": sealed})


def drop_answers(tx: Tx, citizen_id: str, dialogue: str) -> None:
    """Take every answer in this dialogue away, though the citizen was not here. The caller holds the lock."""
    tx.conn.execute(_DROP_DIALOGUE, {"citizen": citizen_id, "in_dialogue": dialogue})


def _opened(tx: Tx, row: Row[Any]) -> Conversation:
    citizen = citizen_rows.opened(tx, row)
    box = tx.boxes_of(citizen.id).draft_or_none
    chat = None
    if row.chat_id is not None:
        chat = Chat(row.chat_id, citizen.id, row.chat_channel, row.chat_active, row.chat_asked_number,
                    row.chat_asked_ref, row.chat_asked_first, row.chat_address_hash, row.chat_address)
    return Conversation(citizen, chat, _state(box, citizen.id, row.state), _answers(tx, box, citizen.id))


def _state(box: Box | None, citizen_id: str, sealed: bytes | None) -> State | None:
    if box is None or sealed is None:
        return None
    state: State = box.open(sealed, place("conversations", "state", citizen_id))
    return state


def _answers(tx: Tx, box: Box | None, citizen_id: str) -> Answers:
    found: Answers = {}
    for dialogue, question, sealed in tx.conn.execute(_ANSWERS, {"citizen_id": citizen_id}).all():
        if box is None:
            raise UnknownCitizen("answers are kept of a citizen who has deleted what they wrote")
        answer = box.open(sealed, place("answers", "answer", citizen_id, dialogue, question))
        found.setdefault(dialogue, {})[question] = answer
    return found
