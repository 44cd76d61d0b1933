"""The small question about a part-goal comes back on its days, once, and without a word of what it is about."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from afsaet.assistant.unasked.firing import fire
from afsaet.assistant.unasked.goal_checks import SORT
from afsaet.flows.inputs import Command, Tap
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Message
from afsaet.measures.effects import GoalsChanged
from afsaet.measures.goals import Goal, PartGoal, change, note
from afsaet.meetings.wording import faults
from afsaet.store import measure_cards, timers
from tests.assistant.diary import Diary
from tests.assistant.world import World

SAID = "Har du et øjeblik? Jeg har et lille spørgsmål til dig. Skriv /udvikling for at se mere."
TODAY = date(2026, 3, 3)
PART = PartGoal("d1", "Ringe til misbrugscenteret", TODAY)
THREE, SIX, NINE = "2026-06-03 10:00", "2026-09-03 10:00", "2026-12-03 10:00"


class Aiming(Diary):
    """A citizen whose goals are set by the press of a button."""

    def __init__(self, world: World) -> None:
        citizen, self.phone = world.joined()
        super().__init__(world, citizen)
        built = self.phone.assistant.library
        self.phone.assistant.library = lambda profile: replace(built(profile), pages={"udvikling": self.opens})
        self.goals: tuple[Goal, ...] = ()

    def opens(self, visit: Visit) -> Page:
        return Page(Message("Gemt."), visit.conversation, (GoalsChanged(self.goals),))

    def sets(self, *parts: PartGoal) -> None:
        self.goals = (Goal("h1", "", parts),)
        self.phone.reads()
        self.phone.gives(Tap(f"m.udvikling.{self.world.clock.now.timestamp():.0f}{len(parts)}", self.phone.last.ask))
        self.phone.reads()

    def says(self, when: str) -> list[str]:
        """What the citizen gets when timers are fired at that time."""
        seen = len(self.phone.screen)
        self.fires(when)
        self.phone.reads()
        return [bubble.text for bubble in self.phone.screen[seen:]]

    def outcomes(self) -> list[tuple[str, int, str, str | None]]:
        return [(timer.subject, timer.offset, timer.state, timer.why) for timer in self.timers() if timer.sort == "goal"]


@pytest.fixture
def aiming(world: World) -> Aiming:
    return Aiming(world)


def test_a_goal_is_asked_about_after_three_and_after_six_months_and_once_each(aiming: Aiming) -> None:
    aiming.sets(PART)
    assert aiming.says("2026-06-03 09:59") == []
    assert aiming.says(THREE) == [SAID]
    assert [button.action for button in aiming.phone.last.buttons.values()] == ["m.udvikling.maal.tjek",
                                                                                "m.paamindelser.fra"]
    assert aiming.says("2026-06-10 10:00") == []
    assert aiming.says(SIX) == [SAID]


def test_one_who_never_answers_is_left_in_peace_after_a_year(aiming: Aiming) -> None:
    aiming.sets(PART)
    days = ("2026-06-03", "2026-09-03", "2026-12-03", "2027-03-03", "2027-06-03", "2027-09-03")
    assert [len(aiming.says(f"{day} 10:00")) for day in days] == [1, 1, 1, 1, 0, 0]


def test_the_message_tells_nothing_of_the_goal(aiming: Aiming) -> None:
    aiming.sets(PART)
    [said] = aiming.says(THREE)
    assert faults(said) == [] and "misbrug" not in said and "delmål" not in said


def test_what_was_said_meanwhile_is_not_asked_for_and_the_next_day_is(aiming: Aiming) -> None:
    aiming.sets(PART)
    aiming.at("2026-06-03 09:00")
    aiming.sets(note(PART, "paa_vej", date(2026, 6, 3)))
    assert aiming.says(THREE) == []
    assert ("d1", 3, "dropped", "done") in aiming.outcomes()
    assert aiming.says(SIX) == [SAID]


@pytest.mark.parametrize("status", ["naaet", "droppet"])
def test_what_is_reached_or_dropped_is_not_asked_about(aiming: Aiming, status: Any) -> None:
    aiming.sets(PART)
    aiming.at("2026-04-01 12:00")
    aiming.sets(note(PART, status, date(2026, 4, 1)))
    assert {outcome[2:] for outcome in aiming.outcomes()} == {("dropped", "done")}
    assert aiming.says(THREE) == []


def test_a_deleted_goal_is_not_asked_about(aiming: Aiming) -> None:
    aiming.sets(PART, replace(PART, id="d2"))
    aiming.at("2026-04-01 12:00")
    aiming.sets(PART)
    assert {subject for subject, _months, state, _why in aiming.outcomes() if state == "planned"} == {"d1"}


def test_a_goal_in_new_words_is_counted_anew(aiming: Aiming) -> None:
    aiming.sets(PART)
    aiming.at("2026-05-03 12:00")
    aiming.sets(change(PART, "Sove om natten", date(2026, 5, 3)))
    assert aiming.says(THREE) == []
    assert aiming.says("2026-08-03 10:00") == [SAID]


def test_what_is_taken_up_again_is_asked_about_again(aiming: Aiming) -> None:
    aiming.sets(PART)
    dropped = note(PART, "droppet", date(2026, 4, 1))
    aiming.at("2026-04-01 12:00")
    aiming.sets(dropped)
    aiming.at("2026-04-02 12:00")
    aiming.sets(note(dropped, "paa_vej", date(2026, 4, 2)))
    assert aiming.says(THREE) == [SAID]


def test_several_for_one_day_come_as_one_word(aiming: Aiming) -> None:
    aiming.sets(PART, replace(PART, id="d2"), replace(PART, id="d3"))
    assert aiming.says(THREE) == [SAID]
    assert aiming.says("2026-06-04 10:00") == []


def test_the_ration_holds_the_question_back_for_a_day(aiming: Aiming) -> None:
    aiming.sets(PART)
    with aiming.world.database.write() as tx:
        aiming.at("2026-06-03 09:00")
        timers.plan(tx, aiming.citizen, "round", "x", 1, [(0, aiming.world.clock())])
        [timer] = [timer for timer in timers.of_citizen(tx, aiming.citizen) if timer.sort == "round"]
        assert timers.claim(tx, timer.id, aiming.world.clock())
    assert aiming.says(THREE) == []
    assert aiming.says("2026-06-04 10:00") == [SAID]


@pytest.mark.parametrize(("since", "due"), [
    ("2025-12-27", "Fri 2026-03-27 10:00 +0100"),
    ("2025-12-29", "Mon 2026-03-30 08:00 +0200"),  # from the Sunday on which the clocks go forward
    ("2025-12-31", "Tue 2026-03-31 10:00 +0200"),
    ("2026-07-25", "Mon 2026-10-26 08:00 +0100"),  # and from the one on which they go back
    ("2025-11-30", "Mon 2026-03-02 08:00 +0100"),  # 28 February is a Saturday
])  # fmt: skip
def test_it_comes_at_the_hour_of_the_municipality_also_when_the_clocks_change(aiming: Aiming, since: str, due: str) -> None:
    aiming.at(f"{since} 12:00")
    aiming.sets(replace(PART, since=date.fromisoformat(since)))
    first = next(timer for timer in aiming.timers() if timer.sort == "goal" and timer.offset == 3)
    zone = aiming.world.municipality.zone
    assert first.due_at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M %z") == due


def test_one_who_wants_no_reminders_is_not_asked(aiming: Aiming) -> None:
    aiming.sets(PART)
    aiming.prefers(reminders=False)
    assert aiming.says(THREE) == []
    assert ("d1", 3, "dropped", "unwanted") in aiming.outcomes()


def test_where_goals_may_not_pass_the_chat_the_question_is_for_the_next_talk(aiming: Aiming) -> None:
    aiming.sets(PART)
    aiming.at(THREE)
    assert fire(aiming.world.assistant(policy="safe")) == 0
    assert ("d1", 3, "dropped", "private") in aiming.outcomes()


def test_whoever_deletes_everything_is_not_asked(aiming: Aiming) -> None:
    aiming.sets(PART)
    aiming.phone.gives(Command("slet"))
    aiming.phone.reads()
    aiming.phone.taps(next(label for label in aiming.phone.last.buttons if label.startswith("Ja")))
    assert aiming.fires(THREE) == 0


def test_two_at_once_ask_once(aiming: Aiming) -> None:
    aiming.sets(PART)
    aiming.at(THREE)
    with ThreadPoolExecutor(2) as pool:
        laid = list(pool.map(lambda _each: fire(aiming.world.assistant()), range(2)))
    assert sum(laid) == 1
    aiming.phone.reads()
    assert [bubble.text for bubble in aiming.phone.screen].count(SAID) == 1


def test_after_a_standstill_of_months_it_is_asked_once(aiming: Aiming) -> None:
    aiming.sets(PART)
    assert aiming.says("2026-12-24 09:00") == [SAID]
    assert aiming.says("2026-12-28 10:00") == []


def test_from_the_message_to_the_question_and_its_answer_in_the_pages_as_shipped(world: World) -> None:
    citizen, phone = world.joined()
    diary = Diary(world, citizen)
    phone.gives(Command("udvikling"))
    phone.reads()
    phone.plays(["Mine mål", "Skriv et delmål"])
    phone.says("Tage bussen alene")
    phone.plays(["Spring over"] * 4)
    assert "Jeg spørger til det onsdag den 3. juni." in phone.last.text
    diary.fires(THREE)
    phone.reads()
    assert phone.last.text == SAID
    phone.plays(["Se mere"])
    assert "Tage bussen alene" in phone.last.text
    phone.plays(["På vej"])
    assert "Godt. Du er på vej." in phone.last.text
    with world.database.read() as tx:
        [goal] = measure_cards.get(tx, citizen).goals
    assert [said.status for said in goal.parts[0].history] == ["paa_vej"]
    assert {timer.offset for timer in diary.timers() if timer.sort == SORT and timer.state == "planned"} == {6, 9, 12, 15}
