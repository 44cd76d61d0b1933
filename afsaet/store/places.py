"""Where each citizen is on the way through the case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from afsaet.meetings.place import Place
from afsaet.store import sealing
from afsaet.store.tables import places
from afsaet.store.tx import Tx, per_dialect

_GET = select(places.c.place).where(places.c.citizen_id == bindparam("citizen_id"))


def _save(insert: Any) -> Any:
    new = insert(places).inline()
    return new.on_conflict_do_update(index_elements=["citizen_id"], set_={"place": new.excluded.place})


_SAVE = per_dialect(_save)


def get(tx: Tx, citizen_id: str) -> Place | None:
    """Where the citizen is; None where nothing has been kept of it yet."""
    sealed = tx.conn.execute(_GET, {"citizen_id": citizen_id}).scalar()
    return None if sealed is None else Place.from_json(tx.boxes_of(citizen_id).sent.open(sealed, _where(citizen_id)))


def save(tx: Tx, citizen_id: str, place: Place) -> None:
    """Keep this in place of where the citizen was. The caller holds the citizen's lock. Raises UnknownCitizen."""
    sealed = tx.boxes_of(citizen_id).sent.seal(place.to_json(), _where(citizen_id))
    tx.conn.execute(_SAVE[tx.dialect], {"citizen_id": citizen_id, "place": sealed})


def _where(citizen_id: str) -> bytes:
    return sealing.place("places", "place", citizen_id)
