"""Rounds: what is whole, what counts, what is shared, and what becomes of a number over time."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.measures.items import BY_ID, CHOICES, ITEMS, history_of
from afsaet.measures.progress import NOTHING_YET, Progress, line, percent_words, points_words, progress
from afsaet.measures.rounds import Round, counting, is_whole, shared
from afsaet.measures.sharing import Sharing
from tests.measures.making import day, four, made, setting, talk


def test_a_round_survives_being_written_down() -> None:
    kept = made("hjulet", 3, {"hjul_ro": 4, "hjul_tro": None}, words={"hjul_ro.hjalp": "En {god} ven"}, shared=True)
    assert Round.from_json(json.loads(json.dumps(kept.to_json()))) == kept


def test_a_round_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Round("1", "status", datetime(2026, 9, 1, 10), {})  # noqa: DTZ001


@pytest.mark.parametrize(
    ("measure", "values", "whole"),
    [
        ("trivselstjek", {"trivsel_mig": 5, "trivsel_naere": 5, "trivsel_andre": 5, "trivsel_samlet": 0}, True),
        ("trivselstjek", {"trivsel_mig": 5, "trivsel_naere": "ikke_aktuelt", "trivsel_andre": "ikke_aktuelt",
                          "trivsel_samlet": 5}, True),
        ("trivselstjek", {"trivsel_mig": "ikke_aktuelt", "trivsel_naere": 5, "trivsel_andre": 5,
                          "trivsel_samlet": 5}, False),
        ("trivselstjek", {"trivsel_mig": 5, "trivsel_naere": 5, "trivsel_andre": 5}, False),
        ("samtaletjek", {"samtale_relation": 11, "samtale_maal": 5, "samtale_metode": 5, "samtale_samlet": 5}, False),
        ("status", {"status_tro": 5, "status_helbred": 5, "status_socialt": 5, "status_timer": "0"}, True),
        ("status", {"status_tro": 5, "status_helbred": 5, "status_socialt": 5, "status_timer": "mange"}, False),
        ("tilfredshed", {"tilfreds_moede": "tilfreds", "tilfreds_hoert": "nej"}, True),
        ("tilfredshed", {"tilfreds_moede": "tilfreds", "tilfreds_bedre": "Mere tid"}, False),
        ("hjulet", {"hjul_ro": 4}, False),
        ("hjulet", {"hjul_ro": 4, "egen": 0}, True),
    ],
)  # fmt: skip
def test_a_round_is_whole_when_all_but_own_words_is_answered(measure: str, values: dict[str, object], whole: bool) -> None:
    assert is_whole(measure, values, ["hjul_ro", "egen"]) is whole  # type: ignore[arg-type]


def test_a_round_about_nothing_is_never_whole() -> None:
    assert not is_whole("hjulet", {}, [])


def test_the_health_like_items_are_marked_so_and_the_talk_is_confidential() -> None:
    assert {item.sensitivity for item in ITEMS["trivselstjek"]} == {"følsom"}
    assert BY_ID["status_helbred"].sensitivity == BY_ID["helbred_oplevelse"].sensitivity == "følsom"
    assert {item.sensitivity for item in ITEMS["samtaletjek"]} == {"fortrolig"}


def test_two_items_may_be_without_meaning_and_no_more() -> None:
    assert [item.id for item in BY_ID.values() if item.may_pass] == ["trivsel_naere", "trivsel_andre"]


def test_every_choice_has_its_answers() -> None:
    assert {item.id for item in BY_ID.values() if item.scale == "choice"} == CHOICES.keys()


# Sharing


def test_a_round_is_shared_when_the_citizen_sends_it_unless_they_keep_that_measure() -> None:
    kept = Sharing().keep("samtaletjek")
    assert Sharing().send(talk(0, 1, 1, 1, 1)).shared
    assert not kept.send(talk(0, 1, 1, 1, 1)).shared
    assert kept.send(four("trivselstjek", 0, 5, 5, 5, 5)).shared
    assert kept.share("samtaletjek") == Sharing()


def test_taking_it_back_concerns_what_is_to_come() -> None:
    sent = Sharing().send(talk(0, 9, 9, 9, 9))
    later = Sharing().keep("samtaletjek").send(talk(1, 9, 9, 9, 9))
    assert shared([later, sent]) == (sent,)


def test_an_unfinished_round_is_never_shared() -> None:
    assert not Sharing().send(talk(0, 9, 9, 9, 9, complete=False)).shared
    assert shared([talk(0, 9, 9, 9, 9, complete=False, shared=True)]) == ()


# Progress


def wheel(on: int, **numbers: int) -> Round:
    return made("hjulet", on, numbers)


@pytest.mark.parametrize(
    ("numbers", "points", "relative"),
    [
        ((4, 5), 1, 25.0),  # the table's
        ((0, 3), 3, None),  # the table's
        ((8, 2, 6), -2, -25.0),  # worked by hand: last - first, whatever lies between
        ((5, 0), -5, -100.0),  # worked by hand
        ((3, 3), 0, 0.0),
    ],
)
def test_the_progress_of_an_area(numbers: tuple[int, ...], points: int, relative: float | None) -> None:
    found = progress([wheel(on, area=number) for on, number in enumerate(numbers)], "area")
    assert found is not None
    assert (found.points, found.relative) == (points, relative)


def test_below_two_complete_rounds_there_is_nothing_to_say() -> None:
    assert progress([], "area") is None
    assert progress([wheel(0, area=4)], "area") is None
    assert progress([wheel(0, area=4), wheel(1, other=4)], "area") is None
    assert progress([wheel(0, area=4), made("hjulet", 1, {"area": 5}, complete=False)], "area") is None
    assert "endnu" in NOTHING_YET


def test_first_previous_and_latest() -> None:
    assert progress([wheel(on, area=number) for on, number in enumerate([2, 7, 5, 6])], "area") == Progress(2, 5, 6)


def test_what_is_asked_in_the_preparation_begins_the_line() -> None:
    begun = made("forberedelse", 0, {"maal_tro": 4, "helbred_oplevelse": 7})
    later = made("status", 30, {"status_tro": 5, "status_helbred": 7, "status_socialt": 3, "status_timer": "0"})
    assert [point.number for point in line([later, begun], "status_tro")] == [4, 5]
    assert line([later, begun], "maal_tro") == line([later, begun], "status_tro")
    assert progress([begun, later], "status_helbred") == Progress(7, 7, 7)
    assert progress([begun, later], "status_socialt") is None


def test_the_items_that_share_a_line_are_questions_of_the_preparation() -> None:
    assert {item.id for item in BY_ID.values() if item.line} == {"maal_tro", "helbred_oplevelse"}
    assert history_of("hjul_tro") == "hjul_tro"


@pytest.mark.parametrize(
    ("points", "danish", "english"),
    [(1, "+1", "+1"), (0, "0", "0"), (-2.5, "-2,5", "-2.5"), (0.04, "0", "0"), (33.333, "+33,3", "+33.3")],
)
def test_numbers_are_written_with_their_sign(points: float, danish: str, english: str) -> None:
    assert points_words(points, setting()) == danish
    assert points_words(points, setting("en")) == english


def test_percent_has_a_space_before_it_in_danish() -> None:
    assert percent_words(25, setting()) == "+25 %"
    assert percent_words(25, setting("en")) == "+25%"


NUMBERS = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 10), min_size=1)


@given(st.lists(st.tuples(NUMBERS, st.booleans()), max_size=8), st.randoms(use_true_random=False))
def test_no_order_of_rounds_loses_or_mixes_a_history(told: list[tuple[dict[str, int], bool]], chance: object) -> None:
    rounds = [made("hjulet", on, numbers, complete=whole) for on, (numbers, whole) in enumerate(told)]
    mixed = list(rounds)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    for area in ("a", "b", "c"):
        expected = [(day(on), numbers[area]) for on, (numbers, whole) in enumerate(told) if whole and area in numbers]
        assert [(point.at, point.number) for point in line(mixed, area)] == expected
    assert counting(mixed) == tuple(each for each in rounds if each.complete)
