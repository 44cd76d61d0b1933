from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from afsaet.meetings.meeting import Meeting, cancelled, changed
from afsaet.meetings.mine import OwnTask
from afsaet.meetings.place import Passed, Place
from afsaet.store import meetings, own_tasks, places
from afsaet.store.faults import KeyFault, UnknownCitizen
from afsaet.store.meetings import Answer, Kept

from .conftest import NOW

DAY = timedelta(days=1)
MEETING = Meeting("m1", "m1@afsaet", "rehabiliteringsmoede", datetime(2026, 3, 10, 9, 30), "Europe/Copenhagen",  # noqa: DTZ001
                  place="Jobcentret", room="2", people="Din læge", arrival_minutes=15, agenda=("Hvem er med?",))


def days_later(days, name="m2", meeting=MEETING):
    return replace(meeting, id=name, uid=f"{name}@afsaet", wall=meeting.wall + days * DAY)


@pytest.fixture
def meeting(database, cast):
    with database.write() as tx:
        meetings.add(tx, cast.maja, MEETING, NOW)
    return MEETING


def test_a_meeting_comes_back_as_it_was(database, cast, meeting):
    with database.read() as tx:
        assert meetings.get(tx, "m1") == Kept(meeting, cast.maja, NOW, None)
        assert meetings.get(tx, "m2") is None
        row = tx.conn.execute(text("SELECT version, cancelled FROM meetings")).one()
    assert (row.version, bool(row.cancelled)) == (0, False)


def test_a_changed_meeting_takes_the_place_of_the_version_before_it(database, cast, meeting):
    moved = changed(meeting, wall=meeting.wall + DAY)
    with database.write() as tx:
        assert meetings.change(tx, cast.maja, moved, NOW + DAY) is True
        assert meetings.get(tx, "m1") == Kept(moved, cast.maja, NOW + DAY, None)
        assert meetings.list_all(tx, from_=moved.start) == [Kept(moved, cast.maja, NOW + DAY, None)]
        off = cancelled(moved)
        assert meetings.change(tx, cast.maja, off, NOW + 2 * DAY) is True
        assert meetings.get(tx, "m1").meeting == off


def test_of_two_who_change_the_same_version_the_second_is_refused(database, cast, meeting):
    with database.write() as tx:
        assert meetings.change(tx, cast.maja, changed(meeting, room="3"), NOW) is True
        assert meetings.change(tx, cast.maja, changed(meeting, room="4"), NOW) is False
        assert meetings.change(tx, cast.maja, meeting, NOW) is False
        assert meetings.get(tx, "m1").meeting.room == "3"


def test_a_meeting_is_changed_for_its_own_citizen_only(database, cast, meeting):
    with database.write() as tx:
        assert meetings.change(tx, cast.omar, changed(meeting, room="3"), NOW) is False
        assert meetings.get(tx, "m1").meeting == meeting
    with pytest.raises(UnknownCitizen), database.write() as tx:
        meetings.change(tx, "nobody", changed(meeting, room="3"), NOW)
    with pytest.raises(UnknownCitizen), database.write() as tx:
        meetings.add(tx, "nobody", days_later(1), NOW)


def ids(kept):
    return [each.meeting.id for each in kept]


def test_meetings_are_listed_in_the_order_of_time(database, cast, meeting):
    with database.write() as tx:
        meetings.add(tx, cast.omar, days_later(-1, "m2"), NOW)
        meetings.add(tx, cast.maja, days_later(-2, "m3"), NOW)
        assert ids(meetings.list_all(tx)) == ids(meetings.list_all(tx, cast.dorte)) == ["m3", "m2", "m1"]
        assert meetings.list_all(tx, cast.jens) == []
        assert ids(meetings.list_all(tx, cast.dorte, from_=MEETING.start - DAY)) == ["m2", "m1"]
        assert ids(meetings.list_of(tx, cast.maja)) == ["m3", "m1"]
        assert ids(meetings.list_of(tx, cast.maja, from_=MEETING.start)) == ["m1"]
        assert meetings.list_of(tx, cast.maja, from_=MEETING.start + timedelta(microseconds=1)) == []


