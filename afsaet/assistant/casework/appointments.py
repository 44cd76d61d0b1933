"""Meetings as their caseworker sees them: the meeting, what the citizen said to it, and what became of each message."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar

from afsaet.assistant.casework.caseload import caseworker_by, citizen_by
from afsaet.assistant.unasked.reminding import SORTS as REMINDERS
from afsaet.assistant.unasked.told import SORTS as NOTICES
from afsaet.meetings.kinds import KINDS, preparation_id
from afsaet.store import citizens, meetings, timers, versions
from afsaet.store.citizens import Citizen
from afsaet.store.meetings import Kept
from afsaet.store.timers import Timer
from afsaet.store.tx import Tx
from afsaet.store.versions import Version

AGENDA = "dagsorden"  # the question of every preparation that is about the agenda

Thing = TypeVar("Thing")
State = Literal["planned", "sent", "answered", "dropped", "failed"]


@dataclass(frozen=True, slots=True)
class Told:
    """One message about a meeting. sort: "reminder", "ready", or which change it tells of. days: before the meeting,
    for the first two. at: when it is to go, or when it went, was answered, dropped or failed. why: in a word, for
    the last two."""

    sort: str
    version: int
    days: int | None
    state: State
    at: datetime
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What the citizen has sent before the meeting. agenda: what they want on it, in their own words; "" for nothing,
    or where the version was filed so long ago that it is kept on the case only."""

    dialogue: str
    version: int
    sent_at: datetime
    agenda: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting with all that belongs to it. words: None while nothing has been sent."""

    kept: Kept
    words: Words | None
    reminders: Sequence[Told]
    notices: Sequence[Told]


def of_citizen(tx: Tx, citizen_id: str) -> list[Appointment]:
    """The citizen's meetings in the order of time, cancelled ones too."""
    own = meetings.list_of(tx, citizen_id)
    if not own:
        return []
    return _appointments(own, versions.list_all(tx, citizen_id), timers.of_citizen(tx, citizen_id))


def listed(tx: Tx, citizen_id: str | None = None, email: str | None = None) -> list[tuple[Appointment, Citizen]]:
    """Every meeting, or those of one citizen or of one caseworker's citizens, in the order of time, each with whose it
    is. Raises Refused."""
    caseworker = caseworker_by(tx, email) if email is not None else None
    if citizen_id is None:
        found = _of_all(tx, caseworker.id if caseworker else None)
    else:
        whose = citizen_by(tx, citizen_id)
        theirs = caseworker is None or whose.caseworker_id == caseworker.id
        found = [(each, whose) for each in of_citizen(tx, whose.id)] if theirs else []
    return sorted(found, key=lambda one: one[0].kept.meeting.start)


def of_each(tx: Tx, email: str | None = None) -> Mapping[str, Sequence[Appointment]]:
    """The meetings of every citizen who has any, or of one caseworker's, by the citizen's id and in the order of time.
    Raises Refused."""
    found: dict[str, list[Appointment]] = {}
    for each, citizen in listed(tx, email=email):
        found.setdefault(citizen.id, []).append(each)
    return found


def _of_all(tx: Tx, caseworker_id: str | None) -> list[tuple[Appointment, Citizen]]:
    """With a statement for each table, not for each citizen. The citizens come first: that opens their keys."""
    whose = citizens.list_all(tx, caseworker_id)
    own = _grouped(meetings.list_all(tx, caseworker_id), lambda kept: kept.citizen_id)
    laid = _grouped(timers.of_meetings(tx, caseworker_id), lambda timer: timer.citizen_id)
    sent = versions.by_citizen(tx, [preparation_id(kind) for kind in KINDS], caseworker_id)
    return [(each, citizen) for citizen in whose
            for each in _appointments(own.get(citizen.id, ()), sent.get(citizen.id, ()), laid.get(citizen.id, ()))]


def _appointments(own: Sequence[Kept], sent: Iterable[Version], laid: Iterable[Timer]) -> list[Appointment]:
    """One citizen's meetings. sent, laid: all of their versions and timers, which are gone through once."""
    of_meeting = _grouped(laid, lambda timer: timer.subject)
    of_dialogue = _grouped(sorted(sent, key=lambda each: (each.sent_at, each.number)), lambda each: each.dialogue)
    standing = [kept.meeting for kept in own if not kept.meeting.cancelled]
    ends = {kind: sorted(meeting.end for meeting in theirs)
            for kind, theirs in _grouped(standing, lambda meeting: meeting.kind).items()}
    return [
        _appointment(kept, _words(kept.meeting.end, ends.get(kept.meeting.kind, ()),
                                  of_dialogue.get(preparation_id(kept.meeting.kind), ())),
                     of_meeting.get(kept.meeting.id, ()))
        for kept in own
    ]


def _grouped(things: Iterable[Thing], key: Callable[[Thing], str]) -> dict[str, list[Thing]]:
    """Those that share a key together, in the order they came."""
    found: dict[str, list[Thing]] = {}
    for each in things:
        found.setdefault(key(each), []).append(each)
    return found


def _appointment(kept: Kept, words: Words | None, laid: Sequence[Timer]) -> Appointment:
    current = kept.meeting.version
    reminders = [_told(timer, kept) for timer in laid if timer.sort in REMINDERS
                 and (timer.version == current or timer.state in ("sent", "failed"))]
    notices = [_told(timer, kept) for timer in laid if timer.sort in NOTICES]
    return Appointment(kept, words, reminders, notices)


def _words(end: datetime, ends: Sequence[datetime], sent: Sequence[Version]) -> Words | None:
    """What was sent last before the meeting that ends then, and after the one of its kind that went before it.

    ends: when those of its kind end that are not called off. sent: what prepares for it. Both in the order of time.
    """
    until = bisect_right(sent, end, key=_sent_at)
    earlier = bisect_left(ends, end)
    if until == 0 or (earlier > 0 and sent[until - 1].sent_at <= ends[earlier - 1]):
        return None
    version = sent[until - 1]
    answers = _answers(version.snapshot) if version.snapshot is not None else {}
    return Words(version.dialogue, version.number, version.sent_at, answers.get(AGENDA, ""))


def _sent_at(version: Version) -> datetime:
    return version.sent_at


def _answers(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """What was answered to each question, by its id."""
    return {answer["id"]: answer["text"] for section in snapshot["sections"] for answer in section["answers"]
            if answer["state"] == "answered"}


def _told(timer: Timer, kept: Kept) -> Told:
    days = timer.offset if timer.sort in REMINDERS else None
    answer = kept.answer if timer.version == kept.meeting.version and days is not None else None
    if timer.at is None or timer.state == "laid":  # what is laid is on its way, and has not been sent
        return Told(timer.sort, timer.version, days, "planned", timer.due_at)
    if timer.why == "answered":  # dropped, since the citizen had said already that they cannot come
        return Told(timer.sort, timer.version, days, "answered", timer.at)
    if timer.state == "sent" and answer is not None and answer.at >= timer.at:
        return Told(timer.sort, timer.version, days, "answered", answer.at)
    return Told(timer.sort, timer.version, days, timer.state, timer.at, timer.why)
