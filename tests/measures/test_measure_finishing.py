"""What a citizen has finished, as the rounds it makes."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from afsaet.flows.effects import RoundDone
from afsaet.measures import wheel
from afsaet.measures.finishing import round_of_plan, rounds_of
from afsaet.measures.progress import last_numbers
from afsaet.measures.rounds import Round
from afsaet.measures.wheel import Wheel
from tests.measures.making import day, made, talk

FOUR = {"trivsel_mig": 6, "trivsel_naere": 7, "trivsel_andre": 5, "trivsel_samlet": 6}
AREAS = ("hjul_tro", "hjul_retning", "hjul_kunnen", "hjul_ro")


def done(dialogue: str, values: dict[str, Any], words: dict[str, str] | None = None, *, whole: bool = True) -> list[Round]:
    chosen = wheel.choose(Wheel(), AREAS)
    assert isinstance(chosen, Wheel)
    names = (f"r{number}" for number in count(1))
    finished = RoundDone(dialogue, "r", day(1).isoformat(), values, words or {}, whole, shared=True)
    return rounds_of(finished, chosen, lambda: next(names))


def test_four_numbers_make_a_whole_round_that_nobody_sees_yet() -> None:
    assert done("trivselstjek", FOUR) == [Round("r1", "trivselstjek", day(1), FOUR)]


def test_not_relevant_is_an_answer_of_the_round() -> None:
    [found] = done("trivselstjek", {**FOUR, "trivsel_naere": "na"})
    assert found.complete
    assert found.values["trivsel_naere"] == "ikke_aktuelt"
    assert found.total() is None


def test_a_round_with_an_item_left_out_is_kept_and_does_not_count() -> None:
    [found] = done("trivselstjek", {"trivsel_mig": 6}, whole=False)
    assert not found.complete


def test_what_is_asked_along_with_it_makes_a_round_of_its_own() -> None:
    status = {"status_tro": 4, "status_helbred": 5, "status_socialt": 6, "status_timer": "1_5"}
    assert [(each.measure, dict(each.values), each.complete) for each in done("trivselstjek", {**FOUR, **status})] == [
        ("status", status, True), ("trivselstjek", FOUR, True)]
    assert [(each.measure, each.complete) for each in done("trivselstjek", {**FOUR, "status_tro": 4}, whole=False)] == [
        ("status", False), ("trivselstjek", True)]


def test_what_is_known_of_when_it_was_begun_is_kept_and_older_rounds_have_nothing_of_it() -> None:
    finished = RoundDone("trivselstjek", "r", day(2).isoformat(), {"trivsel_mig": 6}, {}, False, True,
                         begun=day(1).isoformat())
    [found] = rounds_of(finished, Wheel(), lambda: "id")
    assert found.started == day(1) and Round.from_json(found.to_json()) == found
    older = {name: value for name, value in found.to_json().items() if name != "begun"}
    assert Round.from_json(older).started == day(2)


def test_what_helped_stands_beside_its_area() -> None:
    own = {"hjul_ro_hjalp": "en ven", "hjul_tro_hjaelp_til": "at ringe", "hjalp": "andet"}
    [found] = done("hjulet", {**dict.fromkeys(AREAS, 5), "hjul_ro_hjalp": None}, own)
    assert found.complete
    assert found.words == {"hjul_ro.hjalp": "en ven", "hjul_tro.hjaelp_til": "at ringe", "hjalp": "andet"}
    assert set(found.values) == set(AREAS)


def test_a_wheel_of_which_an_area_was_not_asked_does_not_count() -> None:
    [found] = done("hjulet", dict.fromkeys(AREAS[:3], 5))
    assert not found.complete


def test_own_words_alone_are_kept_too() -> None:
    [found] = done("samtaletjek", {}, {"samtale_anderledes": "mere tid"}, whole=False)
    assert (found.measure, found.words, found.complete) == ("samtaletjek", {"samtale_anderledes": "mere tid"}, False)


def test_a_round_of_the_municipalitys_own_is_kept_under_its_name() -> None:
    assert done("vores_tjek", {"a": 3}) == [Round("r1", "vores_tjek", day(1), {"a": 3})]  # type: ignore[arg-type]


# A sent plan


def plan(**answers: Any) -> dict[str, Any]:
    given = [{"id": name, "state": "answered", "value": value, "answered_at": day(on).isoformat(timespec="seconds")}
             for name, (value, on) in answers.items()]
    return {"sections": [{"answers": given}]}


def test_a_sent_plan_begins_the_lines_with_the_numbers_in_it() -> None:
    assert round_of_plan(plan(maal_tro=(4, 0), maal_droem=("gartner", 0)), "r", day(1), []) == Round(
        "r", "forberedelse", day(1), {"maal_tro": 4}, shared=True)
    assert round_of_plan(plan(maal_droem=("gartner", 0)), "r", day(1), []) is None


@pytest.mark.parametrize(("answered", "counts"), [(1, False), (5, True)])
def test_a_number_sent_again_counts_only_if_it_has_been_given_anew(answered: int, counts: bool) -> None:
    earlier = [made("forberedelse", 2, {"maal_tro": 4}, shared=True)]
    again = round_of_plan(plan(maal_tro=(6, answered)), "r", day(6), earlier)
    assert (again is not None) is counts


def test_a_number_that_was_held_back_counts_when_it_is_sent_however_old_it_is() -> None:
    earlier = [made("forberedelse", 2, {"maal_tro": 4}, shared=True)]
    found = round_of_plan(plan(maal_tro=(4, 0), helbred_oplevelse=(3, 0)), "r", day(6), earlier)
    assert found is not None
    assert found.values == {"helbred_oplevelse": 3}


def test_a_number_that_is_not_answered_is_none() -> None:
    snapshot = plan(maal_tro=(4, 0))
    snapshot["sections"][0]["answers"][0]["state"] = "skipped"
    assert round_of_plan(snapshot, "r", day(1), []) is None


def test_an_area_taken_up_again_is_held_against_its_own_latest_number() -> None:
    earlier = [made("hjulet", 1, {"hjul_ro": 3, "hjul_tro": 8}), made("hjulet", 9, {"hjul_tro": 5}),
               made("hjulet", 12, {"hjul_ro": 9}, complete=False)]
    assert last_numbers(reversed(earlier)) == {"hjul_ro": 3, "hjul_tro": 5}


def test_a_new_number_is_held_against_the_latest_of_a_whole_round() -> None:
    half = made("samtaletjek", 9, {"samtale_relation": 1}, complete=False)
    earlier = [talk(1, 5, 5, 5, 5), talk(4, 6, 7, 8, 9), half, made("hjulet", 2, {"hjul_ro": 3})]
    assert last_numbers(earlier) == {"samtale_relation": 6, "samtale_maal": 7, "samtale_metode": 8, "samtale_samlet": 9,
                                     "hjul_ro": 3}
