"""Being asked for a round: when it is wanted, once, and reminded once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from afsaet.assistant import asking, asking_now
from afsaet.assistant.casework import Refused
from afsaet.assistant.firing import fire, look_again
from afsaet.measures import wheel
from afsaet.measures.agreement import Agreement
from afsaet.measures.card import Card
from afsaet.measures.rounds import Round
from afsaet.measures.wheel import Wheel
from afsaet.meetings.wording import NOTICES, faults
from afsaet.municipality import Municipality
from afsaet.municipality.values import ASKED_MOST
from afsaet.service import REMEMBER_TIMERS, clean
from afsaet.store import conversations, measure_cards, rounds, timers
from tests.assistant import desk
from tests.assistant.desk import local
from tests.assistant.phone import Phone
from tests.assistant.world import World

QUESTION, REMINDER = NOTICES["round"], NOTICES["again"]
SMALL = wheel.choose(Wheel(), ["hjul_tro", "hjul_retning", "hjul_muligheder", "hjul_skridt"])


class Someone:
    """A citizen with a phone, who has joined on Tuesday the 3rd of March at noon."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.id, self.phone = world.joined()
        self.phone.reads()

    def agrees(self, measure: Any = "trivselstjek", **agreed: Any) -> None:
        with self.world.database.write() as tx:
            tx.lock(self.id)
            card = measure_cards.get(tx, self.id)
            agreement = Agreement(**{"since": self.today, **agreed})
            wheel_ = SMALL if isinstance(SMALL, Wheel) else Wheel()
            measure_cards.save(tx, self.id, replace(card, wheel=wheel_, agreements={**card.agreements, measure: agreement}))
            asking.plan(tx, self.world.municipality, self.id, measure, self.world.clock())

    def does(self, measure: Any = "trivselstjek") -> None:
        with self.world.database.write() as tx:
            tx.lock(self.id)
            rounds.add(tx, self.id, Round(f"r{self.world.clock():%d%H%M%m}", measure, self.world.clock(), {"trivsel_mig": 5}))
            asking.plan(tx, self.world.municipality, self.id, measure, self.world.clock())

    def wants_no_reminders(self) -> None:
        with self.world.database.write() as tx:
            opened = conversations.open_citizen(tx, self.id)
            conversations.save(tx, self.id, {**(opened.state or {}), "reminders": False}, {}, self.world.clock())

    def gets(self, when: str = "") -> list[str]:
        """What arrives when timers are fired at that time."""
        if when:
            self.world.clock.now = local(when)
        seen = len(self.phone.screen)
        fire(self.world.assistant())
        self.phone.reads()
        return [bubble.text for bubble in self.phone.screen[seen:] if bubble.text in (QUESTION, REMINDER)]

    @property
    def today(self) -> date:
        return self.world.clock().astimezone(self.world.municipality.zone).date()

    def states(self) -> list[tuple[str, int, str, str | None]]:
        with self.world.database.read() as tx:
            own = [timer for timer in timers.of_citizen(tx, self.id) if timer.sort == "round"]
        return [(timer.subject.partition(":")[0], timer.offset, timer.state, timer.why) for timer in own]

    def planned(self) -> list[str]:
        with self.world.database.read() as tx:
            own = [timer for timer in timers.of_citizen(tx, self.id) if timer.sort == "round" and timer.state == "planned"]
        zone = self.world.municipality.zone
        return [f"{timer.due_at.astimezone(zone):%m-%d %H:%M}" for timer in own]


@pytest.fixture
def someone(world: World) -> Someone:
    return Someone(world)


def test_without_an_agreement_nobody_is_asked_by_the_day(someone):
    someone.does()
    assert someone.states() == []


def test_it_is_asked_on_its_day_once_and_reminded_once(someone):
    someone.agrees(every_days=14)
    assert someone.planned() == ["03-17 10:00", "03-19 10:00"]
    assert someone.gets("2026-03-17 09:59") == []
    assert someone.gets("2026-03-17 10:00") == [QUESTION]
    assert someone.gets("2026-03-18 10:00") == []
    assert someone.gets("2026-03-19 10:00") == [REMINDER]
    assert someone.gets("2026-03-30 12:00") == []


def test_the_message_says_nothing_of_what_it_is_about_and_has_a_way_out():
    for text in (QUESTION, REMINDER):
        assert faults(text) == []
        assert not any(word in text.casefold() for word in ("trivsel", "helbred", "samtale", "hjul"))


