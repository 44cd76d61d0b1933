"""Group figures: what they are computed from, and that none about few people can be had, not even by subtraction."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afsaet.measures.figures import TARGETS, Figure, Name, Person, figures, last_closed
from afsaet.measures.rounds import Round, Value
from afsaet.measures.suppression import Path, publishable
from tests.measures.making import day, made

UNTIL = date(2026, 12, 31)
EVERYBODY: Path = ()


def status(on: int, tro: int, **more: object) -> Round:
    values: dict[str, Value] = {"status_tro": tro, "status_helbred": 5, "status_socialt": 5, "status_timer": "0"}
    return made("status", on, values, **{"shared": True, **more})


def person(first: int, last: int, *place: str) -> Person:
    return Person(place, [status(0, first), status(60, last)])


def answered(answer: str, *place: str, days: int = 7) -> Person:
    """Somebody who was at a meeting on 1 September and answered so many days later."""
    values: dict[str, Value] = {"tilfreds_moede": answer, "tilfreds_hoert": "ja"}
    return Person(place, [made("tilfredshed", days, values, id="t", shared=True)], {"t": date(2026, 9, 1)})


def figure(name: Name, people: list[Person], *group: str, until: date = UNTIL) -> Figure:
    return next(each for each in figures(people, until) if (each.name, each.group) == (name, group))


# What they are computed from


def test_the_targets_are_the_sources() -> None:
    assert {name: target.percent for name, target in TARGETS.items()} == {
        "delmaal": 10, "tro": 20, "helbred": 10, "socialt": 15, "tilfreds": 85}  # fmt: skip


def test_points_and_percent_are_means_over_citizens() -> None:
    """Worked by hand: +1 +2 +0 -1 +3 +0 in six; 25 % + 40 % + 0 % - 10 % + 0 % in the five that did not begin at 0."""
    people = [person(4, 5), person(5, 7), person(3, 3), person(10, 9), person(0, 3), person(5, 5)]
    found = figure("tro", people)
    assert found.points == pytest.approx(5 / 6)
    assert found.percent == pytest.approx((25 + 40 + 0 - 10 + 0) / 5)


def test_a_percentage_that_fewer_than_five_have_is_not_shown() -> None:
    found = figure("tro", [person(4, 5), person(5, 7), person(3, 3), person(10, 9), person(0, 3)])
    assert (found.points, found.percent) == (1.0, None)


def test_part_goals_are_the_mean_of_each_citizens_areas() -> None:
    """Worked by hand: (+2 +0) ÷ 2 = +1 point, and (50 % + 0 %) ÷ 2 = 25 % for each of five."""
    rounds = [made("hjulet", 0, {"a": 4, "b": 3, "c": 9}, shared=True), made("hjulet", 9, {"a": 6, "b": 3}, shared=True)]
    found = figure("delmaal", [Person((), rounds)] * 5)
    assert (found.points, found.percent) == (1.0, 25.0)


def test_what_was_asked_in_the_preparation_begins_the_figure_of_belief() -> None:
    begun = made("forberedelse", 0, {"maal_tro": 2, "helbred_oplevelse": 5}, shared=True)
    found = figure("tro", [Person((), [begun, status(30, 3)])] * 5)
    assert (found.points, found.percent) == (1.0, 50.0)


def test_four_are_too_few_and_five_are_not() -> None:
    assert figure("tro", [person(4, 5)] * 4) == Figure("tro", EVERYBODY, None, None)
    assert figure("tro", [person(4, 5)] * 5) == Figure("tro", EVERYBODY, 1.0, 25.0)


def test_only_shared_complete_rounds_until_that_day_count() -> None:
    late = Person((), [status(0, 4), status(200, 5)])
    kept = Person((), [status(0, 4), status(60, 5, shared=False)])
    unfinished = Person((), [status(0, 4), status(60, 5, complete=False)])
    for other in (late, kept, unfinished):
        assert figure("tro", [person(4, 5)] * 4 + [other]).points is None
    assert figure("tro", [person(4, 5)] * 4 + [late], until=date(2027, 12, 31)).points == 1.0


def test_satisfied_is_the_share_of_the_two_best_answers() -> None:
    """The table's: 6 of 8."""
    answers = ["meget_tilfreds"] * 2 + ["tilfreds"] * 4 + ["hverken_eller", "meget_utilfreds"]
    found = figure("tilfreds", [answered(each) for each in answers])
    assert (found.points, found.percent) == (None, 75.0)


def test_an_answer_counts_on_the_45th_day_and_not_on_the_46th() -> None:
    five = [answered("tilfreds", days=45)] * 5
    assert figure("tilfreds", five).percent == 100.0
    assert figure("tilfreds", [*five[:4], answered("tilfreds", days=46)]).percent is None
    assert figure("tilfreds", [*five, answered("utilfreds", days=46)]).percent == 100.0


