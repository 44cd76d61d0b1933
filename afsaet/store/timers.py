"""Timers: when something unasked is to be laid in the outbox, what it concerns, and which version of that.

A timer is planned, and then either laid (its message is in the outbox) or dropped. What was laid is sent or failed.
Each step is a conditional update, so that of several who take it only one does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Integer, Row, Text, bindparam, case, delete, func, select, text

from afsaet.store.tables import citizens, meetings, timers
from afsaet.store.tx import Tx, per_dialect
from afsaet.store.utc_time import UtcTime

State = Literal["planned", "laid", "sent", "dropped", "failed"]

_KEY = ["citizen_id", "sort", "subject", "offset", "version"]
# Written out as in the index: a plan that PostgreSQL keeps for every value of a parameter could not use it.
_PLANNED = text("state = 'planned'")
_NOW = bindparam("now", type_=UtcTime)
_HERE = timers.c.id == bindparam("timer_id")
_OF = timers.c.citizen_id == bindparam("citizen")


def _plan(insert: Any) -> Any:
    new = insert(timers)
    again = {"state": "planned", "due_at": new.excluded.due_at, "why": None, "at": None}
    return new.on_conflict_do_update(index_elements=_KEY, set_=again, where=timers.c.state == "dropped")


_PLAN = per_dialect(_plan)
_LAY = timers.insert().returning(timers.c.id)
_LAY_AGAIN = (
    timers.update()
    .where(_HERE, timers.c.state.in_(["dropped", "failed"]))
    .values(state="laid", why=None, due_at=_NOW, at=_NOW)
)
_DUE = (
    select(timers.c.id, timers.c.citizen_id)
    .where(_PLANNED, timers.c.due_at <= _NOW, timers.c.id.not_in(bindparam("exclude", expanding=True)))
    .order_by(timers.c.due_at, timers.c.id)
    .limit(bindparam("most"))
)
_COUNT_DUE = select(func.count()).select_from(timers).where(_PLANNED, timers.c.due_at <= _NOW)
_VERSIONS = select(timers.c.citizen_id, timers.c.version).where(
    timers.c.citizen_id.in_(bindparam("citizens", expanding=True)), timers.c.sort == bindparam("only", type_=Text),
    timers.c.offset == bindparam("at_offset", type_=Integer),
)
_GET = select(timers).where(_HERE)
_ALL_OF = select(timers).where(_OF).order_by(timers.c.due_at, timers.c.id)
# The sorts stand before the subject in the index: without them all of the citizen's timers are looked at.
_OF_SUBJECT = _ALL_OF.where(timers.c.sort.in_(bindparam("sorts", expanding=True)),
                            timers.c.subject == bindparam("about"))
_OF_MEETINGS = (
    select(timers)
    .join(meetings, (meetings.c.id == timers.c.subject) & (meetings.c.citizen_id == timers.c.citizen_id))
    .order_by(timers.c.due_at, timers.c.id)
)
_OF_CASEWORKER = timers.c.citizen_id.in_(
    select(citizens.c.id).where(citizens.c.caseworker_id == bindparam("caseworker_id"))
)
_CLAIM = timers.update().where(_HERE, _PLANNED, timers.c.due_at <= _NOW).values(state="laid", at=_NOW)
_POSTPONE = timers.update().where(_HERE, _PLANNED).values(due_at=bindparam("until", type_=UtcTime))
_DROP = (
    timers.update()
    .where(timers.c.id.in_(bindparam("ids", expanding=True)), _PLANNED)
    .values(state="dropped", why=bindparam("word"), at=_NOW)
)
_SORT, _BEFORE = bindparam("only", type_=Text), bindparam("before_version", type_=Integer)
_DROP_PLANNED = (
    timers.update()
    .where(_OF, _PLANNED, timers.c.subject == bindparam("about"))
    .values(state="dropped", why=bindparam("word"), at=_NOW)
)
_END_ALL = (
    timers.update()
    .where(_OF, timers.c.state.in_(["planned", "laid"]))
    .values(state=case((timers.c.state == "planned", "dropped"), else_="failed"), why=bindparam("word"), at=_NOW)
)
_LAID = (
    select(timers.c.at)
    .where(_OF, timers.c.state.in_(["laid", "sent"]), timers.c.at >= bindparam("since", type_=UtcTime),
           timers.c.sort.in_(bindparam("sorts", expanding=True)))
    .order_by(timers.c.at)
)
_OUTCOME = (
    timers.update()
    .where(timers.c.id.in_(bindparam("ids", expanding=True)), timers.c.state == "laid")
    .values(state=bindparam("outcome"), why=bindparam("word"), at=_NOW)
)
# Those of a meeting to come are looked at until it has been held.
_TO_COME = select(meetings.c.id).where(meetings.c.id == timers.c.subject, meetings.c.starts_at > _NOW)
_PURGE = delete(timers).where(timers.c.at < bindparam("before", type_=UtcTime), ~_TO_COME.exists())


@dataclass(frozen=True, slots=True)
class Timer:
    """sort: reminder, ready, nudge, …: a word of the program's. subject: the id of what it concerns, and version
    which one of it. offset: tells apart several timers of one sort for it. why: in a word of the program's, why it
    was dropped or failed. at: when it left the state `planned`, and then when it was sent or failed."""

    id: int
    citizen_id: str
    sort: str
    subject: str
    offset: int
    version: int
    due_at: datetime
    state: State
    why: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A timer whose time has come, and whose it is."""

    id: int
    citizen_id: str


