"""What overlaps with a meeting is found in a timetable, however long the meetings and whatever their order."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from afsaet.meetings.meeting import Meeting, overlap
from afsaet.meetings.timetable import Timetable
from tests.meetings.making import wall

# Around the night in which an hour comes twice, where the wall says less than the moment does.
MEETINGS = st.builds(
    lambda number, quarters, minutes, off: Meeting(
        str(number), "", "samtale", wall("2026-10-24 22:00") + timedelta(minutes=15 * quarters), "Europe/Copenhagen",
        minutes, cancelled=off),
    st.integers(0, 99), st.integers(0, 40), st.integers(1, 300), st.booleans(),
)


@given(st.lists(MEETINGS, max_size=12), st.lists(MEETINGS, max_size=4), MEETINGS)
def test_all_that_overlap_are_found_and_no_others(first: list[Meeting], more: list[Meeting], asked: Meeting) -> None:
    timetable = Timetable(first)
    for meeting in more:
        timetable.add(meeting)
    found = timetable.overlapping(asked)
    expected = [meeting for meeting in (*first, *more) if overlap(asked, meeting)]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert [meeting.start for meeting in found] == sorted(meeting.start for meeting in found)
