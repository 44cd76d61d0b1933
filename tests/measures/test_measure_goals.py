"""Goals: the citizen's own words, what is seen in three and six months, and a small question that comes back."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.measures import goals, offers
from afsaet.measures.goals import Goal, PartGoal, change, expected_at, months_later, next_check, note
from afsaet.measures.offers import is_offer
from tests.measures.making import PATIENT

SINCE = date(2026, 11, 30)
PART = PartGoal("d1", "Jeg vil kunne tage telefonen", SINCE, "Jeg øver mig med min søn", "Jeg tager den en gang om dagen",
                "Jeg tager den altid")  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-11-30", 3, "2027-02-28"),  # worked by hand: no 30 February
        ("2027-11-30", 3, "2028-02-29"),  # worked by hand: a leap year
        ("2026-11-30", 6, "2027-05-30"),  # counted from the day itself, not from the shortened one
        ("2026-12-31", 3, "2027-03-31"),
        ("2026-08-15", 6, "2027-02-15"),
        ("2026-12-01", 12, "2027-12-01"),
    ],
)
def test_months_are_those_of_the_calendar(day: str, months: int, later: str) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_a_part_goal_is_asked_about_after_three_and_after_six_months() -> None:
    assert next_check(PART) == date(2027, 2, 28)
    once = note(PART, "paa_vej", date(2027, 3, 9))
    assert next_check(once) == date(2027, 5, 30)
    assert next_check(note(once, "paa_vej", date(2027, 5, 30))) == date(2027, 8, 30)


def test_an_answer_before_the_day_does_not_take_the_question_away() -> None:
    assert next_check(note(PART, "paa_vej", date(2027, 1, 4))) == date(2027, 2, 28)


def test_a_question_missed_for_long_is_asked_once_and_not_for_every_time() -> None:
    assert next_check(note(PART, "paa_vej", date(2027, 12, 24))) == date(2028, 2, 29)


@pytest.mark.parametrize("status", ["naaet", "droppet"])
def test_what_is_reached_or_dropped_is_not_asked_about_again(status: goals.Status) -> None:
    part = note(PART, status, date(2027, 2, 28))
    assert (part.status, part.is_open, next_check(part)) == (status, False, None)


def test_a_changed_goal_keeps_its_old_words_and_is_counted_anew() -> None:
    part = change(PART, "Jeg vil kunne ringe op", date(2027, 2, 28), "Jeg ringer til min læge")
    assert (part.id, part.text, part.does) == ("d1", "Jeg vil kunne ringe op", PART.does)
    assert (part.history[-1].text, part.status, part.is_open) == (PART.text, "aendret", True)
    assert next_check(part) == date(2027, 5, 28)


def test_each_check_is_held_against_what_the_citizen_said_would_be_seen() -> None:
    assert expected_at(PART, date(2027, 2, 28)) == PART.three_months
    assert expected_at(PART, date(2027, 5, 30)) == PART.six_months


def test_part_goals_are_replaced_by_id_and_else_added() -> None:
    goal = Goal("h1", "Et job med dyr").with_part(PART)
    assert goal.with_part(note(PART, "paa_vej", SINCE)).parts[0].status == "paa_vej"
    assert [part.id for part in goal.with_part(PartGoal("d2", "Andet", SINCE)).parts] == ["d1", "d2"]


def test_a_goal_survives_being_written_down() -> None:
    goal = Goal("h1", "Et {job}", (change(note(PART, "paa_vej", SINCE), "Nyt", SINCE),))
    assert Goal.from_json(json.loads(json.dumps(goal.to_json()))) == goal


def test_no_answer_is_met_with_blame() -> None:
    assert goals.STATUS.keys() == goals.REPLIES.keys() == {"naaet", "paa_vej", "aendret", "droppet"}
    for word in ("desværre", "ikke nået", "hvorfor", "skulle"):
        assert word not in " ".join([goals.ASK, *goals.REPLIES.values()]).casefold()


@PATIENT
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.lists(st.integers(0, 900), max_size=5))
def test_the_next_question_lies_after_all_that_was_said_and_never_more_than_a_quarter(since: date, days: list[int]) -> None:
    part = PartGoal("d", "x", since)
    for after in sorted(days):
        part = note(part, "paa_vej", since + timedelta(days=after))
    said = max((each.on for each in part.history), default=since)
    following = next_check(part)
    assert following is not None
    assert said < following <= said + timedelta(days=93)


@pytest.mark.parametrize(
    "text",
    ["mentor", "Jeg vil have en mentor", "Praktik", "virksomhedspraktik", "en praktikplads", "Kursus i Excel", "kurser",
     "Bostøtte to gange om ugen", "mentorstøtte", "jobmentoren", "Jeg vil tale med en psykolog", "Løntilskud i en butik",
     "et forløb om angst", "hjælp til at finde en praktik", "støttekontaktperson"],
)  # fmt: skip
def test_a_goal_that_is_an_offer_is_known(text: str) -> None:
    assert is_offer(text)
    assert offers.ASK == "Hvad vil du opnå med det?"


@pytest.mark.parametrize(
    "text",
    ["Jeg vil arbejde med dyr", "Jeg vil have en mentor, så jeg tør ringe til en arbejdsgiver", "Praktik for at se faget",
     "Jeg vil blive psykolog", "Jeg vil læse psykologi", "være mentor for unge", "hurtigere sagsbehandling",
     "noget praktisk", "", "sove om natten", "arbejde som coach"],
)  # fmt: skip
def test_a_goal_that_says_what_it_is_for_is_none(text: str) -> None:
    assert not is_offer(text)


def test_a_municipality_may_have_a_list_of_its_own() -> None:
    assert is_offer("Kraftværket (spor 2)", ["kraftværket"])
    assert not is_offer("mentor", ["kraftværket"])
