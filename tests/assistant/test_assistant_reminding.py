"""Which reminders wait for a meeting, as it is added, moved, called off and chosen about."""

import pytest

from afsaet.assistant.unasked import reminding
from afsaet.flows.conversation import Conversation
from afsaet.store import chats, outbox, timers
from afsaet.store.outbox import Item
from tests.assistant.diary import Diary

TWO = {3: "Tue 2026-03-17 10:00 +0100", 1: "Thu 2026-03-19 10:00 +0100"}  # of a meeting on Friday the 20th


@pytest.fixture
def diary(world):
    citizen, _phone = world.joined()
    return Diary(world, citizen)


def lay(diary, offset):
    """As when the reminder's time has come, and nothing has been sent yet; how many wait in the outbox."""
    [timer] = [each for each in diary.timers() if each.offset == offset and each.state == "planned"]
    now = timer.due_at
    with diary.world.database.write() as tx:
        assert timers.claim(tx, timer.id, now)
        [chat] = chats.active_of(tx, diary.citizen)
        outbox.put(tx, chat, [Item({}, reply=False, timer_id=timer.id)], now)


def on_the_way(diary):
    return diary.world.counts()["outbox"]


def test_a_meeting_has_two_reminders_at_ten(diary):
    meeting = diary.add("2026-03-20 13:00")
    assert diary.planned(meeting) == TWO


def test_a_moved_meeting_moves_them(diary):
    meeting = diary.add("2026-03-20 13:00")
    moved = diary.move(meeting, "2026-03-27 09:00")
    assert diary.planned(moved) == {3: "Tue 2026-03-24 10:00 +0100", 1: "Thu 2026-03-26 10:00 +0100"}
    assert diary.states(meeting)[:2] == [(0, -3, "dropped", "moved"), (0, -1, "dropped", "moved")]


def test_a_meeting_moved_across_the_change_of_clocks_is_reminded_of_at_ten_all_the_same(diary):
    meeting = diary.add("2026-03-27 13:00")
    moved = diary.move(meeting, "2026-03-31 13:00")
    assert diary.planned(moved) == {3: "Fri 2026-03-27 10:00 +0100", 1: "Mon 2026-03-30 10:00 +0200"}


def test_a_cancelled_meeting_has_none(diary):
    meeting = diary.add("2026-03-20 13:00")
    gone = diary.cancel(meeting)
    assert diary.states(gone) == [(0, -3, "dropped", "cancelled"), (0, -1, "dropped", "cancelled")]


def test_move_cancel_move_leaves_the_last(diary):
    meeting = diary.add("2026-03-20 13:00")
    last = diary.move(diary.cancel(diary.move(meeting, "2026-03-27 13:00")), "2026-03-20 13:00")
    assert last.version == 3
    assert diary.planned(last) == TWO
    assert {timer.version for timer in diary.timers(meeting) if timer.state == "planned"} == {3}


def test_what_is_on_its_way_when_the_meeting_is_moved_does_not_arrive(diary):
    meeting = diary.add("2026-03-20 13:00")
    lay(diary, 3)
    assert on_the_way(diary) == 1
    diary.move(meeting, "2026-03-27 09:00")
    assert on_the_way(diary) == 0
    assert diary.states(meeting)[:2] == [(0, -3, "failed", "moved"), (0, -1, "dropped", "moved")]


def test_planning_the_same_version_again_changes_nothing(diary):
    meeting = diary.add("2026-03-20 13:00")
    before = diary.timers(meeting)
    diary.prefers()
    assert diary.timers(meeting) == before


def test_a_meeting_added_late_has_none_for_the_past(diary):
    diary.world.clock.passes(days=15)
    meeting = diary.add("2026-03-20 13:00")
    assert diary.planned(meeting) == {1: TWO[1]}


def test_the_citizen_may_narrow_them_down_to_none_and_have_them_back(diary):
    meeting = diary.add("2026-03-20 13:00")
    diary.prefers(reminder_days=(1,))
    assert diary.states(meeting) == [(0, -3, "dropped", "unwanted"), (0, -1, "planned", None)]
    diary.prefers(reminders=False)
    assert diary.states(meeting) == [(0, -3, "dropped", "unwanted"), (0, -1, "dropped", "unwanted")]
    assert diary.planned(diary.add("2026-04-10 13:00")) == {}
    diary.prefers(reminders=True, reminder_days=None)
    assert diary.planned(meeting) == TWO


