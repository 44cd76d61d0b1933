"""When one citizen is kept by their meetings: what overlaps with a meeting is found without looking at every other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

from afsaet.meetings.meeting import Meeting


class Timetable:
    """The meetings in the order in which they begin. What is cancelled keeps nobody, and is left out."""

    def __init__(self, meetings: Iterable[Meeting] = ()) -> None:
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        self._meetings: list[Meeting] = []
        self._longest = timedelta()
        for meeting in sorted(meetings, key=lambda meeting: (meeting.start, meeting.id)):
            self.add(meeting)

    def add(self, meeting: Meeting) -> None:
        """One more, after those that begin at the same moment."""
        if meeting.cancelled:
            return
        start, end = meeting.start, meeting.end
        here = bisect_right(self._starts, start)
        self._starts.insert(here, start)
        self._ends.insert(here, end)
        self._meetings.insert(here, meeting)
        self._longest = max(self._longest, end - start)

    def overlapping(self, meeting: Meeting) -> list[Meeting]:
        """Those that would keep the citizen at the same time as this one (see `meeting.overlap`), itself too if it is
        here, in the order in which they begin."""
        if meeting.cancelled:
            return []
        start, end = meeting.start, meeting.end
        # What begins so early that not even the longest meeting reaches this one need not be looked at.
        near = range(bisect_right(self._starts, start - self._longest), bisect_left(self._starts, end))
        return [self._meetings[here] for here in near if self._ends[here] > start]
