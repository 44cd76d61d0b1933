"""Goals: the citizen's own words, what is seen in three and six months, and a small question that comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.flows.offers import is_offer
from afsaet.measures import goals
from afsaet.measures.goals import (
    Goal,
    PartGoal,
    change,
    coming_checks,
    expected_at,
    is_due,
    months_later,
    new_id,
    next_check,
    note,
    shared,
)

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


def test_a_part_goal_is_taken_out_and_the_others_stay() -> None:
    goal = Goal("h1", "Et job med dyr").with_part(PART).with_part(replace(PART, id="d2"))
    assert [part.id for part in goal.without_part("d1").parts] == ["d2"]


def test_a_question_is_due_from_its_day_until_something_is_said() -> None:
    assert not is_due(PART, date(2027, 2, 27))
    assert is_due(PART, date(2027, 2, 28)) and is_due(PART, date(2027, 9, 1))
    assert not is_due(note(PART, "paa_vej", date(2027, 2, 28)), date(2027, 3, 1))
    assert not is_due(note(PART, "droppet", date(2027, 2, 28)), date(2028, 3, 1))


def test_the_coming_questions_are_a_quarter_apart_and_end_when_nothing_is_said() -> None:
    assert coming_checks(PART) == (
        (3, date(2027, 2, 28)), (6, date(2027, 5, 30)), (9, date(2027, 8, 30)), (12, date(2027, 11, 30)),
    )
    assert coming_checks(note(PART, "paa_vej", date(2027, 6, 1)), 2) == ((9, date(2027, 8, 30)), (12, date(2027, 11, 30)))
    assert coming_checks(note(PART, "naaet", date(2027, 2, 28))) == ()


def test_only_what_is_shown_reaches_a_caseworker_and_no_earlier_words_with_it() -> None:
    mine, theirs = change(PART, "Jeg vil ringe", SINCE), replace(PART, id="d2", shared=True)
    assert not mine.shared and mine.history[-1].text == PART.text
    goal = Goal("h1", "Et job med dyr", (mine, replace(change(theirs, "Nyt", SINCE), shared=True)), earlier=("Et job",))
    [shown] = shared([goal])
    assert (shown.text, [part.text for part in shown.parts], shown.earlier) == ("", ["Nyt"], ())
    assert shown.parts[0].history == (goals.Note(SINCE, "aendret"),)
    assert shared([replace(goal, parts=(mine,))]) == ()
    assert shared([replace(goal, parts=(), shared=True)])[0].text == "Et job med dyr"


def test_new_words_are_shown_to_nobody_until_the_citizen_says_so() -> None:
    assert not change(replace(PART, shared=True, offer="mentor"), "Nyt", SINCE).shared


def test_no_two_goals_have_one_id() -> None:
    now = datetime(2026, 12, 1, 10, tzinfo=UTC)
    first = new_id("d", now, [])
    goal = Goal(new_id("h", now, []), "", (replace(PART, id=first),))
    assert len({first, new_id("d", now, [goal]), new_id("h", now, [goal]), goal.id}) == 4
    assert new_id("d", now + timedelta(seconds=1), []) != first
    assert first.isascii() and len(first) <= 8


def test_a_goal_survives_being_written_down() -> None:
    part = replace(change(note(PART, "paa_vej", SINCE), "Nyt", SINCE), who="os to", offer="mentor", shared=True)
    goal = Goal("h1", "Et {job}", (part,), "praktik", shared=True, earlier=("Et job",))
    assert Goal.from_json(json.loads(json.dumps(goal.to_json()))) == goal


def test_no_answer_is_met_with_blame() -> None:
    assert goals.STATUS.keys() == goals.REPLIES.keys() == {"naaet", "paa_vej", "aendret", "droppet"}
    for word in ("desværre", "ikke nået", "hvorfor", "skulle"):
        assert word not in " ".join([goals.ASK, *goals.REPLIES.values()]).casefold()


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
    assert is_offer("kraftværket", ["Kraftværket"])
    assert not is_offer("mentor", [])