def plan(
    tx: Tx, citizen_id: str, sort: str, subject: str, version: int, moments: Sequence[tuple[int, datetime]]
) -> None:
    """Let timers of this sort be due, each an offset with its moment. One that there is for this offset and version
    is left as it is, sent or not, unless it was dropped: then it is planned anew, as when a citizen who wanted no
    reminders wants them again."""
    rows = [{"citizen_id": citizen_id, "sort": sort, "subject": subject, "offset": offset, "version": version,
             "due_at": due_at, "state": "planned"} for offset, due_at in moments]
    if rows:
        tx.conn.execute(_PLAN[tx.dialect], rows if len(rows) > 1 else rows[0])


def lay(
    tx: Tx, citizen_id: str, sort: str, subject: str, version: int, offset: int, due_at: datetime, now: datetime
) -> int:
    """A timer whose message the caller lays in the outbox now, to go out at `due_at`; its id. There must be none for
    this offset and version."""
    row = {"citizen_id": citizen_id, "sort": sort, "subject": subject, "offset": offset, "version": version,
           "due_at": due_at, "state": "laid", "at": now}
    return int(tx.conn.execute(_LAY, row).scalar_one())


def lay_again(tx: Tx, timer_id: int, now: datetime) -> bool:
    """The message of a timer that was taken back, or could not be delivered, is laid in the outbox by the caller now;
    False if it is neither."""
    return tx.conn.execute(_LAY_AGAIN, {"timer_id": timer_id, "now": now}).rowcount == 1


def leave_out(
    tx: Tx, citizen_id: str, sort: str, subject: str, version: int, offset: int, due_at: datetime, now: datetime,
    why: str,
) -> None:
    """A timer that is dropped from the first, with why; `due_at` is when it would have been due. There must be none for
    this offset and version."""
    row = {"citizen_id": citizen_id, "sort": sort, "subject": subject, "offset": offset, "version": version,
           "due_at": due_at, "state": "dropped", "why": why, "at": now}
    tx.conn.execute(_LAY, row)


def due(tx: Tx, now: datetime, limit: int, exclude: Collection[int] = ()) -> list[Due]:
    """At most `limit` timers whose time has come, the longest due first, but for the ids in `exclude`.

    Nothing is locked: whoever acts on one takes the citizen's lock, looks again and claims it.
    """
    rows = tx.conn.execute(_DUE, {"now": now, "most": limit, "exclude": list(exclude)})
    return [Due(row.id, row.citizen_id) for row in rows]


def count_due(tx: Tx, now: datetime) -> int:
    """How many timers' time has come that nobody has dealt with."""
    return int(tx.conn.execute(_COUNT_DUE, {"now": now}).scalar_one())


def versions_of(tx: Tx, sort: str, offset: int, citizens: Collection[str]) -> set[tuple[str, int]]:
    """Of which versions there are timers of this sort and offset, dealt with or not, each with its citizen."""
    rows = tx.conn.execute(_VERSIONS, {"citizens": list(citizens), "only": sort, "at_offset": offset})
    return {(row.citizen_id, row.version) for row in rows}


def get(tx: Tx, timer_id: int) -> Timer | None:
    """The timer with that id, or None."""
    row = tx.conn.execute(_GET, {"timer_id": timer_id}).first()
    return None if row is None else _opened(row)


def claim(tx: Tx, timer_id: int, now: datetime) -> bool:
    """Whether it is this transaction's to lay its message: it was planned and still due, and is laid from now on."""
    return tx.conn.execute(_CLAIM, {"timer_id": timer_id, "now": now}).rowcount == 1


