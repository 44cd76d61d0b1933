"""Meetings as their caseworker sees them: the meeting, what the citizen said to it, and what became of each message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from afsaet.assistant.announcing import SORTS as NOTICES
from afsaet.assistant.casework import caseworker_by, citizen_by
from afsaet.assistant.reminding import SORTS as REMINDERS
from afsaet.meetings.kinds import preparation_id
from afsaet.store import citizens, meetings, timers, versions
from afsaet.store.citizens import Citizen
from afsaet.store.meetings import Kept
from afsaet.store.timers import Timer
from afsaet.store.tx import Tx
from afsaet.store.versions import Version

AGENDA = "dagsorden"  # the question of every preparation that is about the agenda

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
    sent = versions.list_all(tx, citizen_id)
    laid = timers.of_citizen(tx, citizen_id)
    return [_appointment(kept, own, sent, [timer for timer in laid if timer.subject == kept.meeting.id])
            for kept in own]


def listed(tx: Tx, citizen_id: str | None = None, email: str | None = None) -> list[tuple[Appointment, Citizen]]:
    """Every meeting, or those of one citizen or of one caseworker's citizens, in the order of time, each with whose it
    is. Raises Refused."""
    caseworker = caseworker_by(tx, email) if email is not None else None
    if citizen_id is not None:
        whose = [citizen_by(tx, citizen_id)]
    else:
        whose = citizens.list_all(tx, caseworker.id if caseworker else None)
    found = [(each, citizen) for citizen in whose if caseworker is None or citizen.caseworker_id == caseworker.id
             for each in of_citizen(tx, citizen.id)]
    return sorted(found, key=lambda one: one[0].kept.meeting.start)


def _appointment(kept: Kept, own: Sequence[Kept], sent: Iterable[Version], laid: Sequence[Timer]) -> Appointment:
    current = kept.meeting.version
    reminders = [_told(timer, kept) for timer in laid if timer.sort in REMINDERS
                 and (timer.version == current or timer.state in ("sent", "failed"))]
    notices = [_told(timer, kept) for timer in laid if timer.sort in NOTICES]
    return Appointment(kept, _words(kept, own, sent), reminders, notices)


def _words(kept: Kept, own: Sequence[Kept], sent: Iterable[Version]) -> Words | None:
    """What was sent last before this meeting, and after the one of its kind that went before it."""
    meeting = kept.meeting
    before = max((each.meeting.end for each in own if each.meeting.kind == meeting.kind
                  and not each.meeting.cancelled and each.meeting.end < meeting.end), default=None)
    version = max((each for each in sent if each.dialogue == preparation_id(meeting.kind)
                   and each.sent_at <= meeting.end and (before is None or each.sent_at > before)),
                  key=lambda each: each.number, default=None)
    if version is None:
        return None
    answers = _answers(version.snapshot) if version.snapshot is not None else {}
    return Words(version.dialogue, version.number, version.sent_at, answers.get(AGENDA, ""))


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
