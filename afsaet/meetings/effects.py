"""What a citizen does with a meeting or with their own list. Whoever keeps the turn carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from afsaet.flows.effects import Effect, Lasting
from afsaet.meetings.buttons import Word


@dataclass(frozen=True, slots=True)
class MeetingAnswered(Lasting):
    """What the citizen says to this version of a meeting. None of it calls the meeting off."""

    meeting_id: str
    version: int
    answer: Word


@dataclass(frozen=True, slots=True)
class OwnTaskAdded(Effect):
    """The citizen puts something on their own list. on: the day they want to be reminded, if any."""

    text: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class OwnTaskTicked(Lasting):
    """It is done, or it is not after all."""

    task_id: str
    done: bool


@dataclass(frozen=True, slots=True)
class OwnTaskRemoved(Lasting):
    """It is taken off the list."""

    task_id: str
