"""What each citizen has settled for their rounds: wheel, goals, when they are asked, and what is shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, bindparam, select

from afsaet.measures.card import Card
from afsaet.store.sealing import place
from afsaet.store.tables import citizens, measure_cards
from afsaet.store.tx import Tx, per_dialect

_GET = select(measure_cards.c.card).where(measure_cards.c.citizen_id == bindparam("citizen_id"))
_ALL = select(measure_cards)
_OF_CASEWORKER = _ALL.join(citizens).where(citizens.c.caseworker_id == bindparam("caseworker_id"))


def _save(insert: Any) -> Any:
    new = insert(measure_cards).inline()
    return new.on_conflict_do_update(index_elements=["citizen_id"], set_={"card": new.excluded.card})


_SAVE = per_dialect(_save)


def get(tx: Tx, citizen_id: str) -> Card:
    """The citizen's card; that of one who has settled nothing where none is kept."""
    sealed = tx.conn.execute(_GET, {"citizen_id": citizen_id}).scalar()
    if sealed is None:
        return Card()
    return _opened(tx, citizen_id, sealed)


def by_citizen(tx: Tx, caseworker_id: str | None = None) -> dict[str, Card]:
    """Every card that is kept, or those of one caseworker's citizens, by the citizen's id."""
    rows: Iterable[Row[Any]]
    if caseworker_id is None:
        rows = tx.conn.execute(_ALL).all()
    else:
        rows = tx.conn.execute(_OF_CASEWORKER, {"caseworker_id": caseworker_id}).all()
    return {row.citizen_id: _opened(tx, row.citizen_id, row.card) for row in rows}


def save(tx: Tx, citizen_id: str, card: Card) -> None:
    """Keep this card in place of the one before. The caller holds the citizen's lock. Raises UnknownCitizen if the
    citizen has deleted what they wrote."""
    sealed = tx.boxes_of(citizen_id).draft.seal(card.to_json(), _place(citizen_id))
    tx.conn.execute(_SAVE[tx.dialect], {"citizen_id": citizen_id, "card": sealed})


def _opened(tx: Tx, citizen_id: str, sealed: bytes) -> Card:
    return Card.from_json(tx.boxes_of(citizen_id).draft.open(sealed, _place(citizen_id)))


def _place(citizen_id: str) -> bytes:
    return place("measure_cards", "card", citizen_id)
