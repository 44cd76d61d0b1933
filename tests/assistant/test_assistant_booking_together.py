"""Changes in any order, at any hour and at the same moment: what the citizen believes is so, and told no more than once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afsaet.assistant.casework import booking
from afsaet.store import meetings
from tests.assistant.desk import COPENHAGEN, add, cancel, local, move, notices, reminders, seen
from tests.assistant.test_assistant_at_once import THREADS, all_at_once
from tests.assistant.world import World

WALLS = ["2026-12-01 10:00", "2026-12-02 09:30", "2026-12-03 14:00"]
STEPS = st.lists(st.sampled_from([*WALLS, "cancel", "room", "an hour", "the night", "a look"]), max_size=12)
WHEN = re.compile(r"(\d+)\. december 2026 kl\. (\d\d)\.(\d\d)")


@pytest.fixture
def other(home):
    """The database as another process has it open."""
    opened = home.open()
    yield opened
    opened.close()


def test_of_several_changes_at_the_same_moment_each_makes_a_version_of_its_own(world, other):
    citizen, phone = world.joined()
    which = add(world, citizen, "2026-12-10 10:00", "samtale").kept.meeting.id
    phone.reads()

    def change(number):
        with (world.database, other)[number % 2].write() as tx:
            return booking.move(tx, world.municipality, which, world.clock(), room=str(number)).kept.meeting.version

    assert sorted(all_at_once(change)) == list(range(1, THREADS + 1))
    assert [each for each in reminders(world, citizen) if each[3] == "planned"] == [
        ("reminder", 3, THREADS, "planned"), ("reminder", 1, THREADS, "planned")]


def test_a_meeting_called_off_by_two_at_once_is_called_off_and_told_once(world, other):
    citizen, phone = world.joined()
    which = add(world, citizen, WALLS[0]).kept.meeting.id
    phone.reads()

    def call_off(number):
        with (world.database, other)[number % 2].write() as tx:
            return booking.cancel(tx, world.municipality, which, world.clock()).altered

    assert sum(all_at_once(call_off)) == 1
    assert seen(world, citizen)[0].kept.meeting.version == 1
    phone.reads()
    assert len([text for text in notices([bubble.text for bubble in phone.screen]) if "aflyst" in text]) == 1


@pytest.mark.parametrize("backend", ["sqlite"])
def test_what_the_citizen_believes_is_so_however_often_it_is_changed(world):
    citizen, phone = world.joined()

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(first=st.sampled_from(WALLS), steps=STEPS)
    def whatever_is_done(first, steps):
        phone.reads()
        before = len(phone.screen)
        world.clock.now = local("2026-03-03 12:00")
        meeting = add(world, citizen, first, "samtale").kept.meeting.id
        changes = 1 + sum(_does(world, phone, meeting, step) for step in steps)
        world.clock.now += timedelta(days=4)
        phone.reads()
        texts = notices([bubble.text for bubble in phone.screen[before:]])
        now = next(each.kept.meeting for each in seen(world, citizen) if each.kept.meeting.id == meeting)
        assert len(texts) <= changes
        assert _believed(texts) == (None if now.cancelled else now.wall)
        cancel(world, meeting)
        phone.screen.clear()
        phone.reads()

    whatever_is_done()


def _does(world: World, phone, meeting, step):
    """Whether it changed the meeting."""
    if step == "cancel":
        return cancel(world, meeting).altered
    if step == "an hour":
        world.clock.passes(hours=1)
    elif step == "the night":
        world.clock.now = local(f"{world.clock.now:%Y-%m-%d} 22:00")
    elif step == "a look":
        phone.reads()
    elif step != "room":
        return move(world, meeting, step).altered
    elif not seen_cancelled(world, meeting):
        return move(world, meeting, room=str(world.clock.now)).altered
    return False


def seen_cancelled(world, meeting):
    with world.database.read() as tx:
        return meetings.get(tx, meeting).meeting.cancelled


def _believed(texts):
    """When the meeting is, for one who has read these; None for one who knows of none."""
    if not texts or "aflyst" in texts[-1]:
        return None
    day, hour, minute = WHEN.search(texts[-1]).groups()
    return next(wall for wall in map(_wall, WALLS) if (wall.day, wall.hour, wall.minute) == (
        int(day), int(hour), int(minute)))


def _wall(text):
    return local(text).astimezone(COPENHAGEN).replace(tzinfo=None)