def test_one_that_is_wanted_again_takes_its_day_and_the_others_make_room(diary):
    """Of a meeting on a Tuesday, where the weekend takes two of the days."""
    meeting = diary.add("2026-03-24 13:00", kind="rehabiliteringsmoede")
    all_three = {3: "Thu 2026-03-19 10:00 +0100", 2: "Fri 2026-03-20 10:00 +0100", 1: "Mon 2026-03-23 10:00 +0100"}
    assert diary.planned(meeting) == all_three
    diary.prefers(reminder_days=(3, 1))
    assert diary.planned(meeting) == {3: all_three[2], 1: all_three[1]}
    diary.prefers(reminder_days=None)
    assert diary.planned(meeting) == all_three
    assert len(diary.timers(meeting)) == 3


def test_one_that_was_not_wanted_when_the_meeting_was_added_comes_when_it_is(diary):
    diary.prefers(reminders=False)
    meeting = diary.add("2026-03-24 13:00", kind="rehabiliteringsmoede")
    assert {why for _version, _offset, _state, why in diary.states(meeting)} == {"unwanted"}
    diary.prefers(reminders=True, reminder_days=(2,))
    assert diary.planned(meeting) == {2: "Fri 2026-03-20 10:00 +0100"}
    diary.prefers(reminder_days=None)
    assert sorted(diary.planned(meeting)) == [1, 2, 3]


def test_choosing_anew_does_not_put_off_one_whose_time_has_come(diary):
    meeting = diary.add("2026-03-23 13:00")  # a Monday: the day before it is Friday's
    diary.prefers(reminder_days=(1,))
    diary.at("2026-03-20 12:00")
    diary.prefers(reminder_days=None)
    assert diary.planned(meeting) == {1: "Fri 2026-03-20 10:00 +0100"}
    assert diary.fires() == 1


@pytest.mark.parametrize("day", range(23, 30))
def test_a_meeting_on_any_day_of_the_week_sends_all_three_once_and_in_order(diary, day):
    diary.add(f"2026-03-{day} 13:00", kind="rehabiliteringsmoede")
    sent = []
    while waiting := [timer for timer in diary.timers() if timer.state == "planned"]:
        diary.world.clock.now = waiting[0].due_at
        sent.append((waiting[0].offset, diary.fires()))
    assert sent == [(3, 1), (2, 1), (1, 1)]


def test_what_there_is_no_time_for_is_kept_with_why(diary):
    diary.at("2026-03-20 12:00")  # a Friday
    meeting = diary.add("2026-03-24 13:00", kind="rehabiliteringsmoede")
    assert diary.states(meeting) == [(0, -3, "dropped", "next_is_near"), (0, -2, "dropped", "next_is_near"),
                                     (0, -1, "planned", None)]
    moved = diary.move(meeting, "2026-03-23 13:00")
    assert [state[1:] for state in diary.states(meeting) if state[0] == moved.version] == [
        (-3, "dropped", "booked_late"), (-2, "dropped", "next_is_near"), (-1, "planned", None)]


def test_what_is_chosen_after_a_reminder_s_time_brings_none_for_the_past(diary):
    meeting = diary.add("2026-03-20 13:00")
    diary.prefers(reminder_days=())
    diary.world.clock.passes(days=15)
    diary.prefers(reminder_days=None)
    assert diary.states(meeting) == [(0, -3, "dropped", "unwanted"), (0, -1, "planned", None)]


def test_what_has_been_sent_is_not_sent_again_when_the_citizen_changes_their_mind(diary):
    meeting = diary.add("2026-03-20 13:00")
    lay(diary, 3)
    diary.prefers(reminder_days=(1,))
    diary.prefers(reminder_days=(3, 1))
    assert diary.states(meeting) == [(0, -3, "laid", None), (0, -1, "planned", None)]


def test_one_who_has_not_said_yes_is_reminded_of_all():
    assert reminding.wanted(None) is None


def test_a_state_kept_before_days_could_be_chosen_is_read():
    kept = Conversation("forberedelse", reminder_days=(3,)).to_json()
    assert Conversation.from_json(kept, {}).reminder_days == (3,)
    del kept["reminder_days"]
    assert Conversation.from_json(kept, {}).reminder_days is None