def drop(tx: Tx, timer_id: int, now: datetime, why: str) -> bool:
    """Nothing is to come of it; False if it was not planned any more."""
    return tx.conn.execute(_DROP, {"ids": [timer_id], "now": now, "word": why}).rowcount == 1


def drop_all(tx: Tx, ids: Collection[int], now: datetime, why: str) -> None:
    """Nothing is to come of those among these that are planned."""
    if ids:
        tx.conn.execute(_DROP, {"ids": list(ids), "now": now, "word": why})


def postpone(tx: Tx, timer_id: int, due_at: datetime) -> bool:
    """It is due at that moment instead; False if it was not planned any more."""
    return tx.conn.execute(_POSTPONE, {"timer_id": timer_id, "until": due_at}).rowcount == 1


def drop_planned(
    tx: Tx, citizen_id: str, sort: str | None, subject: str, now: datetime, why: str, *,
    before_version: int | None = None,
) -> int:
    """Nothing is to come of those planned for this subject; returns how many. sort: of this sort only. before_version:
    only of versions before that one."""
    statement, values = _DROP_PLANNED, {"citizen": citizen_id, "about": subject, "now": now, "word": why}
    if sort is not None:
        statement, values = statement.where(timers.c.sort == _SORT), {**values, "only": sort}
    if before_version is not None:
        statement = statement.where(timers.c.version < _BEFORE)
        values = {**values, "before_version": before_version}
    return tx.conn.execute(statement, values).rowcount


def end_all(tx: Tx, citizen_id: str, now: datetime, why: str) -> None:
    """Nothing more is to reach the citizen: the planned are dropped, and what was laid has failed, since it may have
    been sent and must not be planned anew. Whoever calls this empties the outbox."""
    tx.conn.execute(_END_ALL, {"citizen": citizen_id, "now": now, "word": why})


def of_subject(tx: Tx, citizen_id: str, subject: str, sorts: Collection[str]) -> list[Timer]:
    """Every timer of the citizen's of these sorts that concerns this subject, in the order in which they are due."""
    values = {"citizen": citizen_id, "about": subject, "sorts": list(sorts)}
    return [_opened(row) for row in tx.conn.execute(_OF_SUBJECT, values)]


def of_meetings(tx: Tx, caseworker_id: str | None = None) -> list[Timer]:
    """Every timer that concerns a meeting, or those of one caseworker's citizens, in the order in which they are
    due."""
    if caseworker_id is None:
        return [_opened(row) for row in tx.conn.execute(_OF_MEETINGS)]
    rows = tx.conn.execute(_OF_MEETINGS.where(_OF_CASEWORKER), {"caseworker_id": caseworker_id})
    return [_opened(row) for row in rows]


def of_citizen(tx: Tx, citizen_id: str) -> list[Timer]:
    """Every timer of the citizen's, in the order in which they are due."""
    return [_opened(row) for row in tx.conn.execute(_ALL_OF, {"citizen": citizen_id})]


def laid_moments(tx: Tx, citizen_id: str, since: datetime, sorts: Collection[str]) -> list[datetime]:
    """When messages of these sorts were laid for the citizen, or sent, since that moment; not what failed."""
    rows = tx.conn.execute(_LAID, {"citizen": citizen_id, "since": since, "sorts": list(sorts)})
    return list(rows.scalars())


def note_sent(tx: Tx, ids: Collection[int], now: datetime) -> None:
    """The messages laid by these timers have been sent."""
    tx.conn.execute(_OUTCOME, {"ids": list(ids), "outcome": "sent", "word": None, "now": now})


def note_failed(tx: Tx, ids: Collection[int], now: datetime, why: str) -> None:
    """The messages laid by these timers will never arrive. why: the failure's kind, a word of the program's."""
    tx.conn.execute(_OUTCOME, {"ids": list(ids), "outcome": "failed", "word": why, "now": now})


def withdraw(tx: Tx, ids: Collection[int], now: datetime, why: str) -> None:
    """The messages laid by these timers have been taken back."""
    tx.conn.execute(_OUTCOME, {"ids": list(ids), "outcome": "dropped", "word": why, "now": now})


def purge(tx: Tx, before: datetime, now: datetime) -> int:
    """Forget the timers that were done with before that moment, but for those of meetings to come; returns how many.
    One laid as long ago has lost its message together with the chat it was for."""
    return tx.conn.execute(_PURGE, {"before": before, "now": now}).rowcount


def _opened(row: Row[Any]) -> Timer:
    return Timer(row.id, row.citizen_id, row.sort, row.subject, row.offset, row.version, row.due_at, row.state,
                 row.why, row.at)
