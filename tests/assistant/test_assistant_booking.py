"""Meetings from the caseworker's side: added, moved and cancelled, and what is kept with that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from afsaet.assistant.casework import booking, way
from afsaet.assistant.casework.caseload import Refused
from afsaet.assistant.unasked.firing import fire
from afsaet.meetings.meeting import Meeting
from afsaet.store import events, tasks
from tests.assistant.desk import add, answers, cancel, left_out, local, move, reminders, seen
from tests.assistant.world import World

TUESDAY = "2026-12-01 10:00"


@pytest.fixture
def citizen(world: World) -> str:
    return world.citizen()


def test_a_meeting_is_kept_as_it_was_given(world, citizen):
    booked = add(world, citizen, TUESDAY, minutes=90, place="Rådhuset", room="2.14", people="Din læge",
                 agenda=("Hvem er med?", "Dine delmål"))
    meeting = booked.kept.meeting
    assert meeting == Meeting(
        meeting.id, meeting.uid, "rehabiliteringsmoede", meeting.wall, "Europe/Copenhagen", 90, "Rådhuset", "2.14",
        "Din læge", 15, ("Hvem er med?", "Dine delmål"))
    assert meeting.start == local(TUESDAY)
    assert [each.kept for each in seen(world, citizen)] == [booked.kept]


@pytest.mark.parametrize(("kind", "minutes"), [
    ("rehabiliteringsmoede", 15), ("samtale", 0), ("overdragelse", 0), ("opstart", 0), ("opfoelgning", 0),
    ("netvaerk", 0),
])
def test_the_citizen_is_to_be_there_ahead_of_the_main_meeting_only(world, citizen, kind, minutes):
    assert add(world, citizen, TUESDAY, kind).kept.meeting.arrival_minutes == minutes
    assert add(world, citizen, "2026-12-02 10:00", kind, arrival_minutes=5).kept.meeting.arrival_minutes == 5


@pytest.mark.parametrize("at", ["2026-03-03 11:59", "2026-03-03 12:00", "2025-12-01 10:00"])
def test_a_time_that_is_past_is_refused(world, citizen, at):
    with pytest.raises(Refused, match="past"):
        add(world, citizen, at)
    assert seen(world, citizen) == []
    assert add(world, citizen, "2026-03-03 12:01").altered


def test_a_time_that_clocks_skip_is_refused(world, citizen):
    with pytest.raises(Refused, match="no such time"):
        add(world, citizen, "2027-03-28 02:30")
    assert seen(world, citizen) == []


def test_a_time_that_clocks_show_twice_is_taken_for_the_first_and_pointed_out(world, citizen):
    booked = add(world, citizen, "2026-10-25 02:30")
    assert booked.kept.meeting.start == local("2026-10-25 02:30").replace(hour=0)
    assert booked.remarks == (booking.TWICE,)


@pytest.mark.parametrize("at", ["2026-03-29 10:00", "2026-10-25 10:00", "2028-02-29 10:00", "2027-01-01 00:00"])
def test_a_meeting_is_at_its_wall_time_on_days_out_of_the_ordinary(world, citizen, at):
    meeting = add(world, citizen, at).kept.meeting
    assert (meeting.start, meeting.end) == (local(at), local(at) + timedelta(hours=1))


def test_a_meeting_moved_across_the_change_of_clocks_keeps_its_wall_time(world, citizen):
    booked = add(world, citizen, "2026-10-24 10:00")
    moved = move(world, booked.kept.meeting.id, "2026-10-26 10:00").kept.meeting
    assert moved.start - booked.kept.meeting.start == timedelta(hours=49)


def test_an_overlap_is_pointed_out_and_taken(world, citizen):
    first = add(world, citizen, TUESDAY, "samtale")
    second = add(world, citizen, "2026-12-01 10:30", "netvaerk")
    assert (first.remarks, len(second.remarks)) == ((), 1)
    assert "2026-12-01 10:00" in second.remarks[0]
    assert len(seen(world, citizen)) == 2
    assert move(world, second.kept.meeting.id, "2026-12-01 11:00").remarks == ()
    assert len(move(world, second.kept.meeting.id, "2026-12-01 09:30").remarks) == 1
    cancel(world, first.kept.meeting.id)
    assert move(world, second.kept.meeting.id, TUESDAY).remarks == ()


def test_another_citizens_meeting_at_the_same_time_is_no_overlap(world, citizen):
    add(world, world.citizen("Bo Vang"), TUESDAY)
    assert add(world, citizen, TUESDAY).remarks == ()


def test_each_change_makes_the_next_version_and_no_change_makes_none(world, citizen):
    booked = add(world, citizen, TUESDAY)
    which = booked.kept.meeting.id
    same = move(world, which, TUESDAY)
    assert (same.altered, same.kept) == (False, booked.kept)
    moved = move(world, which, "2026-12-02 10:00")
    assert (moved.altered, moved.kept.meeting.version, moved.kept.meeting.uid) == (True, 1, booked.kept.meeting.uid)
    assert move(world, which, room="3").kept.meeting.version == 2
    assert cancel(world, which).kept.meeting.version == 3
    assert cancel(world, which).altered is False


def test_only_what_is_given_is_changed_and_an_empty_text_takes_it_away(world, citizen):
    which = add(world, citizen, TUESDAY, place="Rådhuset", room="2", people="Din læge").kept.meeting.id
    moved = move(world, which, room="", minutes=30).kept.meeting
    assert (moved.place, moved.room, moved.people, moved.minutes) == ("Rådhuset", "", "Din læge", 30)
    assert moved.start == local(TUESDAY)


def test_a_meeting_that_is_called_off_stands_again_once_it_has_a_time(world, citizen):
    which = add(world, citizen, TUESDAY).kept.meeting.id
    cancel(world, which)
    with pytest.raises(Refused, match="called off"):
        move(world, which, room="3")
    again = move(world, which, TUESDAY).kept.meeting
    assert (again.cancelled, again.version, again.start) == (False, 2, local(TUESDAY))


def test_an_empty_text_takes_away_what_stood_there(world, citizen):
    which = add(world, citizen, TUESDAY, place="Rådhuset", agenda=("Dine delmål", " ")).kept.meeting
    assert which.agenda == ("Dine delmål",)
    bare = move(world, which.id, place="", agenda=("",)).kept.meeting
    assert (bare.place, bare.agenda, bare.version) == ("", (), 1)


@pytest.mark.parametrize("where", ["place", "room", "people", "agenda"])
@pytest.mark.parametrize("text", ["010170-1234", "Sag 0101701234", "to\nlinjer", "x" * 201])
def test_what_is_not_one_line_without_a_cpr_number_is_refused(world, citizen, where, text):
    value = (text,) if where == "agenda" else text
    with pytest.raises(Refused):
        add(world, citizen, TUESDAY, **{where: value})
    which = add(world, citizen, TUESDAY).kept.meeting.id
    with pytest.raises(Refused) as refused:
        move(world, which, **{where: value})
    assert text not in str(refused.value)
    assert [each.kept.meeting.version for each in seen(world, citizen)] == [0]


def test_what_is_nobodys_is_refused(world):
    for what in (lambda: add(world, "nobody", TUESDAY), lambda: move(world, "nothing", TUESDAY),
                 lambda: cancel(world, "møde")):
        with pytest.raises(Refused, match="There is no"):
            what()


def test_reminders_follow_the_meeting(world, citizen):
    which = add(world, citizen, "2026-12-03 10:00", "samtale").kept.meeting.id
    assert reminders(world, citizen) == [("reminder", 3, 0, "planned"), ("reminder", 1, 0, "planned")]
    move(world, which, "2026-12-10 10:00")
    assert reminders(world, citizen) == [
        ("reminder", 3, 0, "dropped"), ("reminder", 1, 0, "dropped"),
        ("reminder", 3, 1, "planned"), ("reminder", 1, 1, "planned")]
    cancel(world, which)
    assert {state for *_which, state in reminders(world, citizen)} == {"dropped"}
    move(world, which, "2026-12-10 10:00")
    assert [each for each in reminders(world, citizen) if each[3] == "planned"] == [
        ("reminder", 3, 3, "planned"), ("reminder", 1, 3, "planned")]


def test_the_team_meeting_has_are_you_ready_two_days_before(world, citizen):
    add(world, citizen, "2026-12-03 10:00")
    assert [(sort, days) for sort, days, _version, _state in reminders(world, citizen)] == [
        ("reminder", 3), ("ready", 2), ("reminder", 1)]


def test_one_who_has_turned_reminders_off_gets_none_and_is_told_of_changes_all_the_same(world):
    citizen, phone = world.joined()
    phone.says("/paamindelser")
    phone.taps("Slå fra")
    booked = add(world, citizen, TUESDAY)
    assert reminders(world, citizen) == []
    assert left_out(world, citizen) == [(3, "unwanted"), (2, "unwanted"), (1, "unwanted")]
    assert booked.told_at == world.clock()


def test_a_meeting_that_is_moved_or_called_off_closes_the_task_about_it(world, citizen):
    booked = add(world, citizen, TUESDAY)
    answers(world, booked, "cannot")
    with world.database.write() as tx:
        tasks.add(tx, citizen, "cannot_come", world.clock())
    other = add(world, citizen, "2026-12-08 10:00", "samtale")
    move(world, other.kept.meeting.id, room="3")
    assert world.tasks(citizen) == ["cannot_come"]
    move(world, booked.kept.meeting.id, room="3")
    assert world.tasks(citizen) == ["cannot_come"]  # they still cannot
    move(world, booked.kept.meeting.id, "2026-12-02 10:00")
    assert world.tasks(citizen) == []
    assert seen(world, citizen)[0].kept.answer is None


def test_what_happened_to_meetings_is_noted_without_content(world, citizen):
    which = add(world, citizen, TUESDAY).kept.meeting.id
    move(world, which, "2026-12-02 10:00")
    cancel(world, which)
    with world.database.read() as tx:
        assert [event.kind for event in events.list_all(tx, citizen)] == [
            "meeting_added", "meeting_moved", "meeting_cancelled"]


def test_a_citizen_who_has_deleted_what_they_wrote_still_has_meetings(world):
    citizen, phone = world.joined()
    which = add(world, citizen, TUESDAY).kept.meeting.id
    phone.says("/slet")
    phone.taps("Ja, slet alle mine svar")
    moved = move(world, which, "2026-12-02 10:00")
    assert (moved.altered, moved.told_at) == (True, None)
    assert add(world, citizen, "2026-12-08 10:00", "samtale").told_at is None


def test_nothing_is_kept_where_something_fails_on_the_way(world, citizen, monkeypatch):
    monkeypatch.setattr(way, "review", lambda *_given, **_named: 1 / 0)
    before = world.tables()
    with pytest.raises(ZeroDivisionError):
        add(world, citizen, TUESDAY)
    assert world.tables() == before


@pytest.mark.parametrize("word", ["coming", "cannot", "talk"])
def test_an_answer_stands_where_only_the_room_is_another_and_not_where_the_time_is(world, word):
    citizen, phone = world.joined()
    booked = add(world, citizen, "2026-03-10 10:00", "samtale")
    which = booked.kept.meeting.id
    answers(world, booked, word)
    world.clock.passes(hours=1)
    moved = move(world, which, room="3", arrival_minutes=5, agenda=["Praktik"]).kept
    assert moved.meeting.version == 1
    assert moved.answer is not None
    assert (moved.answer.word, moved.answer.at) == (word, booked.kept.changed_at)
    world.clock.now = local("2026-03-09 10:00")
    fire(world.assistant())
    phone.reads()
    assert "Jeg kommer" not in phone.last.buttons
    assert move(world, which, minutes=30).kept.answer is None
    answers(world, booked, word)
    assert move(world, which, "2026-03-11 10:00").kept.answer is None
    answers(world, booked, word)
    cancel(world, which)
    assert move(world, which, "2026-03-11 10:00").kept.answer is None
