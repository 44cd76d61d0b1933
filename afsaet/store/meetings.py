"""Meetings as they stand after their latest change, and what the citizen answered to each version of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, bindparam, select

from afsaet.meetings.meeting import Meeting
from afsaet.store.sealing import Box, place
from afsaet.store.tables import citizens, meeting_answers, meetings
from afsaet.store.tx import Tx, per_dialect
from afsaet.store.utc_time import UtcTime

Word = Literal["coming", "cannot", "talk"]

_ADD = meetings.insert().inline()
_CHANGE = (
    meetings.update()
    .where(meetings.c.id == bindparam("meeting_id"), meetings.c.citizen_id == bindparam("citizen"),
           meetings.c.version == bindparam("next_version") - 1)
    .values(version=bindparam("next_version"), starts_at=bindparam("start", type_=UtcTime),
            cancelled=bindparam("off"), changed_at=bindparam("now", type_=UtcTime),
            card=bindparam("sealed", type_=meetings.c.card.type))
)
_ALL = (
    select(meetings, meeting_answers.c.answer, meeting_answers.c.at.label("answered_at"))
    .select_from(meetings.outerjoin(
        meeting_answers,
        (meeting_answers.c.meeting_id == meetings.c.id) & (meeting_answers.c.version == meetings.c.version),
    ))
    .order_by(meetings.c.starts_at, meetings.c.id)
)
_GET = _ALL.where(meetings.c.id == bindparam("meeting_id"))
_OF = _ALL.where(meetings.c.citizen_id == bindparam("citizen_id"))
_OF_CASEWORKER = meetings.c.citizen_id.in_(
    select(citizens.c.id).where(citizens.c.caseworker_id == bindparam("caseworker_id"))
)
_FROM = meetings.c.starts_at >= bindparam("from_", type_=UtcTime)


def _answer(insert: Any) -> Any:
    new = insert(meeting_answers).inline()
    return new.on_conflict_do_update(index_elements=["meeting_id", "version"],
                                     set_={"answer": new.excluded.answer, "at": new.excluded.at})


_ANSWER = per_dialect(_answer)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the citizen said to one version of a meeting, and when. word: they come, they cannot, or they want to talk
    about it."""

    word: Word
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A meeting and whose it is. changed_at: when its version was made, the stamp of its calendar file. answer: to
    this version; None where there is none yet."""

    meeting: Meeting
    citizen_id: str
    changed_at: datetime
    answer: Answer | None


def add(tx: Tx, citizen_id: str, meeting: Meeting, now: datetime) -> None:
    """Keep a new meeting, under the id it has (see `ids.random_id`). Raises UnknownCitizen."""
    sealed = tx.boxes_of(citizen_id).sent.seal(meeting.to_json(), _place(citizen_id, meeting.id))
    tx.conn.execute(_ADD, {
        "id": meeting.id, "citizen_id": citizen_id, "version": meeting.version, "starts_at": meeting.start,
        "cancelled": meeting.cancelled, "changed_at": now, "card": sealed,
    })


def get(tx: Tx, meeting_id: str) -> Kept | None:
    """The meeting with that id, or None."""
    row = tx.conn.execute(_GET, {"meeting_id": meeting_id}).first()
    return None if row is None else _opened(tx, row)


def change(tx: Tx, citizen_id: str, meeting: Meeting, now: datetime) -> bool:
    """Keep the meeting's next version in place of the one before it, and take the citizen's lock for it.

    False, and nothing is changed, if another version than the one before is kept: somebody else was first. Raises
    UnknownCitizen.
    """
    tx.lock(citizen_id)
    sealed = tx.boxes_of(citizen_id).sent.seal(meeting.to_json(), _place(citizen_id, meeting.id))
    return tx.conn.execute(_CHANGE, {
        "meeting_id": meeting.id, "citizen": citizen_id, "next_version": meeting.version, "start": meeting.start,
        "off": meeting.cancelled, "now": now, "sealed": sealed,
    }).rowcount == 1


def list_of(tx: Tx, citizen_id: str, *, from_: datetime | None = None) -> list[Kept]:
    """Every meeting of the citizen's, or those that begin at that moment or later, in the order of time; cancelled
    ones too."""
    values: dict[str, Any] = {"citizen_id": citizen_id}
    if from_ is None:
        return [_opened(tx, row) for row in tx.conn.execute(_OF, values)]
    return [_opened(tx, row) for row in tx.conn.execute(_OF.where(_FROM), {**values, "from_": from_})]


def list_all(tx: Tx, caseworker_id: str | None = None, *, from_: datetime | None = None) -> list[Kept]:
    """Every meeting, or those of one caseworker's citizens, in the order of time; cancelled ones too. from_: those
    that begin at that moment or later."""
    statement = _ALL
    values: dict[str, Any] = {}
    if caseworker_id is not None:
        statement, values = statement.where(_OF_CASEWORKER), {"caseworker_id": caseworker_id}
    if from_ is not None:
        statement, values = statement.where(_FROM), {**values, "from_": from_}
    return [_opened(tx, row) for row in tx.conn.execute(statement, values)]


def coming(tx: Tx, citizen_id: str, now: datetime) -> list[Kept]:
    """The citizen's meetings that are neither over nor called off, the next one first."""
    return [kept for kept in list_of(tx, citizen_id) if not kept.meeting.cancelled and kept.meeting.end > now]


def held(tx: Tx, citizen_id: str, now: datetime) -> list[Kept]:
    """The citizen's meetings that are over and were not called off, the latest last."""
    return [kept for kept in list_of(tx, citizen_id) if not kept.meeting.cancelled and kept.meeting.end <= now]


def answer(tx: Tx, citizen_id: str, meeting_id: str, version: int, word: Word, now: datetime) -> None:
    """Keep what the citizen says to this version of the meeting, in place of what they said to it before.

    The caller holds the citizen's lock and knows the meeting as theirs. Raises UnknownCitizen.
    """
    sealed = tx.boxes_of(citizen_id).sent.seal(word, _answer_place(meeting_id, version))
    row = {"meeting_id": meeting_id, "version": version, "answer": sealed, "at": now}
    tx.conn.execute(_ANSWER[tx.dialect], row)


def _opened(tx: Tx, row: Row[Any]) -> Kept:
    box = tx.boxes_of(row.citizen_id).sent
    meeting = Meeting.from_json(box.open(row.card, _place(row.citizen_id, row.id)))
    said = None if row.answer is None else _said(box, row.answer, row.id, row.version, row.answered_at)
    return Kept(meeting, row.citizen_id, row.changed_at, said)


def _said(box: Box, sealed: bytes, meeting_id: str, version: int, at: datetime) -> Answer:
    return Answer(box.open(sealed, _answer_place(meeting_id, version)), at)


def _place(citizen_id: str, meeting_id: str) -> bytes:
    return place("meetings", "card", citizen_id, meeting_id)


def _answer_place(meeting_id: str, version: int) -> bytes:
    return place("meeting_answers", "answer", meeting_id, version)
