"""Rounds that citizens have finished. They are theirs: the key is that of their drafts, shared or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Row, bindparam, select

from afsaet.measures.rounds import Round
from afsaet.store.sealing import place
from afsaet.store.tables import citizens, rounds
from afsaet.store.tx import Tx

_ADD = rounds.insert().inline()
_ORDER = (rounds.c.at, rounds.c.id)
_ALL = select(rounds).where(rounds.c.citizen_id == bindparam("citizen_id")).order_by(*_ORDER)
_SHARED = select(rounds).where(rounds.c.shared).order_by(*_ORDER)
_SHARED_WITH = _SHARED.join(citizens).where(citizens.c.caseworker_id == bindparam("caseworker_id"))


def add(tx: Tx, citizen_id: str, done: Round) -> None:
    """Keep a round, under the id it has (see `ids.random_id`). Raises UnknownCitizen if the citizen has deleted what
    they wrote."""
    sealed = tx.boxes_of(citizen_id).draft.seal(done.to_json(), _place(citizen_id, done.id))
    row = {"id": done.id, "citizen_id": citizen_id, "at": done.at, "shared": done.shared, "card": sealed}
    tx.conn.execute(_ADD, row)


def list_of(tx: Tx, citizen_id: str) -> list[Round]:
    """Every round of the citizen's, shared or not, the oldest first."""
    return [_opened(tx, row) for row in tx.conn.execute(_ALL, {"citizen_id": citizen_id}).all()]


def shared_by_all(tx: Tx, caseworker_id: str | None = None) -> Mapping[str, list[Round]]:
    """What each citizen who shares anything, or each of one caseworker's, has shared, the oldest first, by the
    citizen's id."""
    found: dict[str, list[Round]] = defaultdict(list)
    rows = tx.conn.execute(_SHARED) if caseworker_id is None else tx.conn.execute(
        _SHARED_WITH, {"caseworker_id": caseworker_id})
    for row in rows.all():
        found[row.citizen_id].append(_opened(tx, row))
    return dict(found)


def _opened(tx: Tx, row: Row[tuple[object, ...]]) -> Round:
    return Round.from_json(tx.boxes_of(row.citizen_id).draft.open(row.card, _place(row.citizen_id, row.id)))


def _place(citizen_id: str, round_id: str) -> bytes:
    return place("rounds", "card", citizen_id, round_id)
