"""A caseworker lets a citizen be asked for a round as soon as they may be, or is refused with the reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from afsaet.assistant.casework import asking_now
from afsaet.assistant.casework.caseload import Refused
from afsaet.municipality import Municipality
from afsaet.municipality.values import ASKED_MOST
from afsaet.service import REMEMBER_TIMERS, clean
from afsaet.store import timers
from tests.assistant import desk
from tests.assistant.asked import QUESTION, REMINDER, Someone, begins
from tests.assistant.desk import local


def test_a_caseworker_lets_it_be_asked_for_as_soon_as_it_may_be(someone):
    assert begins(someone) == someone.world.clock()
    assert someone.gets() == [QUESTION]
    assert someone.gets("2026-03-05 10:00") == [REMINDER]
    assert someone.planned() == []


def test_in_the_evening_that_is_the_next_morning(someone):
    someone.world.clock.now = local("2026-03-03 21:00")
    assert begins(someone) == local("2026-03-04 08:00")
    assert someone.gets() == []
    assert someone.gets("2026-03-04 08:00") == [QUESTION]


def test_what_is_agreed_is_counted_from_then_and_nothing_planned_takes_it_away(someone):
    someone.agrees(every_days=14)
    someone.world.clock.now = local("2026-03-12 21:00")
    begins(someone)
    desk.add(someone.world, someone.id, "2026-05-20 13:00", "samtale")  # everything is planned anew
    assert someone.gets("2026-03-13 08:00") == [QUESTION]
    assert someone.gets("2026-03-17 10:00") == [REMINDER]  # and no asking of its own so soon after
    assert someone.planned()[:1] == ["03-27 10:00"]


@pytest.mark.parametrize(("before", "measure", "why"), [
    (lambda who: who.agrees(stopped=True), "trivselstjek", "does not want"),
    (lambda who: who.agrees(paused_until=date(2026, 5, 1)), "trivselstjek", "pause .* until 2026-05-01"),
    (lambda who: who.does(), "trivselstjek", "within the last 7 days"),
    (begins, "trivselstjek", "asked for it, within"),
    (lambda who: None, "tilfredshed", "no meeting"),
    (lambda who: None, "samtaletjek", "no talk"),
    (lambda who: None, "hjulet", "not chosen"),
    (lambda who: who.wants_no_reminders(), "trivselstjek", "written to unasked"),
])
def test_it_is_refused_with_the_reason(someone, before, measure, why):
    before(someone)
    someone.gets()
    with pytest.raises(Refused, match=why):
        begins(someone, measure)


MEETING_OF = {"tilfredshed": "rehabiliteringsmoede", "samtaletjek": "samtale"}


def has_met(someone: Someone, measure: str) -> None:
    """A meeting of that sort from 13 to 14 on the 3rd of March; it is 16 now."""
    booked = desk.add(someone.world, someone.id, "2026-03-03 13:00", MEETING_OF[measure])  # type: ignore[arg-type]
    assert booked.kept.meeting.end == local("2026-03-03 14:00")
    someone.world.clock.now = local("2026-03-03 16:00")


@pytest.mark.parametrize("measure", MEETING_OF)
def test_about_a_meeting_the_caseworker_lets_it_be_asked_and_then_it_is_not_asked_again(someone, measure):
    has_met(someone, measure)
    assert begins(someone, measure) == someone.world.clock()
    assert someone.gets() == [QUESTION]
    with pytest.raises(Refused, match="has been asked about"):
        begins(someone, measure)
    asked = [someone.gets(f"2026-{day} 10:00") for day in ("03-04", "03-05", "03-10", "03-11", "03-24", "04-10")]
    assert [text for each in asked for text in each] == [REMINDER]
    with pytest.raises(Refused, match="has been asked about"):
        begins(someone, measure)


@pytest.mark.parametrize("measure", MEETING_OF)
def test_what_has_been_asked_by_itself_after_a_meeting_the_caseworker_does_not_let_be_asked_again(someone, measure):
    has_met(someone, measure)
    day = "2026-03-03 16:00" if measure == "samtaletjek" else "2026-03-10 10:00"
    assert someone.gets(day) == [QUESTION]
    with pytest.raises(Refused, match="has been asked about the latest one already"):
        begins(someone, measure)


@pytest.mark.parametrize("measure", MEETING_OF)
def test_what_has_been_answered_or_is_too_long_ago_the_caseworker_does_not_let_be_asked(someone, measure):
    has_met(someone, measure)
    someone.does(measure)
    with pytest.raises(Refused, match="has answered about the latest one already"):
        begins(someone, measure)


@pytest.mark.parametrize(("measure", "last", "too_late"), [
    ("samtaletjek", "2026-03-04 13:59", "2026-03-04 14:00"),
    ("tilfredshed", "2026-04-17 19:59", "2026-04-17 20:00"),  # a Friday, and the next day is the last
])  # fmt: skip
def test_a_meeting_that_is_too_long_ago_the_caseworker_does_not_let_be_asked_about(world, measure, last, too_late):
    someone = Someone(world)
    has_met(someone, measure)
    with someone.world.database.write() as tx:
        timers.drop_all(tx, [timer.id for timer in timers.of_citizen(tx, someone.id)], someone.world.clock(), "moved")
    someone.world.clock.now = local(too_late)
    with pytest.raises(Refused, match="too long since"):
        begins(someone, measure)
    someone.world.clock.now = local(last)
    begins(someone, measure)


def test_an_asking_is_remembered_for_as_long_as_the_answer_may_count(someone):
    """Whatever the municipality has set."""
    profiles = Municipality().profiles.model_dump()
    profiles["rehabiliteringsteam"]["deadlines"]["satisfaction_days"] = ASKED_MOST
    someone.world.municipality = Municipality.model_validate({"profiles": profiles})
    desk.add(someone.world, someone.id, "2026-03-10 13:00", "rehabiliteringsmoede")
    assert someone.gets("2026-03-17 10:00") == [QUESTION]
    someone.world.clock.now = local("2026-06-02 09:00")  # the last day
    assert timedelta(days=ASKED_MOST) < REMEMBER_TIMERS  # also where the caseworker has let it be asked on the first
    clean(someone.world.assistant())
    with pytest.raises(Refused, match="asked about the latest one already"), someone.world.database.write() as tx:
        asking_now.start(someone.world.assistant(), tx, someone.id, "tilfredshed", someone.world.clock())


def test_of_two_talks_in_a_week_each_may_be_asked_about(someone):
    has_met(someone, "samtaletjek")
    begins(someone, "samtaletjek")
    assert someone.gets() == [QUESTION]
    someone.does("samtaletjek")
    desk.add(someone.world, someone.id, "2026-03-05 10:00", "opfoelgning")
    someone.world.clock.now = local("2026-03-05 11:10")
    assert begins(someone, "samtaletjek") == local("2026-03-05 12:00")  # an hour after it
    assert someone.gets("2026-03-05 12:00") == [QUESTION]


def test_a_meeting_to_which_the_citizen_could_not_come_is_not_asked_about(someone):
    booked = desk.add(someone.world, someone.id, "2026-03-03 13:00", "samtale")
    desk.answers(someone.world, booked, "cannot")
    someone.world.clock.now = local("2026-03-03 16:00")
    with pytest.raises(Refused, match="no talk"):
        begins(someone, "samtaletjek")


def test_it_is_refused_for_one_who_has_no_chat_and_where_the_policy_does_not_allow_it(world):
    stranger = world.citizen()
    with pytest.raises(Refused, match="not said yes"), world.database.write() as tx:
        asking_now.start(world.assistant(), tx, stranger, "trivselstjek", world.clock())
    someone = Someone(world)
    with pytest.raises(Refused, match="policy"), world.database.write() as tx:
        asking_now.start(world.assistant(policy="safe"), tx, someone.id, "trivselstjek", world.clock())