def test_its_buttons_lead_to_the_round_and_to_what_is_agreed(someone):
    someone.agrees(every_days=14)
    someone.gets("2026-03-17 10:00")
    buttons = someone.phone.last.buttons
    assert {label: button.action for label, button in buttons.items()} == {
        "Begynd": "m.udvikling.begynd.trivselstjek", "Ikke nu": "m.udvikling.ikke_nu.trivselstjek",
        "Færre spørgsmål": "m.udvikling.aftale.trivselstjek"}
    assert all(len(button.action) <= 48 for button in buttons.values())


def test_one_who_does_not_answer_is_asked_again_only_at_the_next_time(someone):
    someone.agrees(every_days=14)
    someone.gets("2026-03-17 10:00")
    someone.gets("2026-03-19 10:00")
    assert someone.planned() == ["03-31 10:00", "04-02 10:00"]
    assert someone.gets("2026-03-31 10:00") == [QUESTION]


def test_one_who_has_done_it_is_not_reminded_and_is_asked_so_long_after(someone):
    someone.agrees(every_days=14)
    someone.gets("2026-03-17 10:00")
    someone.world.clock.now = local("2026-03-18 15:00")
    someone.does()
    assert someone.gets("2026-03-19 10:00") == []
    assert someone.planned() == ["04-01 10:00", "04-03 10:00"]


def test_one_who_does_it_unasked_is_not_asked_for_what_they_have_just_done(someone):
    someone.agrees(every_days=14)
    someone.world.clock.now = local("2026-03-16 21:00")
    someone.does()
    assert someone.gets("2026-03-17 10:00") == []
    assert someone.planned() == ["03-30 10:00", "04-01 10:00"]


def test_a_round_that_came_while_nothing_was_planned_anew_is_seen_when_the_time_has_come(someone):
    someone.agrees(every_days=14)
    with someone.world.database.write() as tx:
        rounds.add(tx, someone.id, Round("r", "trivselstjek", local("2026-03-16 21:00"), {"trivsel_mig": 5}))
    assert someone.gets("2026-03-17 10:00") == []
    assert ("trivselstjek", 0, "dropped", "done") in someone.states()


def test_every_week_means_every_week(someone):
    someone.agrees(every_days=7)
    assert someone.gets("2026-03-10 10:00") == [QUESTION]
    someone.world.clock.now = local("2026-03-10 15:00")
    someone.does()
    assert someone.gets("2026-03-17 10:00") == [QUESTION]


@pytest.mark.parametrize("agreed", [{"stopped": True}, {"paused_until": date(2026, 5, 1)}])
def test_one_who_stops_or_pauses_after_it_was_planned_is_not_asked(someone, agreed):
    someone.agrees(every_days=14)
    with someone.world.database.write() as tx:
        card = measure_cards.get(tx, someone.id)
        measure_cards.save(tx, someone.id, replace(card, agreements={"trivselstjek": Agreement(14, **agreed)}))
    assert someone.gets("2026-03-17 10:00") == []
    assert ("trivselstjek", 0, "dropped", "unwanted") in someone.states()


def test_a_pause_moves_it_to_the_day_on_which_the_pause_ends(someone):
    someone.agrees(every_days=14, paused_until=date(2026, 4, 8))
    assert someone.planned() == ["04-08 10:00", "04-10 10:00"]
    assert someone.gets("2026-03-17 10:00") == []
    assert someone.gets("2026-04-08 10:00") == [QUESTION]


def test_it_waits_for_the_morning_for_monday_and_for_its_place_in_the_ration(someone):
    someone.agrees(every_days=14)
    someone.agrees("hjulet", every_days=14)
    assert someone.gets("2026-03-17 21:30") == []  # the service was away all day
    assert someone.gets("2026-03-18 08:00") == [QUESTION]
    assert someone.gets("2026-03-18 12:00") == []
    assert someone.gets("2026-03-19 08:00") == [QUESTION]


@pytest.mark.parametrize(("begin", "expected"), [
    ("2026-03-15 12:00", "2026-03-30 10:00"),  # two weeks later is after the clocks have been put on
    ("2026-10-12 12:00", "2026-10-26 10:00"),
])
def test_it_comes_at_ten_over_both_changes_of_the_clocks(world, begin, expected):
    world.clock.now = local(begin)
    someone = Someone(world)
    someone.agrees(every_days=15 if begin.startswith("2026-03") else 14)
    before = local(expected) - timedelta(minutes=1)
    assert someone.gets((before.astimezone(world.municipality.zone)).strftime("%Y-%m-%d %H:%M")) == []
    assert someone.gets(expected) == [QUESTION]


