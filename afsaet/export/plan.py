"""A sent version, read into plain values. Every format starts here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from afsaet.export.words import STATES

SCHEMA = "afsaet-plan-1"

Value = str | int | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it was sent, with the wording as asked.

    heading: the official heading it belongs under. front: where on the first page it also stands, or "".
    remark: what is printed beside it, such as "Borgerens eget bud", or "".
    """

    id: str
    heading: str
    question: str
    state: str
    value: Value
    text: str
    answered_at: datetime | None
    front: str
    remark: str


@dataclass(frozen=True, slots=True)
class Section:
    """One chosen section of the dialogue, in the order it was asked."""

    id: str
    heading: str
    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One sent version. `goals` and `rounds` are carried as they are."""

    dialogue: str
    title: str
    reference: str | None
    version: int
    sent_at: datetime
    revision: str
    sections: tuple[Section, ...]
    goals: tuple[Mapping[str, Any], ...]
    rounds: tuple[Mapping[str, Any], ...]


def read(snapshot: Mapping[str, Any]) -> Plan:
    """The plan in a snapshot. Keys that are not part of the format are left behind.

    Raises ValueError when the snapshot is of another format, holds an answer in an unknown state, or a time
    without an offset from UTC. The message holds nothing of what was written.
    """
    if snapshot["schema"] != SCHEMA:
        raise ValueError(f"this is not a snapshot in the format {SCHEMA}")
    return Plan(
        dialogue=snapshot["dialogue"],
        title=snapshot["title"],
        reference=snapshot["reference"],
        version=snapshot["version"],
        sent_at=_moment(snapshot["sent_at"]),
        revision=snapshot["revision"],
        sections=tuple(_section(section) for section in snapshot["sections"]),
        goals=tuple(snapshot["goals"]),
        rounds=tuple(snapshot["rounds"]),
    )


def _section(data: Mapping[str, Any]) -> Section:
    return Section(data["id"], data["heading"], data["title"], tuple(_answer(a) for a in data["answers"]))


def _answer(data: Mapping[str, Any]) -> Answer:
    value = data["value"]
    if data["state"] not in STATES:
        raise ValueError("an answer in the snapshot is in an unknown state")
    return Answer(
        id=data["id"],
        heading=data["heading"],
        question=data["question"],
        state=data["state"],
        value=tuple(value) if isinstance(value, list) else value,
        text=data["text"],
        answered_at=_moment(data["answered_at"]) if data["answered_at"] else None,
        front=data["front"],
        remark=data["remark"],
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time in the snapshot has no offset from UTC")
    return moment
