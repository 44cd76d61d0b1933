"""The way through the case as one `transitions` machine a text profile, built once and shared by every citizen.

A state is a step of the profile: something that has happened. As with the dialogues, nobody is registered with the
machine; an event is fired on a short-lived traveller instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from transitions import EventData, Machine

from afsaet.meetings.kinds import Kind
from afsaet.meetings.place import Blocked, By, Facts, Passed, Place
from afsaet.municipality import Deadlines, Happening, Need, Profile, Step

HELD: Mapping[Kind, Happening] = {
    "rehabiliteringsmoede": "meeting_held", "overdragelse": "handover_held", "opstart": "start_held",
    "opfoelgning": "followup_held",
}  # fmt: skip
LACKING: Mapping[Need, str] = {
    "plan": "The citizen has not sent a plan yet.",
    "meeting": "The citizen has no meeting with a date yet.",
    "meeting_held": "The meeting has not been held yet.",
}


@dataclass(slots=True)
class _Traveller:
    """What the machine moves."""

    state: str
    facts: Facts

    def has(self, need: Need) -> bool:
        return {"plan": self.facts.plan_sent, "meeting": self.facts.meeting or self.facts.meeting_held,
                "meeting_held": self.facts.meeting_held}[need]


class Has:
    """A guard: what a step needs is so."""

    def __init__(self, need: Need) -> None:
        self.need = need
        self.__name__ = need

    def __call__(self, event: EventData) -> bool:
        return cast(_Traveller, event.model).has(self.need)


@dataclass(frozen=True, slots=True)
class Process:
    """The steps of one profile in their order, its deadlines, and the machine that knows which may follow which."""

    steps: Mapping[str, Step]
    deadlines: Deadlines
    machine: Machine

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(self.steps)

    def number(self, step: str) -> int:
        """The step's place in the order, counted from 1."""
        return self.order.index(step) + 1

    def following(self, step: str) -> str | None:
        """The step after this one; None after the last."""
        return next(iter(self.order[self.number(step):]), None)

    def before_meeting(self, step: str) -> bool:
        """Whether the main meeting is still to come on this step."""
        return not any("meeting_held" in self.steps[each].needs for each in self.order[:self.number(step)])

    def due(self, step: str, held: date | None) -> date | None:
        """The last day for this step, counted from the day of the main meeting; None where there is no deadline."""
        which = self.steps[step].due
        return held + timedelta(days=getattr(self.deadlines, which)) if which and held else None

    def open_deadlines(self, step: str, held: date | None) -> dict[str, date]:
        """The last day for each later step that has one, by the steps' ids and in their order."""
        days = {each: self.due(each, held) for each in self.order[self.number(step):]}
        return {each: day for each, day in days.items() if day is not None}


def build(profile: Profile) -> Process:
    """The process of a text profile, with its machine."""
    steps = {step: profile.process.steps[step] for step in profile.process.order}
    machine = Machine(None, states=list(steps), initial=next(iter(steps)), transitions=list(_moves(steps)),
                      auto_transitions=False, send_event=True)
    return Process(steps, profile.deadlines, machine)


def _moves(steps: Mapping[str, Step]) -> Iterator[dict[str, Any]]:
    order = list(steps)
    guards = {name: [Has(need) for need in step.needs] for name, step in steps.items()}
    for index, (name, step) in enumerate(steps.items()):
        yield {"trigger": f"to_{name}", "source": "*", "dest": name, "conditions": guards[name]}
        if step.reached_by and index:
            yield {"trigger": step.reached_by, "source": order[:index], "dest": name, "conditions": guards[name]}


def begin(process: Process, at: datetime) -> Place:
    """The first step, where everybody begins."""
    return Place((Passed(process.order[0], at, "caseworker"),))


def move(
    process: Process, place: Place, step: str, facts: Facts, at: datetime, by: By = "caseworker"
) -> Place | Blocked:
    """The citizen on that step, before or after the present one; Blocked where it is none or something is lacking."""
    if step not in process.steps:
        return Blocked(f"There is no step with that name. The steps are: {', '.join(process.order)}.")
    if _fired(process, place, f"to_{step}", facts) == step:
        return place.at(step, at, by)
    return Blocked(lacking(process, step, facts)[0])


def lacking(process: Process, step: str, facts: Facts) -> tuple[str, ...]:
    """What must be so before the citizen can be on this step, a plain sentence each; empty when nothing is lacking."""
    traveller = _Traveller(step, facts)
    return tuple(LACKING[need] for need in process.steps[step].needs if not traveller.has(need))


def happened(process: Process, place: Place, what: Happening, facts: Facts, at: datetime, by: By) -> Place:
    """Where the citizen is once this has happened: on the step it leads to, unless they are there or past it."""
    if what not in process.machine.get_triggers(place.step):
        return place
    return place.at(_fired(process, place, what, facts), at, by)


def review(process: Process, place: Place, facts: Facts, at: datetime, by: By = "caseworker") -> Place:
    """Where the citizen is now that facts have changed: a step whose meeting is called off is left for the latest one
    before it that they have been on and that still holds, else for the first, which always does."""
    holding = (step for step in _own(process, place) if not lacking(process, step, facts))
    return place.at(next(holding, process.order[0]), at, by)


def change_profile(old: Process, new: Process, place: Place, at: datetime) -> Place:
    """The same place under another text profile: the step of the same id, else the latest before it that the citizen
    has been on, else the first.

    Changing back leads back, as long as nothing else has happened meanwhile.
    """
    own = [passed.step for passed in place.history if passed.by != "profile"]
    if place.history[-1].by == "profile" and own and own[-1] in new.steps:
        return place.at(own[-1], at, "profile")
    behind = _own(old, place) if place.step in old.steps else ()
    return place.at(next((step for step in behind if step in new.steps), new.order[0]), at, "profile")


def follow(process: Process, place: Place, at: datetime) -> Place:
    """The same place once the municipality has changed its steps: on a step that is gone, the latest before it in
    the citizen's own history that is not, else the first."""
    if place.step in process.steps:
        return place
    kept = [passed.step for passed in place.history if passed.step in process.steps]
    return place.at(next(reversed(kept), process.order[0]), at, "profile")


def _own(process: Process, place: Place) -> Iterator[str]:
    """The present step, and those before it in the order that the citizen has been on, the latest first. What nobody
    was on has not happened, whatever its place in the order."""
    here = process.number(place.step)
    return (passed.step for passed in reversed(place.history)
            if passed.step in process.steps and process.number(passed.step) <= here)


def _fired(process: Process, place: Place, trigger: str, facts: Facts) -> str:
    """The step after the event."""
    traveller = _Traveller(place.step, facts)
    process.machine.events[trigger].trigger(traveller)
    return traveller.state
