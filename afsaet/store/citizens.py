"""Citizens: adding, finding, moving between caseworkers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from afsaet.store.faults import UnknownCitizen
from afsaet.store.ids import random_id
from afsaet.store.sealing import place
from afsaet.store.tables import citizens
from afsaet.store.tx import Boxes, Tx, kept_name

_ADD = citizens.insert()
_BY_ID = select(citizens).where(citizens.c.id == bindparam("citizen_id"))
_ALL = select(citizens).order_by(citizens.c.created_at, citizens.c.id)
_OF_CASEWORKER = _ALL.where(citizens.c.caseworker_id == bindparam("caseworker_id"))
_HERE = citizens.c.id == bindparam("here")
_MOVE = citizens.update().where(_HERE).values(caseworker_id=bindparam("caseworker"))
_PROFILE = citizens.update().where(_HERE).values(profile=bindparam("text_profile"))
_REACHABLE = citizens.update().where(_HERE).values(reachable=bindparam("can_be_reached"))
_NAME = citizens.update().where(_HERE).values(name=bindparam("sealed", type_=citizens.c.name.type))


@dataclass(frozen=True, slots=True)
class Citizen:
    """One citizen as their caseworker and the assistant know them.

    name: None once the citizen has deleted what they wrote, unless it is all that tells whose the rest is
    (names.py). reference: the authority's own name for the case, if given. reachable: None until a message has gone out
    or come in. joined_at: when they said yes.
    """

    id: str
    caseworker_id: str
    name: str | None = field(repr=False)
    reference: str | None = field(repr=False)
    profile: str
    reachable: bool | None
    invited_at: datetime | None
    joined_at: datetime | None
    created_at: datetime


def add(
    tx: Tx, caseworker_id: str, name: str, now: datetime, *, profile: str, reference: str | None = None,
) -> Citizen:
    """A new citizen of a caseworker who is there, with two data keys of their own."""
    citizen_id = random_id()
    draft_key, draft = tx.new_data_key(place("citizens", "draft_key", citizen_id))
    sent_key, sent = tx.new_data_key(place("citizens", "sent_key", citizen_id))
    tx.boxes[citizen_id] = Boxes(draft, sent)
    tx.conn.execute(_ADD, {
        "id": citizen_id, "caseworker_id": caseworker_id, "profile": profile,
        "draft_key": draft_key, "sent_key": sent_key, "created_at": now,
        "name": draft.seal(name, place("citizens", "name", citizen_id)),
        "reference": None if reference is None else sent.seal(reference, place("citizens", "reference", citizen_id)),
    })
    return Citizen(citizen_id, caseworker_id, name, reference, profile, None, None, None, now)


def get(tx: Tx, citizen_id: str) -> Citizen | None:
    """The citizen with that id, or None."""
    row = tx.conn.execute(_BY_ID, {"citizen_id": citizen_id}).first()
    return None if row is None else opened(tx, row)


def list_all(tx: Tx, caseworker_id: str | None = None) -> list[Citizen]:
    """Every citizen, or those of one caseworker, the oldest first."""
    if caseworker_id is None:
        rows = tx.conn.execute(_ALL)
    else:
        rows = tx.conn.execute(_OF_CASEWORKER, {"caseworker_id": caseworker_id})
    return [opened(tx, row) for row in rows]


def move(tx: Tx, citizen_id: str, caseworker_id: str) -> None:
    """Give the citizen to another caseworker who is there. Raises UnknownCitizen."""
    _change(tx, _MOVE, citizen_id, caseworker=caseworker_id)


def set_profile(tx: Tx, citizen_id: str, profile: str) -> None:
    """Let the citizen's texts be those of this profile. Raises UnknownCitizen."""
    _change(tx, _PROFILE, citizen_id, text_profile=profile)


def set_reachable(tx: Tx, citizen_id: str, reachable: bool | None) -> None:
    """Note whether messages reach the citizen. Raises UnknownCitizen."""
    _change(tx, _REACHABLE, citizen_id, can_be_reached=reachable)


def rename(tx: Tx, citizen_id: str, name: str) -> None:
    """Give the citizen a name, as when one who has deleted theirs is invited again. Raises UnknownCitizen."""
    box = tx.renew_draft(citizen_id)
    _change(tx, _NAME, citizen_id, sealed=box.seal(name, place("citizens", "name", citizen_id)))


def opened(tx: Tx, row: Row[Any]) -> Citizen:
    """A row with all columns of `citizens`, opened."""
    boxes = tx.take_boxes(row.id, row.draft_key, row.sent_key)
    reference = None
    if boxes.draft_or_none is not None:
        name = row.name and boxes.draft.open(row.name, place("citizens", "name", row.id))
    else:
        name = row.name and boxes.sent.open(row.name, kept_name(row.id))
    if row.reference is not None:
        reference = boxes.sent.open(row.reference, place("citizens", "reference", row.id))
    return Citizen(row.id, row.caseworker_id, name, reference, row.profile, row.reachable, row.invited_at,
                   row.joined_at, row.created_at)


def _change(tx: Tx, statement: Any, citizen_id: str, **values: Any) -> None:
    if tx.conn.execute(statement, {"here": citizen_id, **values}).rowcount == 0:
        raise UnknownCitizen(f"there is no citizen {citizen_id}")
