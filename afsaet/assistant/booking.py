"""A caseworker's command about meetings, inside one transaction that the caller has opened: everything that comes of
a change is kept with it. The meeting, its reminders, what the citizen is told, and their place in the process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from afsaet.assistant import announcing, asking, keeping, reminding, way
from afsaet.assistant.casework import Refused, citizen_by, one_line
from afsaet.meetings.kinds import MAIN_KIND, Kind
from afsaet.meetings.localtime import doubt, moment_of
from afsaet.meetings.meeting import Meeting, cancelled, changed, overlap
from afsaet.municipality import Municipality
from afsaet.store import conversations, events, meetings, tasks
from afsaet.store.conversations import Conversation as Opened
from afsaet.store.ids import random_id
from afsaet.store.meetings import Kept
from afsaet.store.tx import Tx

LONGEST_AGENDA = 20
TEXTS = {"place": "place", "room": "room", "people": "list of who takes part"}
TWICE = "The clocks are put back that night and show that time twice. The first one is meant."


@dataclass(frozen=True, slots=True)
class Booked:
    """A meeting as it is now. told_at: when the citizen is told; None where they are not, and then `untold` says why.
    remarks: plain sentences to point out. altered: whether there was anything to change."""

    kept: Kept
    told_at: datetime | None = None
    untold: str = ""
    remarks: tuple[str, ...] = ()
    altered: bool = True


def add(
    tx: Tx, municipality: Municipality, citizen_id: str, kind: Kind, wall: datetime, now: datetime, *,
    minutes: int = 60, place: str = "", room: str = "", people: str = "", arrival_minutes: int | None = None,
    agenda: Sequence[str] = (),
) -> Booked:
    """A new meeting with the citizen. wall: as clocks in the municipality's zone show. arrival_minutes: what the text
    profile says for the main meeting, none for the others, unless given. Raises Refused."""
    citizen_by(tx, citizen_id)
    opened = conversations.open_citizen(tx, citizen_id)
    if arrival_minutes is None:
        deadlines = municipality.text_profile(opened.citizen.profile).deadlines
        arrival_minutes = deadlines.arrival_minutes if kind == MAIN_KIND else 0
    meeting = Meeting(
        random_id(), f"{random_id(20)}@afsaet", kind, _future(wall, municipality, now), municipality.zone.key, minutes,
        arrival_minutes=arrival_minutes, agenda=_agenda(agenda), **_texts(place=place, room=room, people=people),
    )
    way.settle(tx, municipality, opened.citizen, now)
    meetings.add(tx, citizen_id, meeting, now)
    events.note(tx, citizen_id, "meeting_added", now)
    return _followed_up(tx, municipality, opened, None, meeting, now)


def move(
    tx: Tx, municipality: Municipality, meeting_id: str, now: datetime, *, wall: datetime | None = None,
    minutes: int | None = None, place: str | None = None, room: str | None = None, people: str | None = None,
    arrival_minutes: int | None = None, agenda: Sequence[str] | None = None,
) -> Booked:
    """The meeting with what is given here in place of what it had. One that was called off stands again once it has a
    time. Raises Refused."""
    opened, kept = _locked(tx, meeting_id)
    old = kept.meeting
    if old.cancelled and wall is None:
        raise Refused("The meeting is called off. Give it a time, and it stands again.")
    values = _texts(place=place, room=room, people=people)
    if wall is not None:
        values |= {"wall": _future(wall, municipality, now), "zone": municipality.zone.key, "cancelled": False}
    if agenda is not None:
        values["agenda"] = _agenda(agenda)
    given = {"minutes": minutes, "arrival_minutes": arrival_minutes}
    values |= {name: value for name, value in given.items() if value is not None}
    return _change(tx, municipality, opened, kept, changed(old, **values), now, "meeting_moved")


def cancel(tx: Tx, municipality: Municipality, meeting_id: str, now: datetime) -> Booked:
    """The meeting called off. Raises Refused."""
    opened, kept = _locked(tx, meeting_id)
    return _change(tx, municipality, opened, kept, cancelled(kept.meeting), now, "meeting_cancelled")


def _change(
    tx: Tx, municipality: Municipality, opened: Opened, kept: Kept, new: Meeting, now: datetime, event: str
) -> Booked:
    """Keep the next version, if it is one."""
    if new == kept.meeting:
        return Booked(kept, altered=False)
    way.settle(tx, municipality, opened.citizen, now)
    meetings.change(tx, opened.citizen.id, new, now)
    events.note(tx, opened.citizen.id, event, now)
    return _followed_up(tx, municipality, opened, kept.meeting, new, now)


def _followed_up(
    tx: Tx, municipality: Municipality, opened: Opened, old: Meeting | None, new: Meeting, now: datetime
) -> Booked:
    """Everything else that comes of a change."""
    citizen = opened.citizen
    if new.kind == MAIN_KIND:
        way.review(tx, municipality, citizen, now)
        if not new.cancelled:
            way.happened(tx, municipality, citizen, "meeting_booked", now, "caseworker")
    reminding.plan(tx, municipality, citizen.id, new, now, reminding.wanted(keeping.load(opened)))
    asking.meeting_changed(tx, municipality, citizen, new, now)
    others = [kept for kept in meetings.list_of(tx, citizen.id) if kept.meeting.id != new.id]
    if old is not None and not any(_refused(kept, now) for kept in others):
        tasks.close(tx, citizen.id, "cannot_come", now)  # it was about this meeting as it was
    told = announcing.announce(tx, municipality, opened, old, new, now)
    found = meetings.get(tx, new.id)
    assert found is not None  # kept a moment ago
    return Booked(found, told.at, told.why, tuple(_remarks(new, [kept.meeting for kept in others])))


def _remarks(meeting: Meeting, others: Sequence[Meeting]) -> list[str]:
    if meeting.cancelled:
        return []
    found = [f"The citizen has another meeting at that time: {other.kind} {other.id}, which begins "
             f"{other.wall:%Y-%m-%d %H:%M}." for other in others if overlap(meeting, other)]
    if meeting.time_doubt == "twice":
        found.append(TWICE)
    return found


def _refused(kept: Kept, now: datetime) -> bool:
    """Whether the citizen has said that they cannot come to this meeting, which is still to be."""
    standing = not kept.meeting.cancelled and kept.meeting.end > now
    return standing and kept.answer is not None and kept.answer.word == "cannot"


def _locked(tx: Tx, meeting_id: str) -> tuple[Opened, Kept]:
    """The meeting and its citizen, once the lock is ours. Raises Refused."""
    found = meetings.get(tx, meeting_id) if meeting_id.isascii() else None
    if found is None:
        raise Refused("There is no meeting with that id. `afsaet meeting list` shows them.")
    opened = conversations.open_citizen(tx, found.citizen_id)
    kept = meetings.get(tx, meeting_id)
    assert kept is not None  # only erasing the citizen takes a meeting away, and that needs the lock
    return opened, kept


def _future(wall: datetime, municipality: Municipality, now: datetime) -> datetime:
    """The wall time, if there is such a one and it is still to come. Raises Refused."""
    if doubt(wall, municipality.zone) == "missing":
        raise Refused("The clocks are put forward that night, and there is no such time.")
    if moment_of(wall, municipality.zone) <= now:
        raise Refused("That time is past.")
    return wall


def _texts(**given: str | None) -> dict[str, Any]:
    """Each text that is given, as one line; an empty one takes away what stood there. Raises Refused."""
    return {name: one_line(text, TEXTS[name]) if text.strip() else "" for name, text in given.items()
            if text is not None}


def _agenda(points: Sequence[str]) -> tuple[str, ...]:
    if len(points) > LONGEST_AGENDA:
        raise Refused(f"An agenda has at most {LONGEST_AGENDA} points.")
    return tuple(one_line(point, "point of the agenda") for point in points)
