"""A text profile: the names that law and custom give things, deadlines, headings, and the way through the case."""

from __future__ import annotations

from string import Formatter
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from afsaet.flows.definition import Heading
from afsaet.flows.files.checks import NAMES
from afsaet.flows.offers import OFFERS, wrong_offer
from afsaet.municipality.values import AskedDays, Days, Table, Words


def _an_offer(word: str) -> str:
    if why := wrong_offer(word):
        raise ValueError(f"{why}.")
    return word


def _all_headings(headings: dict[Heading, str]) -> dict[Heading, str]:
    if lacking := [code for code in get_args(Heading) if code not in headings]:
        raise ValueError(f"must have a heading for {', '.join(lacking)} too.")
    return headings


class Deadlines(Table):
    """letter_days, handover_days: after the meeting. arrival_minutes: before it. satisfaction_days: how long
    after the meeting an answer about it still counts."""

    letter_days: Days
    handover_days: Days
    arrival_minutes: Annotated[int, Field(ge=0, le=240)]
    satisfaction_days: AskedDays


def _fillable(text: str) -> str:
    """A text about the process: its placeholders must be names that every profile has."""
    try:
        used = {name for _before, name, _format, _how in Formatter().parse(text) if name is not None}
    except ValueError:
        used = {""}
    if used - PROCESS_NAMES:
        names = ", ".join(sorted(f"{{{name}}}" for name in PROCESS_NAMES))
        raise ValueError(f"may have no other curly brackets than {names}.")
    return text


PROCESS_NAMES = NAMES | {"brev_dage", "overdragelse_dage"}
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
StepText = Annotated[Words, AfterValidator(_fillable)]
Need = Literal["plan", "meeting", "meeting_held"]
Happening = Literal["plan_sent", "meeting_booked", "meeting_held", "handover_held", "start_held", "followup_held"]


class Step(Table):
    """Something that has happened on the citizen's way. The texts are for the citizen.

    name: what has happened. next, expected, coming: the answers to "hvad nu?" while it is the latest that has; an
    empty `expected` is nothing. needs: what must be so before it can be said. reached_by: what brings the citizen
    here by itself. due: the deadline, counted from the meeting, by which it happens.
    """

    name: StepText
    next: StepText
    expected: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_fillable)] = ""
    coming: StepText
    needs: tuple[Need, ...] = ()
    reached_by: Literal[Happening, ""] = ""
    due: Literal["letter_days", "handover_days", ""] = ""


class Process(Table):
    """The way through the case: `order` names the steps, and `steps` describes each of them."""

    order: tuple[StepId, ...]
    steps: dict[StepId, Step]

    @model_validator(mode="after")
    def _hangs_together(self) -> Process:
        if len(self.order) < 2 or len(set(self.order)) < len(self.order):
            raise ValueError('must have two steps or more in "order", each of them once.')
        if lacking := [step for step in self.order if step not in self.steps]:
            raise ValueError(f"must describe the steps {', '.join(lacking)} too.")
        if self.steps[self.order[0]].needs:
            raise ValueError('must begin with a step that has nothing in "needs".')
        return self


class Profile(Table):
    """The names that law and custom give things, as they read inside a sentence, and the way through the case.

    offers: words that name help the municipality gives; who writes one as a goal is asked what it is to lead to.
    """

    moedenavn: Words
    plannavn: Words
    forloebsnavn: Words
    laegeattest: Words
    laegeattest_used: bool
    participants: tuple[Words, ...]
    offers: tuple[Annotated[str, AfterValidator(_an_offer)], ...] = OFFERS
    deadlines: Deadlines
    headings: Annotated[dict[Heading, Words], AfterValidator(_all_headings)]
    process: Process


class Profiles(Table):
    rehabiliteringsteam: Profile
    samlet_beskrivelse: Profile
