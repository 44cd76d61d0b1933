"""Taking away what is kept of a citizen. `Database.scrub()` after the commit takes what is left outside the tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from afsaet.store import events, names, timers
from afsaet.store.tables import (
    answers,
    chats,
    citizens,
    conversations,
    invitations,
    measure_cards,
    outbox,
    own_tasks,
    rounds,
)
from afsaet.store.tables import events as event_table
from afsaet.store.tx import Tx

_HERE = citizens.c.id == bindparam("citizen")
_OVERWRITE = citizens.update().where(_HERE).values(
    draft_key=bindparam("nothing", type_=citizens.c.draft_key.type),
)
_EMPTY = citizens.update().where(_HERE).values(
    draft_key=None, name=bindparam("called", type_=citizens.c.name.type), reachable=None, joined_at=None,
)
_DRAFTS = [
    delete(table).where(table.c.citizen_id == bindparam("citizen"))
    for table in (answers, conversations, chats, invitations, own_tasks, rounds, measure_cards)
]
_ERASE = delete(citizens).where(_HERE)
_EVENTS = delete(event_table).where(event_table.c.citizen_id == bindparam("citizen"))
_ON_THE_WAY = delete(outbox).where(
    outbox.c.address_hash.in_(select(chats.c.address_hash).where(chats.c.citizen_id == bindparam("citizen")))
).returning(outbox.c.id)
_KEY = select(citizens.c.draft_key).where(_HERE)


def forget(tx: Tx, citizen_id: str, now: datetime) -> None:
    """The citizen's own delete: their draft key, answers, name, own tasks, rounds, wheel, goals, phone and invitations
    go.

    Sent versions, meetings and what was answered to them, the place in the case, the reference and the key to all
    of it stay: they belong to the authority's file, and so does a name that is all that tells whose it is. Messages on
    their way are gone too, so a farewell is put into the outbox afterwards, by address, and no timer lays anything
    more. Raises UnknownCitizen.
    """
    tx.lock(citizen_id)
    called = names.that_stays(tx, citizen_id, now)
    _hold_back(tx, citizen_id)
    for statement in _DRAFTS:
        tx.conn.execute(statement, {"citizen": citizen_id})
    timers.end_all(tx, citizen_id, now, "forgotten")
    key = tx.conn.execute(_KEY, {"citizen": citizen_id}).scalar()
    # First with as many zeros, which SQLite writes over the key itself; then with nothing.
    tx.conn.execute(_OVERWRITE, {"citizen": citizen_id, "nothing": bytes(len(key or b""))})
    tx.conn.execute(_EMPTY, {"citizen": citizen_id, "called": called})
    events.note(tx, citizen_id, "forgotten", now)
    _drop_keys(tx, citizen_id)


def erase(tx: Tx, citizen_id: str, now: datetime) -> None:
    """Everything of the citizen goes, sent versions and both keys included. Raises UnknownCitizen.

    What stays is one event that says when it happened, under an id that leads nowhere.
    """
    tx.lock(citizen_id)
    _hold_back(tx, citizen_id)
    tx.conn.execute(_ERASE, {"citizen": citizen_id})
    tx.conn.execute(_EVENTS, {"citizen": citizen_id})
    events.note(tx, citizen_id, "erased", now)
    _drop_keys(tx, citizen_id)


def _hold_back(tx: Tx, citizen_id: str) -> None:
    """Take what is on its way out of the outbox, also what this transaction has put there and would tell of."""
    gone = set(tx.conn.execute(_ON_THE_WAY, {"citizen": citizen_id}).scalars())
    tx.laid[:] = [row for row in tx.laid if row.id not in gone]


def _drop_keys(tx: Tx, citizen_id: str) -> None:
    tx.boxes.pop(citizen_id, None)
    tx.keys.forget_opened()