def test_a_clock_that_was_wrong_and_is_put_back_asks_nobody_twice(someone):
    someone.agrees(every_days=14)
    assert someone.gets("2026-03-17 10:00") == [QUESTION]
    assert someone.gets("2026-03-04 10:00") == []
    someone.phone.assistant = someone.world.assistant()  # started anew
    assert someone.gets("2026-03-17 10:00") == []
    assert someone.gets("2026-03-19 10:00") == [REMINDER]


def test_after_a_long_standstill_one_is_asked_once_and_not_reminded_at_once(someone):
    someone.agrees(every_days=14)
    assert someone.gets("2026-06-01 10:00") == [QUESTION]
    assert someone.gets("2026-06-01 10:05") == []
    assert someone.gets("2026-06-02 10:05") == [REMINDER]
    assert someone.gets("2026-06-03 10:05") == []


def test_under_the_safe_policy_private_questions_are_not_asked_for(world):
    world.policy = "safe"
    someone = Someone(world)
    someone.agrees(every_days=14)
    someone.agrees("hjulet", every_days=14)  # of which every area is an ordinary one
    assert someone.gets("2026-03-17 10:00") == [QUESTION]
    assert someone.phone.last.buttons["Begynd"].action == "m.udvikling.begynd.hjulet"
    assert ("trivselstjek", 0, "dropped", "private") in someone.states()


def test_a_pause_before_anything_is_agreed_is_kept_and_nothing_is_asked_by_the_day_after_it(someone):
    someone.agrees(only_pause=True, paused_until=date(2026, 3, 10))
    assert someone.planned() == []
    with pytest.raises(Refused, match="until 2026-03-10"):
        begins(someone)
    assert someone.gets("2026-03-10 10:00") == []
    begins(someone)
    assert someone.gets() == [QUESTION]


def test_a_pause_from_talks_before_anything_is_agreed_is_no_yes_to_reminders(someone):
    someone.wants_no_reminders()
    someone.agrees("samtaletjek", only_pause=True, paused_until=date(2026, 3, 10))
    desk.add(someone.world, someone.id, "2026-03-12 10:00", "samtale")
    assert someone.gets("2026-03-12 12:00") == []
    with pytest.raises(Refused, match="written to unasked"):
        begins(someone, "samtaletjek")


# Before and after meetings


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


# By the caseworker


def begins(someone: Someone, measure: Any = "trivselstjek") -> datetime:
    with someone.world.database.write() as tx:
        return asking_now.start(someone.world.assistant(), tx, someone.id, measure, someone.world.clock())


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


# With several at once


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_two_workers_ask_once(world, home):
    people = [Someone(world) for _ in range(8)]
    for each in people:
        each.agrees(every_days=14)
    world.clock.now = local("2026-03-17 10:00")
    both = [home.open(), home.open()]
    start = Barrier(2)

    def work(database: Any) -> int:
        start.wait()
        return fire(world.assistant(database=database))

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, both)) == len(people)
    assert [each.gets() for each in people] == [[QUESTION]] * len(people)
    for database in both:
        database.close()


def test_what_waits_in_the_outbox_is_taken_back_when_the_round_is_done_meanwhile(someone):
    someone.agrees(every_days=14)
    someone.world.clock.now = local("2026-03-17 10:00")
    fire(someone.world.assistant())
    someone.does()
    someone.world.clock.now += timedelta(minutes=10)
    look_again(someone.world.assistant())
    assert someone.phone.waiting() == []


def test_deleting_all_of_it_takes_the_askings_along_and_a_new_yes_begins_with_none(someone):
    someone.agrees(every_days=14)
    desk.add(someone.world, someone.id, "2026-03-20 13:00", "samtale")
    someone.phone.says("/slet")
    someone.phone.taps("Ja, slet alle mine svar")
    assert someone.gets("2026-03-20 15:00") == []
    someone.world.clock.now = local("2026-03-03 12:00")
    phone: Phone = someone.world.joins(someone.id, name="Kirsten Lund")
    assert someone.planned() == ["03-20 15:00", "03-21 10:00"]  # what belongs to the talk, and nothing that was agreed
    assert phone is not someone.phone
    with someone.world.database.read() as tx:
        assert measure_cards.get(tx, someone.id) == Card()


def test_where_weekends_are_open_a_saturday_is_like_any_day(database):
    world = World(database, municipality=Municipality(weekends=True))
    someone = Someone(world)
    someone.agrees(every_days=11)
    assert someone.gets("2026-03-14 10:00") == [QUESTION]