def test_a_meeting_is_coming_until_it_is_over_and_then_it_was_held(database, cast, meeting):
    with database.write() as tx:
        meetings.add(tx, cast.maja, days_later(-1), NOW)
        meetings.add(tx, cast.maja, replace(days_later(0, "off"), cancelled=True), NOW)
        end = MEETING.end
        assert ids(meetings.coming(tx, cast.maja, end - timedelta(microseconds=1))) == ["m1"]
        assert ids(meetings.held(tx, cast.maja, end - timedelta(microseconds=1))) == ["m2"]
        assert meetings.coming(tx, cast.maja, end) == []
        assert ids(meetings.held(tx, cast.maja, end)) == ["m2", "m1"]


def test_an_answer_belongs_to_one_version_of_the_meeting(database, cast, meeting):
    with database.write() as tx:
        meetings.answer(tx, cast.maja, "m1", 0, "coming", NOW)
        assert meetings.get(tx, "m1").answer == Answer("coming", NOW)
        meetings.answer(tx, cast.maja, "m1", 0, "talk", NOW + DAY)
        assert meetings.list_of(tx, cast.maja)[0].answer == Answer("talk", NOW + DAY)
        meetings.change(tx, cast.maja, changed(meeting, wall=meeting.wall + DAY), NOW)
        assert meetings.get(tx, "m1").answer is None
        meetings.answer(tx, cast.maja, "m1", 1, "cannot", NOW)
        assert meetings.get(tx, "m1").answer == Answer("cannot", NOW)


@pytest.mark.parametrize("moved", [
    "UPDATE meetings SET card = (SELECT card FROM meetings WHERE id = 'm2') WHERE id = 'm1'",
    "UPDATE meeting_answers SET answer = (SELECT answer FROM meeting_answers WHERE meeting_id = 'm2') "
    "WHERE meeting_id = 'm1'",
])
def test_what_is_sealed_for_one_meeting_opens_in_no_other(database, cast, meeting, moved):
    with database.write() as tx:
        meetings.add(tx, cast.maja, days_later(1), NOW)
        meetings.answer(tx, cast.maja, "m1", 0, "coming", NOW)
        meetings.answer(tx, cast.maja, "m2", 0, "cannot", NOW)
        tx.conn.execute(text(moved))
        with pytest.raises(KeyFault):
            meetings.get(tx, "m1")


def test_a_place_is_kept_in_place_of_the_former_one(database, cast):
    first = Place((Passed("start", NOW, "caseworker"),))
    second = first.at("plan", datetime(2026, 3, 4, 12, tzinfo=UTC), "citizen")
    with database.write() as tx:
        assert places.get(tx, cast.maja) is None
        places.save(tx, cast.maja, first)
        places.save(tx, cast.maja, second)
        places.save(tx, cast.omar, first)
        assert (places.get(tx, cast.maja), places.get(tx, cast.omar)) == (second, first)


def test_own_tasks_are_kept_changed_and_removed(database, cast):
    with database.write() as tx:
        first = own_tasks.add(tx, cast.maja, "ringe til lægen", None, NOW)
        second = own_tasks.add(tx, cast.maja, "gå en tur", date(2026, 3, 5), NOW + DAY)
        assert own_tasks.list_of(tx, cast.maja) == [first, second]
        done = replace(first, on=date(2026, 3, 6), done=True)
        assert own_tasks.change(tx, cast.maja, done) is True
        assert own_tasks.list_of(tx, cast.maja) == [done, second]
        assert own_tasks.remove(tx, cast.maja, second.id) is True
        assert own_tasks.remove(tx, cast.maja, second.id) is False
        assert own_tasks.change(tx, cast.maja, second) is False
        assert own_tasks.list_of(tx, cast.maja) == [done]


def test_nobody_can_touch_another_citizens_own_task(database, cast):
    with database.write() as tx:
        task = own_tasks.add(tx, cast.maja, "ringe til lægen", None, NOW)
        assert own_tasks.remove(tx, cast.omar, task.id) is False
        assert own_tasks.change(tx, cast.omar, OwnTask(task.id, "x")) is False
        assert own_tasks.list_of(tx, cast.omar) == []
        assert own_tasks.list_of(tx, cast.maja) == [task]


def test_a_task_of_their_own_does_not_open_as_another_of_the_same_citizen_s(database, cast):
    with database.write() as tx:
        one, two = (own_tasks.add(tx, cast.maja, words, None, NOW) for words in ("ringe", "skrive"))
        tx.conn.execute(text("UPDATE own_tasks SET card = (SELECT card FROM own_tasks WHERE id = :one) "
                             "WHERE id = :two"), {"one": one.id, "two": two.id})
    with pytest.raises(KeyFault), database.read() as tx:
        own_tasks.list_of(tx, cast.maja)