def test_one_who_answered_about_two_meetings_is_one_person_with_two_answers() -> None:
    values: dict[str, Value] = {"tilfreds_moede": "utilfreds", "tilfreds_hoert": "nej"}
    both = [made("tilfredshed", 7, values, id=each, shared=True) for each in ("t1", "t2")]
    twice = Person((), both, {"t1": date(2026, 9, 1), "t2": date(2026, 9, 3)})
    assert figure("tilfreds", [answered("tilfreds")] * 3 + [twice]).percent is None
    assert figure("tilfreds", [answered("tilfreds")] * 4 + [twice]).percent == pytest.approx(100 * 4 / 6)


@pytest.mark.parametrize(
    ("today", "last"),
    [("2026-01-01", "2025-12-31"), ("2026-03-31", "2025-12-31"), ("2026-04-01", "2026-03-31"),
     ("2026-12-24", "2026-09-30")],
)  # fmt: skip
def test_figures_end_with_the_quarter_before(today: str, last: str) -> None:
    assert last_closed(date.fromisoformat(today)) == date.fromisoformat(last)


def test_who_has_answered_nothing_since_the_last_figure_is_in_no_later_one() -> None:
    """Of six people one has a new number; an area that is new on the wheel brings no progress of its own yet."""
    since: dict[Name, date] = {"tro": date(2026, 9, 30), "delmaal": date(2026, 9, 30), "tilfreds": date(2026, 9, 30)}
    early = Person((), [status(0, 1), status(20, 9), made("hjulet", 0, {"a": 1}, shared=True),
                        made("hjulet", 20, {"a": 9}, shared=True), made("hjulet", 60, {"b": 3}, shared=True)])
    late = Person((), [status(0, 4), status(60, 5), made("hjulet", 0, {"a": 4}, shared=True),
                       made("hjulet", 60, {"a": 5}, shared=True)])
    found = {each.name: each for each in figures([early] * 5 + [late] * 4 + [answered("tilfreds")] * 5, UNTIL, since=since)}
    assert [found[name].percent for name in ("tro", "delmaal", "tilfreds")] == [None, None, None]
    found = {each.name: each for each in figures([early] * 5 + [late] * 5, UNTIL, since=since)}
    assert [found[name].percent for name in ("tro", "delmaal")] == [25.0, 25.0]


QUARTERS = [day(90 * number).date() for number in range(4)]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("xy"), st.lists(st.booleans(), min_size=4, max_size=4), st.integers(1, 4)),
                min_size=1, max_size=18))  # fmt: skip
def test_no_figure_of_a_later_quarter_has_a_value_of_an_earlier_one_in_it(told: list[tuple[str, list[bool], int]]) -> None:
    """An attacker keeps every quarter's sums: what stands in two of them would go out when they are subtracted, and
    leave the few who came, went or answered between. So each sum is of new values alone, at least five."""
    given_until: dict[Name, date] = {}
    seen: set[tuple[int, int]] = set()
    for quarter, until in enumerate(QUARTERS):
        people, sizes = [], []
        for number, (place, answers, leaves) in enumerate(told):
            if quarter >= leaves:  # has deleted everything
                continue
            days = [each for each in range(quarter + 1) if answers[each]]
            own = [status(-10, 0), *(status(90 * each - 5, 1 + each) for each in days)]
            people.append(Person((place,), own))
            sizes.append((number, max(days, default=-1)))
        found = [each for each in figures(people, until, since=given_until) if each.name == "tro"]
        fresh = {(who, last) for who, last in sizes
                 if last >= 0 and day(90 * last - 5).date() > given_until.get("tro", date.min)}
        for each in found:
            inside = {(who, last) for who, last in fresh if each.group in ((), (told[who][0],))}
            if each.points is not None:
                assert len(inside) >= 5
                assert each.points == pytest.approx(sum(1 + last for _who, last in inside) / len(inside))
        if any(each.points is not None for each in found):
            assert not fresh & seen
            seen |= fresh
            given_until["tro"] = until


# What cannot be had


def shown(groups: dict[str, int]) -> set[str]:
    """Which groups of one level are shown, "" being everybody."""
    leaves: list[Path] = [(name,) for name, size in groups.items() for _ in range(size)]
    return {"/".join(path) for path in publishable(leaves, 5)}


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"bo": 8, "eva": 4}, {""}),  # 12 - 8 would be the 4
        ({"bo": 8, "eva": 5}, {"", "bo", "eva"}),
        ({"bo": 8, "eva": 3, "ib": 2}, {"", "bo"}),  # the rest are five together
        ({"bo": 8, "eva": 4, "ib": 6}, {"", "bo"}),  # the smaller is held back beside the 4
        ({"bo": 4}, set()),
        ({"bo": 5}, {"", "bo"}),
        ({"bo": 2, "eva": 2}, set()),
    ],
)
def test_another_group_is_held_back_where_subtraction_would_give_one_away(groups: dict[str, int], expected: set[str]) -> None:
    assert shown(groups) == expected


