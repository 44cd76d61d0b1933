"""The timers of asking for a round: what one is about, and when the citizen was asked or did it last.

The subject of such a timer is a measure, with its day as the version; or a measure and a meeting, with the meeting's
version. Offset 0 is the asking and 1 the one reminder of it; 2 and 3 are the same where the caseworker has asked for
it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from afsaet.measures.asking import Occasion
from afsaet.measures.items import Measure
from afsaet.measures.rounds import Round
from afsaet.meetings.localtime import wall_of
from afsaet.municipality import Municipality
from afsaet.store import timers
from afsaet.store.timers import Timer
from afsaet.store.tx import Tx

SORT = "round"
BY_ITSELF, BY_CASEWORKER = 0, 2  # the offset of the asking; that of its reminder is the next
GONE = ("laid", "sent", "failed")  # the citizen has been asked, or as good as


def plan_asking(
    tx: Tx, citizen_id: str, subject: str, version: int, occasion: Occasion, offset: int = BY_ITSELF
) -> None:
    """The asking, and its one reminder where there is time for it. offset: BY_ITSELF or BY_CASEWORKER."""
    moments = [(offset, occasion.asked)]
    if occasion.reminded is not None:
        moments.append((offset + 1, occasion.reminded))
    timers.plan(tx, citizen_id, SORT, subject, version, moments)


def subject_of(measure: Measure, meeting_id: str) -> str:
    """What a timer that asks about a meeting concerns."""
    return f"{measure}:{meeting_id}"


def is_reminder(timer: Timer) -> bool:
    """Whether it reminds of an asking, and asks for nothing itself."""
    return timer.offset % 2 == 1


def last_done(own: Sequence[Round], measure: Measure, municipality: Municipality) -> date | None:
    """The day of the latest round of the measure."""
    return max((wall_of(each.at, municipality.zone).date() for each in own if each.measure == measure), default=None)


def last_asked(own: Collection[Timer], municipality: Municipality) -> date | None:
    """The day of the latest asking that has gone out."""
    moments = (timer.at for timer in own if not is_reminder(timer) and timer.state in GONE)
    return max((wall_of(at, municipality.zone).date() for at in moments if at is not None), default=None)


def has_asked(own: Collection[Timer], since: datetime) -> bool:
    """Whether the citizen has been asked, whoever wished it, at that moment or later."""
    return any(timer.state in GONE and timer.at is not None and timer.at >= since
               for timer in own if not is_reminder(timer))
