"""A citizen's place on the way through the case: read from what has happened, and kept when something does.

A meeting is held when its end has passed and it was not called off. Nothing wakes up for that: whoever looks sees it,
dated with the meeting's end, and it is kept with the next thing that happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from afsaet.assistant.casework.caseload import Refused, citizen_by
from afsaet.flows.conversation import MAIN
from afsaet.meetings import process as machine
from afsaet.meetings.kinds import MAIN_KIND
from afsaet.meetings.localtime import wall_of
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.place import Blocked, By, Facts, Place
from afsaet.meetings.process import HELD, Process
from afsaet.municipality import Happening, Municipality, Profile, ProfileName
from afsaet.store import citizens, events, meetings, places, versions
from afsaet.store.citizens import Citizen
from afsaet.store.tx import Tx

_built: dict[int, tuple[Profile, Process]] = {}


@dataclass(frozen=True, slots=True)
class Following:
    """The step that comes next, and a plain sentence for each thing it still lacks."""

    step: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a citizen is, for their caseworker. following: None on the last step. deadlines: the last day for each
    later step that has one."""

    citizen: Citizen
    process: Process
    place: Place
    following: Following | None
    deadlines: dict[str, date]


def process_of(municipality: Municipality, profile: str) -> Process:
    """The process of a text profile. Its machine is built once, for as long as the profile is there."""
    chosen = municipality.text_profile(profile)
    known = _built.get(id(chosen))
    if known is None or known[0] is not chosen:
        _built[id(chosen)] = known = chosen, machine.build(chosen)
    return known[1]


def facts_of(tx: Tx, citizen_id: str, now: datetime) -> Facts:
    """What the guards of the process ask for, as it is now."""
    return _facts(tx, citizen_id, [kept.meeting for kept in meetings.list_of(tx, citizen_id)], now)


def held_on(tx: Tx, citizen_id: str, now: datetime) -> date | None:
    """The day, by the clocks where it was, of the main meeting that was held last; deadlines are counted from it."""
    return _day_of([kept.meeting for kept in meetings.held(tx, citizen_id, now)])


def place_of(tx: Tx, municipality: Municipality, citizen: Citizen, now: datetime) -> Place:
    """Where the citizen is now. Nothing is kept, so it may be asked anywhere."""
    own = [kept.meeting for kept in meetings.list_of(tx, citizen.id)]
    return _place(tx, process_of(municipality, citizen.profile), citizen, own, now)


def happened(
    tx: Tx, municipality: Municipality, citizen: Citizen, what: Happening, now: datetime, by: By
) -> Place:
    """This has just happened: the citizen is on the step it leads to, unless they are there or past it. The caller
    holds their lock."""
    process = process_of(municipality, citizen.profile)
    place = place_of(tx, municipality, citizen, now)
    return _keep(tx, citizen.id, machine.happened(process, place, what, facts_of(tx, citizen.id, now), now, by))


def settle(
    tx: Tx, municipality: Municipality, citizen: Citizen, own: Sequence[Meeting], now: datetime
) -> Place:
    """Keep what time has brought, before a meeting is changed that it came from. own: the citizen's meetings before
    the change. The caller holds the lock."""
    return _keep(tx, citizen.id, _place(tx, process_of(municipality, citizen.profile), citizen, own, now))


def review(
    tx: Tx, municipality: Municipality, citizen: Citizen, own: Sequence[Meeting], now: datetime, *, booked: bool
) -> Place:
    """A main meeting is new, was called off or moved: a step that does not hold without it is left for the nearest
    that does; where one is booked, they are on the step it leads to. own: the citizen's meetings after the change. The
    caller holds the lock, and has settled the place before the change."""
    process, facts = process_of(municipality, citizen.profile), _facts(tx, citizen.id, own, now)
    place = machine.review(process, _place(tx, process, citizen, own, now), facts, now)
    if booked:
        place = machine.happened(process, place, "meeting_booked", facts, now, "caseworker")
    return _keep(tx, citizen.id, place)


