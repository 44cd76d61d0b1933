"""The rules table: its worked examples, and more worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.measures.items import ITEMS, Measure
from afsaet.measures.prompts import TEXTS, for_caseworker, prompts
from afsaet.measures.rounds import Round
from afsaet.measures.rules import (
    SHIPPED,
    Thresholds,
    could_be_better,
    support_card,
    talk_about_help,
    talk_about_us,
    talk_before_meeting,
)
from afsaet.municipality import Municipality
from tests.measures.making import four, talk, totals

TENS = (10, 10, 10, 10)


@pytest.mark.parametrize(
    ("numbers", "total"),
    [
        ((6, 7, 5, 6), 24),  # the table's
        ((0, 0, 0, 0), 0),  # worked by hand: nothing is a number too
        ((10, 10, 10, 10), 40),
        ((6, "ikke_aktuelt", 5, 6), None),
        ((6, None, 5, 6), None),
    ],
)
def test_the_total_is_the_sum_of_four_numbers_or_none(numbers: tuple[int | str | None, ...], total: int | None) -> None:
    assert four("trivselstjek", 0, *numbers).total() == total


def test_a_measure_without_four_items_has_no_total() -> None:
    assert Round("1", "hjulet", talk(0, *TENS).at, {"hjul_ro": 4}).total() is None


@pytest.mark.parametrize(
    ("numbers", "due"),
    [
        ((7, 7, 8, 7), True),  # the table's: 29
        ((8, 7, 8, 7), False),  # the table's: 30
        ((6, 10, 10, 10), True),  # worked by hand: 36, but one item is 6
        ((7, 7, 7, 9), False),  # worked by hand: 30, and none under 7
        ((10, 10, 10, 0), True),
    ],
)
def test_a_talk_about_the_working_relation(numbers: tuple[int, ...], due: bool) -> None:
    assert talk_about_us([talk(0, *numbers)]) is due


def test_a_looks_at_the_latest_talk_only() -> None:
    assert not talk_about_us([talk(9, 8, 8, 8, 8), talk(2, 1, 1, 1, 1)])
    assert talk_about_us([talk(2, 8, 8, 8, 8), talk(9, 1, 1, 1, 1)])


@pytest.mark.parametrize(
    ("sums", "due"),
    [
        ((26, 21), True),  # the table's
        ((26, 25, 24), True),  # the table's
        ((26, 22), False),  # the table's
        ((26, 25, 25), False),  # worked by hand: the second is no fall
        ((24, 26, 22), False),  # worked by hand: 4 down, and only once
        ((30, 26, None, 21), True),  # worked by hand: the round without a total is passed over
        ((30, 20, None), False),  # worked by hand: the latest says nothing about a total
        ((26, 27, 26, 25), True),  # worked by hand: 27 → 26 → 25
        ((20, 26, 21, 26), False),  # worked by hand: the fall is over
        ((26,), False),
    ],
)
def test_b_talk_before_the_next_meeting(sums: tuple[int | None, ...], due: bool) -> None:
    assert talk_before_meeting(totals(*sums)) is due


@pytest.mark.parametrize(
    ("sums", "every", "due"),
    [
        ((20, 20, 19, 20), 28, True),  # the table's
        ((20, 21, 19, 18), 28, False),  # the table's
        ((20, 20, 20), 28, False),  # worked by hand: three are too few
        ((20, 20, 20, 20), 18, False),  # worked by hand: 54 days are not 8 weeks
        ((20, 20, 20, 20), 19, True),  # worked by hand: 57 days are
        ((10, 20, 20, 19, 20), 28, True),  # worked by hand: only the last four are looked at
        ((20, 19, 19, 21), 28, False),
        ((0, 0, 0, 0), 28, True),
        ((20, None, 19, 20), 28, False),  # worked by hand: three totals are too few
    ],
)
def test_c_something_about_the_help(sums: tuple[int | None, ...], every: int, due: bool) -> None:
    assert talk_about_help(totals(*sums, every=every)) is due


def test_eight_weeks_are_counted_by_the_calendar_when_the_clocks_are_changed() -> None:
    """From 15 February at ten to 12 April at ten are 56 days, and an hour less by the clock."""
    days = [(2, 15), (3, 1), (3, 20), (4, 12)]
    spring = [replace(each, at=each.at.replace(year=2027, month=month, day=day).astimezone(UTC))
              for each, (month, day) in zip(totals(20, 20, 20, 20), days, strict=True)]  # fmt: skip
    assert talk_about_help(spring)


@pytest.mark.parametrize(
    ("numbers", "due"),
    [
        ((5, 1, 4, 5), True),  # the table's
        ((5, 2, 4, 5), False),  # worked by hand
        ((0, 9, 9, 9), True),
        ((5, "ikke_aktuelt", None, 5), False),
    ],
)
def test_d_the_support_card(numbers: tuple[int | str | None, ...], due: bool) -> None:
    assert support_card(four("trivselstjek", 0, *numbers).values) is due


def test_d_is_due_before_the_round_is_whole_and_only_for_how_things_are() -> None:
    assert support_card({"trivsel_mig": 1})
    assert not support_card({"samtale_relation": 0, "hjul_ro": 0})


def test_e_is_asked_at_the_first_round_of_tens_and_then_at_every_third() -> None:
    rounds: list[Round] = []
    asked = []
    for number in range(7):
        rounds.append(talk(number, *TENS))
        asked.append(could_be_better(rounds))
    assert asked == [True, False, False, True, False, False, True]


def test_e_needs_tens_in_the_latest_talk() -> None:
    assert could_be_better([talk(0, *TENS)])
    assert not could_be_better([talk(0, *TENS), talk(1, 10, 10, 9, 10)])
    assert not could_be_better([])


def test_only_complete_rounds_count_anywhere() -> None:
    unfinished = talk(1, 1, 1, 1, 1, complete=False)
    assert not talk_about_us([talk(0, *TENS), unfinished])
    assert not talk_before_meeting([*totals(26), four("trivselstjek", 30, 1, 1, 1, 1, complete=False)])


def test_a_municipality_moves_the_lines() -> None:
    assert Thresholds.of(Municipality()) == SHIPPED
    assert not talk_about_us([talk(0, 6, 8, 8, 8)], replace(SHIPPED, talk_item=5))
    assert talk_before_meeting(totals(26, 23), replace(SHIPPED, fall=3))


# What is shown to whom


def rules_shown(rounds: list[Round]) -> list[str]:
    return [prompt.rule for prompt in prompts(rounds)]


def test_nothing_is_said_on_one_round() -> None:
    assert rules_shown([talk(0, 1, 1, 1, 1)]) == []
    assert rules_shown([talk(0, *TENS)]) == []
    assert rules_shown([talk(0, 1, 1, 1, 1), *totals(9)]) == []
    assert rules_shown([talk(0, 9, 9, 9, 9), talk(1, 1, 1, 1, 1)]) == ["samarbejde"]


def test_a_first_round_of_tens_does_not_use_up_the_turn() -> None:
    assert rules_shown([talk(0, *TENS), talk(1, *TENS)]) == ["bedre"]


def test_prompts_come_in_order_and_in_plain_words() -> None:
    rounds = [*totals(20, 20, 20, 10), talk(0, 8, 8, 8, 8), talk(1, 5, 8, 8, 8)]
    assert [prompt.text for prompt in prompts(rounds)] == [
        "Tal om samarbejdet. Hvad kunne I gøre lidt anderledes?",
        "Skal vi tale om det før næste møde?",
        "Er der noget ved hjælpen, du vil tale om?",
    ]


def test_no_prompt_and_no_measure_is_called_what_it_is_not() -> None:
    labels = " ".join([*TEXTS.values(), *(item.label for items in ITEMS.values() for item in items)])
    for word in ("alarm", "risiko", "advarsel", "ORS", "SRS", "score"):
        assert word not in labels


def test_a_caseworker_sees_nothing_that_is_not_shared() -> None:
    fall = [*totals(26), *totals(26, 10)[1:]]
    assert for_caseworker(fall) == ()
    assert [each.rule for each in for_caseworker([replace(each, shared=True) for each in fall])] == ["foer_moedet"]


def test_a_caseworker_does_not_see_a_prompt_that_the_citizen_was_not_shown() -> None:
    first, between, last = totals(26, 20, 21)
    rounds = [replace(first, shared=True), between, replace(last, shared=True)]
    assert prompts(rounds) == ()  # 20 → 21 is a rise; over the shared ones alone it would be 26 → 21
    assert for_caseworker(rounds) == ()


ROUNDS = st.lists(
    st.builds(
        lambda measure, on, numbers, complete, shared: four(measure, on, *numbers, complete=complete, shared=shared),
        st.sampled_from(["trivselstjek", "samtaletjek"]),
        st.integers(0, 400),
        st.lists(st.integers(0, 10), min_size=4, max_size=4),
        st.booleans(),
        st.booleans(),
    ),
    unique_by=lambda each: each.id,
    max_size=9,
)


@given(ROUNDS, st.randoms(use_true_random=False))
def test_the_order_in_which_rounds_come_changes_nothing(rounds: list[Round], chance: object) -> None:
    mixed = list(rounds)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert prompts(mixed) == prompts(rounds)
    assert for_caseworker(mixed) == for_caseworker(rounds)


@given(ROUNDS)
def test_what_a_caseworker_is_shown_the_citizen_was_shown_at_that_round(rounds: list[Round]) -> None:
    measures: dict[str, Measure] = {"samarbejde": "samtaletjek", "bedre": "samtaletjek", "foer_moedet": "trivselstjek",
                                    "hjaelpen": "trivselstjek"}  # fmt: skip
    for prompt in for_caseworker(rounds):
        latest = max(each.at for each in rounds if each.shared and each.complete
                     and each.measure == measures[prompt.rule])  # fmt: skip
        assert prompt in prompts([each for each in rounds if each.at <= latest])


@given(ROUNDS)
def test_what_is_not_shared_adds_nothing_to_what_a_caseworker_sees(rounds: list[Round]) -> None:
    sent = [each for each in rounds if each.shared]
    assert set(for_caseworker(rounds)) <= set(for_caseworker(sent))
