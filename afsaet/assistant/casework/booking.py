"""A caseworker's command about meetings, inside one transaction that the caller has opened: everything that comes of
a change is kept with it. The meeting, its reminders, what the citizen is told, and their place in the process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from afsaet.assistant import keeping
from afsaet.assistant.casework import way
from afsaet.assistant.casework.caseload import Refused, citizen_by, one_line
from afsaet.assistant.unasked import announcing, asking, reminding
from afsaet.meetings.kinds import MAIN_KIND, Kind
from afsaet.meetings.localtime import MOST_YEARS, doubt, far_off, moment_of
from afsaet.meetings.meeting import Meeting, cancelled, changed
from afsaet.meetings.timetable import Timetable
from afsaet.municipality import Municipality
from afsaet.store import conversations, events, meetings, tasks
from afsaet.store.citizens import Citizen
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
    meeting = meeting_of(municipality, opened.citizen, kind, wall, now, minutes=minutes, place=place, room=room,
                         people=people, arrival_minutes=arrival_minutes, agenda=agenda)
    return add_all(tx, municipality, opened, meetings.list_of(tx, citizen_id), [meeting], now)[0]


def meeting_of(
    municipality: Municipality, citizen: Citizen, kind: Kind, wall: datetime, now: datetime, *, minutes: int,
    place: str, room: str, people: str, arrival_minutes: int | None = None, agenda: Sequence[str] = (),
) -> Meeting:
    """The meeting that would be added. Raises Refused."""
    if arrival_minutes is None:
        deadlines = municipality.text_profile(citizen.profile).deadlines
        arrival_minutes = deadlines.arrival_minutes if kind == MAIN_KIND else 0
    return Meeting(
        random_id(), f"{random_id(20)}@afsaet", kind, _future(wall, municipality, now), municipality.zone.key, minutes,
        arrival_minutes=arrival_minutes, agenda=_agenda(agenda), **_texts(place=place, room=room, people=people),
    )


def add_all(
    tx: Tx, municipality: Municipality, opened: Opened, own: Sequence[Kept], new: Sequence[Meeting], now: datetime
) -> list[Booked]:
    """Several new meetings with one citizen, as if each were added by itself. own: those they have already. The caller
    holds the citizen's lock."""
    way.settle(tx, municipality, opened.citizen, _meetings(own), now)
    for meeting in new:
        meetings.add(tx, opened.citizen.id, meeting, now)
        events.note(tx, opened.citizen.id, "meeting_added", now)
    return _followed_up(tx, municipality, opened, own, [(None, meeting) for meeting in new], now)


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
    own = meetings.list_of(tx, opened.citizen.id)
    way.settle(tx, municipality, opened.citizen, _meetings(own), now)
    meetings.change(tx, opened.citizen.id, new, now)
    if kept.answer is not None and not _another_time(kept.meeting, new):
        meetings.answer(tx, opened.citizen.id, new.id, new.version, kept.answer.word, kept.answer.at)
    events.note(tx, opened.citizen.id, event, now)
    return _followed_up(tx, municipality, opened, own, [(kept.meeting, new)], now)[0]


def _followed_up(
    tx: Tx, municipality: Municipality, opened: Opened, own: Sequence[Kept],
    changes: Sequence[tuple[Meeting | None, Meeting]], now: datetime,
) -> list[Booked]:
    """Everything else that comes of these changes, each the version before, None for a new meeting, and the one that
    is kept now. own: the citizen's meetings as they were before. They are read once, however many changes there
    are."""
    citizen, altered = opened.citizen, [new for _old, new in changes]
    ids = {meeting.id for meeting in altered}
    others = [kept for kept in own if kept.meeting.id not in ids]
    after = [*_meetings(others), *altered]
    if main := [meeting for meeting in altered if meeting.kind == MAIN_KIND]:
        way.review(tx, municipality, citizen, after, now, booked=not all(meeting.cancelled for meeting in main))
    wanted = reminding.wanted(keeping.load(opened))
    for meeting in altered:
        reminding.plan(tx, municipality, citizen.id, meeting, now, wanted)
    asking.meetings_changed(tx, municipality, citizen, altered, now)
    another = any(old is not None and _another_time(old, new) for old, new in changes)
    if another and not any(_refused(kept, now) for kept in others):
        tasks.close(tx, citizen.id, "cannot_come", now)  # it was about a time that is no more
    timetable = Timetable(after)
    booked = []
    for old, new in changes:
        told = announcing.announce(tx, municipality, opened, old, new, now)
        found = meetings.get(tx, new.id)
        assert found is not None  # kept a moment ago
        booked.append(Booked(found, told.at, told.why, tuple(_remarks(new, timetable))))
    return booked


def _remarks(meeting: Meeting, timetable: Timetable) -> list[str]:
    if meeting.cancelled:
        return []
    found = [f"The citizen has another meeting at that time: {other.kind} {other.id}, which begins "
             f"{other.wall:%Y-%m-%d %H:%M}." for other in timetable.overlapping(meeting) if other.id != meeting.id]
    if meeting.time_doubt == "twice":
        found.append(TWICE)
    return found


def _meetings(kept: Sequence[Kept]) -> list[Meeting]:
    return [each.meeting for each in kept]


def _another_time(old: Meeting, new: Meeting) -> bool:
    """Whether one who could not come may be able to now, or need not. Another room changes neither."""
    return (old.start, old.end, old.cancelled) != (new.start, new.end, new.cancelled)


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
    if far_off(wall, now):
        raise Refused(f"That year is more than {MOST_YEARS} years away. Is it written right?")
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
    """The points, those that are empty left out: one empty point takes the agenda away. Raises Refused."""
    if len(points) > LONGEST_AGENDA:
        raise Refused(f"An agenda has at most {LONGEST_AGENDA} points.")
    return tuple(one_line(point, "point of the agenda") for point in points if point.strip())