def move(tx: Tx, municipality: Municipality, citizen_id: str, step: str, now: datetime) -> Whereabouts:
    """The caseworker says where the citizen is, before or after the present step. Raises Refused where there is no
    such step or it lacks something."""
    citizen = _locked(tx, citizen_id)
    process = process_of(municipality, citizen.profile)
    place = place_of(tx, municipality, citizen, now)
    moved = machine.move(process, place, step, facts_of(tx, citizen.id, now), now)
    if isinstance(moved, Blocked):
        raise Refused(moved.sentence)
    _keep(tx, citizen.id, moved)
    return whereabouts(tx, municipality, citizen_id, now)


def change_profile(tx: Tx, municipality: Municipality, citizen_id: str, profile: ProfileName, now: datetime) -> bool:
    """Give the citizen another text profile without losing their place; False if it is theirs already. Their answers
    stay, and the next message they get is in the new words. Raises Refused."""
    citizen = _locked(tx, citizen_id)
    if citizen.profile == profile:
        return False
    place = place_of(tx, municipality, citizen, now)
    old, new = process_of(municipality, citizen.profile), process_of(municipality, profile)
    citizens.set_profile(tx, citizen.id, profile)
    # The nearest step there may say of the citizen what is not so: then it is the one before that.
    there = machine.review(new, machine.change_profile(old, new, place, now), facts_of(tx, citizen.id, now), now)
    _keep(tx, citizen.id, place.at(there.step, now, "profile"))
    events.note(tx, citizen.id, "profile", now)
    return True


def whereabouts(tx: Tx, municipality: Municipality, citizen_id: str, now: datetime) -> Whereabouts:
    """Where the citizen is, what comes next and when at the latest. Raises Refused."""
    citizen = citizen_by(tx, citizen_id)
    process = process_of(municipality, citizen.profile)
    place = place_of(tx, municipality, citizen, now)
    following = process.following(place.step)
    lacking = machine.lacking(process, following, facts_of(tx, citizen.id, now)) if following else ()
    deadlines = process.open_deadlines(place.step, held_on(tx, citizen.id, now))
    return Whereabouts(citizen, process, place, Following(following, lacking) if following else None, deadlines)


def _locked(tx: Tx, citizen_id: str) -> Citizen:
    """The citizen as they are once the lock is ours. Raises Refused."""
    citizen_by(tx, citizen_id)
    tx.lock(citizen_id)
    return citizen_by(tx, citizen_id)


def _place(tx: Tx, process: Process, citizen: Citizen, own: Sequence[Meeting], now: datetime) -> Place:
    kept = places.get(tx, citizen.id)
    facts = _facts(tx, citizen.id, own, now)
    place = _begun(tx, process, citizen, facts) if kept is None else machine.follow(process, kept, kept.history[-1].at)
    for meeting in sorted(own, key=lambda meeting: meeting.end):
        # What ended before the latest step was noted had been seen then: the caseworker may have moved on, or back.
        if _held(meeting, now) and meeting.kind in HELD and meeting.end > place.history[-1].at:
            place = machine.happened(process, place, HELD[meeting.kind], facts, meeting.end, "time")
    return place


def _begun(tx: Tx, process: Process, citizen: Citizen, facts: Facts) -> Place:
    """The first step, or where a plan led that was sent before places were kept."""
    place = machine.begin(process, citizen.created_at)
    first = versions.get(tx, citizen.id, MAIN, 1)
    if first is None:
        return place
    return machine.happened(process, place, "plan_sent", facts, first.sent_at, "citizen")


def _facts(tx: Tx, citizen_id: str, own: Sequence[Meeting], now: datetime) -> Facts:
    main = [meeting for meeting in own if meeting.kind == MAIN_KIND and not meeting.cancelled]
    held = any(_held(meeting, now) for meeting in main)
    sent = versions.latest(tx, citizen_id, MAIN) is not None
    return Facts(plan_sent=sent, meeting=len(main) > 0, meeting_held=held)


def _held(meeting: Meeting, now: datetime) -> bool:
    return not meeting.cancelled and meeting.end <= now


def _day_of(held: Sequence[Meeting]) -> date | None:
    days = [wall_of(meeting.start, ZoneInfo(meeting.zone)).date() for meeting in held if meeting.kind == MAIN_KIND]
    return max(days, default=None)


def _keep(tx: Tx, citizen_id: str, place: Place) -> Place:
    if places.get(tx, citizen_id) != place:
        places.save(tx, citizen_id, place)
    return place
