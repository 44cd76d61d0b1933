"""Being asked for a round before a talk, and about a meeting after it."""

from __future__ import annotations

import pytest

from tests.assistant import desk
from tests.assistant.asked import QUESTION, REMINDER
from tests.assistant.desk import local


def test_before_a_talk_it_is_asked_on_the_day_before_and_moves_with_it(someone):
    someone.agrees(before_talk=True)
    assert someone.planned() == []
    booked = desk.add(someone.world, someone.id, "2026-03-20 13:00", "samtale")
    desk.move(someone.world, booked.kept.meeting.id, "2026-03-25 13:00")
    assert someone.gets("2026-03-19 10:00") == []
    assert someone.gets("2026-03-24 10:00") == [QUESTION]


def test_before_a_talk_that_is_called_off_it_is_not_asked(someone):
    someone.agrees(before_talk=True)
    booked = desk.add(someone.world, someone.id, "2026-03-20 13:00", "samtale")
    desk.cancel(someone.world, booked.kept.meeting.id)
    assert someone.gets("2026-03-19 10:00") == []
    assert someone.planned() == []


def test_when_the_talk_has_begun_it_is_too_late_for_what_was_to_come_before(someone):
    someone.agrees(before_talk=True)
    desk.add(someone.world, someone.id, "2026-03-20 13:00", "samtale")
    assert someone.gets("2026-03-20 13:00") == []
    assert ("trivselstjek", 0, "dropped", "too_late") in someone.states()


def test_a_talk_is_asked_about_an_hour_after_it_and_the_next_morning(someone):
    desk.add(someone.world, someone.id, "2026-03-20 13:00", "samtale")
    assert someone.gets("2026-03-20 14:59") == []
    assert someone.gets("2026-03-20 15:00") == [QUESTION]
    assert someone.phone.last.buttons["Begynd"].action == "m.udvikling.begynd.samtaletjek"


def test_the_morning_after_reminds(someone):
    desk.add(someone.world, someone.id, "2026-03-18 13:00", "samtale")
    assert someone.gets("2026-03-18 15:00") == [QUESTION]
    assert someone.gets("2026-03-19 10:00") == [REMINDER]
    assert someone.gets("2026-03-19 13:00") == []


def test_a_talk_that_ended_more_than_a_day_ago_is_not_asked_about(someone):
    desk.add(someone.world, someone.id, "2026-03-20 18:30", "samtale")  # a Friday evening
    assert someone.gets("2026-03-20 20:30") == []
    assert someone.gets("2026-03-23 08:00") == []
    assert ("samtaletjek", 0, "dropped", "too_late") in someone.states()


@pytest.mark.parametrize("change", ["moved", "cancelled", "cannot", "done", "stopped"])
def test_a_talk_is_not_asked_about_where_there_is_nothing_to_ask(someone, change):
    world, booked = someone.world, desk.add(someone.world, someone.id, "2026-03-18 13:00", "samtale")
    if change == "moved":
        desk.move(world, booked.kept.meeting.id, "2026-03-25 13:00")
    elif change == "cancelled":
        desk.cancel(world, booked.kept.meeting.id)
    elif change == "cannot":
        desk.answers(world, booked, "cannot")
    elif change == "done":
        world.clock.now = local("2026-03-18 14:30")
        someone.does("samtaletjek")
    else:
        someone.agrees("samtaletjek", stopped=True)
    assert someone.gets("2026-03-18 15:00") == []
    assert someone.gets("2026-03-25 15:00") == ([QUESTION] if change == "moved" else [])


def test_the_main_meeting_is_asked_about_once_after_a_week_and_reminded_after_three(someone):
    desk.add(someone.world, someone.id, "2026-03-12 13:00")
    assert someone.gets("2026-03-12 15:00") == []
    assert someone.gets("2026-03-19 10:00") == [QUESTION]
    assert someone.gets("2026-04-02 10:00") == [REMINDER]
    assert someone.gets("2026-04-26 10:00") == []


def test_one_who_wants_no_reminders_is_asked_only_for_what_they_have_agreed_to(someone):
    someone.wants_no_reminders()
    someone.agrees(every_days=14)
    desk.add(someone.world, someone.id, "2026-03-16 13:00", "samtale")
    assert someone.gets("2026-03-16 15:00") == []
    assert someone.gets("2026-03-17 10:00") == [QUESTION]
