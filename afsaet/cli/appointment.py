"""A meeting as the commands show it: the contract's JSON object, and lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from afsaet.assistant.casework.appointments import Appointment, Told
from afsaet.cli.answer import Table
from afsaet.cli.desk import Desk
from afsaet.store.meetings import Kept

STATES = {"planned": "is to go", "sent": "sent", "answered": "answered", "dropped": "dropped",
          "failed": "not delivered"}
WHY = {
    "cancelled": "the meeting is called off", "moved": "the meeting was changed", "too_late": "it was too late",
    "booked_late": "too late when the meeting was booked",
    "next_is_near": "too near the next one", "unwanted": "the citizen wants none", "ration": "enough was sent",
    "no_chat": "there is no chat with the citizen", "forgotten": "the citizen has deleted what they wrote",
    "blocked": "the citizen has shut the assistant out", "refused": "the channel did not take it",
}  # fmt: skip
HEADINGS = ("Meeting", "When", "Minutes", "Kind", "Where", "With", "Answer", "Reminders", "Wanted on the agenda")
ANSWERS = {"coming": "is coming", "cannot": "cannot come", "talk": "wants to talk to somebody"}


def table(desk: Desk, appointments: Sequence[Appointment]) -> Table:
    """A citizen's meetings for people, a line each."""
    return Table(HEADINGS, [row(desk, each) for each in appointments])


def meeting_data(desk: Desk, kept: Kept) -> dict[str, Any]:
    """The meeting itself, and what the citizen said to it as it is now."""
    meeting, answer = kept.meeting, kept.answer
    return {
        "id": meeting.id, "kind": meeting.kind, "at": desk.iso(meeting.start), "minutes": meeting.minutes,
        "place": meeting.place, "room": meeting.room, "with": meeting.people, "arrive": meeting.arrival_minutes,
        "agenda": list(meeting.agenda), "version": meeting.version, "cancelled": meeting.cancelled,
        "answer": answer.word if answer else None, "answered_at": desk.iso(answer.at) if answer else None,
    }


def data(desk: Desk, appointment: Appointment) -> dict[str, Any]:
    """The object that stands in `citizen show` and `meeting list`."""
    words = appointment.words
    sent = None if words is None else {
        "dialogue": words.dialogue, "version": words.version, "sent_at": desk.iso(words.sent_at),
        "agenda": words.agenda}
    reminders = [{"days": each.days, "kind": each.sort, **_told_data(desk, each)} for each in appointment.reminders]
    told = [{"of": each.sort, **_told_data(desk, each)} for each in appointment.notices]
    return {**meeting_data(desk, appointment.kept), "words": sent, "reminders": reminders, "told": told}


def row(desk: Desk, appointment: Appointment) -> list[str]:
    """The cells under HEADINGS."""
    meeting, words = appointment.kept.meeting, appointment.words
    when = desk.shown(meeting.start)
    return [
        meeting.id, f"{when} (called off)" if meeting.cancelled else when, str(meeting.minutes), meeting.kind,
        ", ".join(part for part in (meeting.place, meeting.room) if part), meeting.people, _answer(appointment),
        "; ".join(_told(desk, each) for each in appointment.reminders if each.version == meeting.version),
        " / ".join(words.agenda.splitlines()) if words else "",
    ]


def _told_data(desk: Desk, told: Told) -> dict[str, Any]:
    return {"version": told.version, "state": told.state, "at": desk.iso(told.at), "why": told.why}


def _answer(appointment: Appointment) -> str:
    answer = appointment.kept.answer
    return ANSWERS[answer.word] if answer else ""


def _told(desk: Desk, told: Told) -> str:
    why = f": {WHY.get(told.why, told.why)}" if told.why else ""
    return f"{told.days}d {STATES[told.state]} {desk.shown(told.at)}{why}"
