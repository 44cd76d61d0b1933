"""What a citizen has been told of a meeting, as the timers of its notices know it: which change, and which time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from afsaet.meetings.localtime import wall_of
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.wording import Notice
from afsaet.store import outbox, timers
from afsaet.store.timers import Timer
from afsaet.store.tx import Tx

SORTS: tuple[Notice, ...] = ("added", "moved", "changed", "cancelled")
ON_ITS_WAY = timedelta(minutes=1)  # what is due so soon may be on its way already


def notices_of(tx: Tx, citizen_id: str, meeting_id: str) -> list[Timer]:
    """What was to be told of this meeting, the oldest version first."""
    return sorted(timers.of_subject(tx, citizen_id, meeting_id, SORTS), key=lambda timer: timer.version)


def take_back(tx: Tx, earlier: Sequence[Timer], now: datetime) -> set[int]:
    """Take back those of these notices that wait to go out; returns the timers that had laid them."""
    laid = [timer.id for timer in earlier if timer.state == "laid"]
    taken = outbox.take_back(tx, laid, now + ON_ITS_WAY) if laid else set()
    timers.withdraw(tx, taken, now, "moved")
    return taken


def latest(earlier: Sequence[Timer], taken: Collection[int]) -> Timer | None:
    """The notice that went out last, if one did. earlier: as `notices_of` gives it; taken: what was taken back."""
    told = [timer for timer in earlier if timer.id not in taken and timer.state in ("laid", "sent")]
    return told[-1] if told else None


def minute(meeting: Meeting) -> int:
    """The meeting's start, as the offset of the timer of what was told: it is known again when it is moved back."""
    return int(meeting.start.timestamp() // 60)


def start_told(told: Timer) -> datetime:
    """When the meeting was to begin, as this notice tells, in UTC."""
    return datetime.fromtimestamp(told.offset * 60, UTC)


def as_known(meeting: Meeting, last: Timer | None) -> Meeting:
    """The meeting at the time that was told last: where it was moved since, that is the one the citizen knows and would
    set out for. last: as `latest` gives it."""
    return meeting if last is None else replace(meeting, wall=wall_of(start_told(last), ZoneInfo(meeting.zone)))