def test_groups_within_groups_are_seen_together() -> None:
    """Each profile hides one caseworker; everybody less the two profiles and the other caseworkers is nobody."""
    leaves: list[Path] = [("a", "bo")] * 7 + [("a", "eva")] * 4 + [("b", "ib")] * 9
    assert publishable(leaves, 5) == {(), ("a",), ("b",), ("b", "ib")}


def test_figures_of_a_group_held_back_are_not_there() -> None:
    people = [person(4, 5, "bo")] * 8 + [person(4, 9, "eva")] * 4
    assert figure("tro", people).points == pytest.approx(28 / 12)
    assert figure("tro", people, "bo").points is None
    assert figure("tro", people, "eva") == Figure("tro", ("eva",), None, None)


LEAVES = (st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("12"))
          | st.tuples(st.sampled_from("ab")))  # fmt: skip
SIZES = st.dictionaries(LEAVES, st.integers(1, 9), min_size=1, max_size=6)
ENOUGH = st.dictionaries(LEAVES, st.integers(5, 9), min_size=1, max_size=6)


def inside(leaves: list[Path], group: Path) -> frozenset[int]:
    """Who is in the group, as numbers."""
    return frozenset(number for number, leaf in enumerate(leaves) if leaf[:len(group)] == group)


def independent(rows: list[list[Fraction]]) -> int:
    """The rank of a matrix."""
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((index for index in range(rank, len(rows)) if rows[index][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for index in range(rank + 1, len(rows)):
            factor = rows[index][column] / rows[rank][column]
            rows[index] = [one - factor * other for one, other in zip(rows[index], rows[rank], strict=True)]
        rank += 1
    return rank


@settings(max_examples=60)
@given(SIZES)
def test_no_sum_or_difference_of_shown_groups_is_about_fewer_than_five(sizes: dict[Path, int]) -> None:
    """All that can be had from sums of groups, with whatever factors, has at least five people in it.

    A combination about nobody but some few exists exactly where leaving out those few makes the groups depend on one
    another. People of the same leaf are always together in it, so whole leaves are left out.
    """
    leaves = [leaf for leaf, size in sizes.items() for _ in range(size)]
    groups = [inside(leaves, group) for group in publishable(leaves, 5)]
    kinds = {leaf: leaves.index(leaf) for leaf in sizes}

    def rank_without(left_out: tuple[Path, ...]) -> int:
        kept = [number for leaf, number in kinds.items() if leaf not in left_out]
        return independent([[Fraction(number in group) for number in kept] for group in groups])

    whole = rank_without(())
    for count in range(1, len(kinds) + 1):
        for few in combinations(kinds, count):
            if sum(sizes[leaf] for leaf in few) < 5:
                assert rank_without(few) == whole, few


@settings(max_examples=60)
@given(SIZES)
def test_no_two_shown_groups_give_away_a_third_by_subtraction(sizes: dict[Path, int]) -> None:
    leaves = [leaf for leaf, size in sizes.items() for _ in range(size)]
    groups = [inside(leaves, group) for group in publishable(leaves, 5)]
    assert all(len(group) >= 5 for group in groups)
    for one, other in combinations(groups, 2):
        assert len(one - other) not in range(1, 5) or not other <= one
        assert len(other - one) not in range(1, 5) or not one <= other


@settings(max_examples=60)
@given(ENOUGH)
def test_nothing_is_held_back_without_need(sizes: dict[Path, int]) -> None:
    """Where every group has enough people in it, every figure is shown."""
    leaves = [leaf for leaf, size in sizes.items() for _ in range(size)]
    counted = Counter(leaf[:depth] for leaf in leaves for depth in range(len(leaf) + 1))
    assert publishable(leaves, 5) == counted.keys()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(1, 10), st.integers(0, 10)), min_size=1, max_size=25))
def test_the_sum_of_a_group_held_back_is_not_the_difference_of_what_is_shown(told: list[tuple[str, int, int]]) -> None:
    """Somebody who knows how many are in each group takes the shown sums from the whole."""
    people = [person(first, last, place) for place, first, last in told]
    sizes = Counter(place for place, _first, _last in told)
    found = {each.group: each for each in figures(people, UNTIL) if each.name == "tro"}
    hidden = [place for place in sizes if found[(place,)].points is None]
    if found[EVERYBODY].points is None:
        assert len(hidden) == len(sizes)
    else:
        assert not hidden or sum(sizes[place] for place in hidden) >= 5
        assert len(hidden) != 1 or sizes[hidden[0]] >= 5
