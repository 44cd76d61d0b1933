"""Being asked for a round: on its day, once, and reminded once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest

from afsaet.assistant.casework.caseload import Refused
from afsaet.assistant.unasked.firing import fire, look_again
from afsaet.measures.agreement import Agreement
from afsaet.measures.card import Card
from afsaet.measures.rounds import Round
from afsaet.meetings.wording import faults
from afsaet.municipality import Municipality
from afsaet.store import measure_cards, rounds
from tests.assistant import desk
from tests.assistant.asked import QUESTION, REMINDER, Someone, begins
from tests.assistant.desk import local
from tests.assistant.phone import Phone
from tests.assistant.world import World


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


def test_where_weekends_are_open_a_saturday_is_like_any_day(database):
    world = World(database, municipality=Municipality(weekends=True))
    someone = Someone(world)
    someone.agrees(every_days=11)
    assert someone.gets("2026-03-14 10:00") == [QUESTION]


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
