"""The wheel belongs to the citizen: areas are chosen, named, added and laid away, and their numbers stay with them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from afsaet.measures import followups
from afsaet.measures.areas import DEFAULTS
from afsaet.measures.progress import line
from afsaet.measures.rounds import Round, is_whole
from afsaet.measures.wheel import (
    CHOOSE,
    FEWEST,
    LONG_NAME,
    LONG_QUESTION,
    MOST,
    NO_NAME,
    SAME_NAME,
    TOO_FEW,
    TOO_MANY,
    Refused,
    Wheel,
    add,
    choose,
    label_of,
    link,
    rename,
    restore,
    retire,
    reword,
    sensitivity,
)
from tests.measures.making import START, made, setting

FOUR = ("hjul_tro", "hjul_krop", "hjul_hverdag", "hjul_sammen")
IDS = [area.id for area in DEFAULTS]


def done(result: Wheel | Refused) -> Wheel:
    assert isinstance(result, Wheel)
    return result


@pytest.fixture
def wheel() -> Wheel:
    return done(choose(Wheel(), FOUR))


def test_there_are_ten_areas_each_with_its_ends_and_none_is_chosen() -> None:
    assert len(DEFAULTS) == len({area.id for area in DEFAULTS}) == 10
    assert all(area.question and area.low != area.high for area in DEFAULTS)
    assert Wheel().active == ()
    assert not Wheel().ready


@pytest.mark.parametrize("count", range(11))
def test_four_to_eight_areas_are_chosen(count: int) -> None:
    chosen = choose(Wheel(), IDS[:count])
    assert (chosen == CHOOSE) is not (FEWEST <= count <= MOST)
    if isinstance(chosen, Wheel):
        assert [area.id for area in chosen.active] == IDS[:count]
        assert chosen.ready


def test_made_up_areas_count_among_them() -> None:
    own = done(add(done(add(Wheel(), "egen1", "Sove om natten")), "egen2", "Gå til banko"))
    assert [area.id for area in done(choose(own, ["egen1", "egen2", "hjul_tro", "hjul_ro"])).active] == [
        "hjul_tro", "hjul_ro", "egen1", "egen2"]  # fmt: skip


def test_choosing_anew_lays_away_and_forgets_nothing(wheel: Wheel) -> None:
    renamed = done(rename(wheel, "hjul_sammen", "deltage i frokostpauser"))
    again = done(choose(done(choose(renamed, IDS[:4])), FOUR))
    assert again == renamed


def test_an_area_gets_a_concrete_name_and_keeps_its_id(wheel: Wheel) -> None:
    renamed = done(rename(wheel, "hjul_sammen", "  deltage i\nfrokostpauser "))
    assert renamed.area("hjul_sammen").label == "deltage i frokostpauser"
    assert [area.id for area in renamed.active] == [area.id for area in wheel.active]


@pytest.mark.parametrize(("label", "why"), [(" ", NO_NAME), ("x" * 61, LONG_NAME), ("KROP og hoved", SAME_NAME)])
def test_a_name_that_cannot_be_used_is_met_kindly(wheel: Wheel, label: str, why: Refused) -> None:
    assert rename(wheel, "hjul_sammen", label) == why
    assert add(wheel, "egen", label) == why


def test_an_area_may_be_given_the_name_it_has(wheel: Wheel) -> None:
    assert rename(wheel, "hjul_krop", "Krop og hoved") == wheel


def test_the_help_question_is_the_citizens_to_write(wheel: Wheel) -> None:
    worded = done(reword(wheel, "hjul_krop", "Hvor tit går jeg en tur?"))
    assert worded.area("hjul_krop").question == "Hvor tit går jeg en tur?"
    assert done(reword(worded, "hjul_krop", "?", "aldrig", "hver dag")).area("hjul_krop").high == "hver dag"
    assert reword(wheel, "hjul_krop", "x" * 201) == LONG_QUESTION
    assert (worded.area("hjul_krop").low, worded.area("hjul_krop").high) == ("slet ikke godt", "rigtig godt")
    shipped = wheel.area("hjul_krop")
    assert done(reword(worded, "hjul_krop", shipped.question)).area("hjul_krop") == shipped


def test_a_made_up_area_has_ends_and_may_have_a_question(wheel: Wheel) -> None:
    area = done(add(wheel, "egen", "Sove om natten")).area("egen")
    assert (area.question, area.low, area.high, area.retired) == ("", "slet ikke godt", "rigtig godt", False)
    assert add(wheel, "egen", "Sove", "x" * 201) == LONG_QUESTION


def test_there_is_room_for_eight(wheel: Wheel) -> None:
    full = done(choose(wheel, IDS[:8]))
    assert add(full, "egen", "Sove") == TOO_MANY
    assert restore(full, IDS[8]) == TOO_MANY
    assert restore(full, IDS[0]) == full


def test_four_stay(wheel: Wheel) -> None:
    assert retire(wheel, "hjul_tro") == TOO_FEW
    five = done(add(wheel, "egen", "Sove"))
    without = done(retire(five, "hjul_tro"))
    assert "hjul_tro" not in {area.id for area in without.active}
    assert retire(without, "hjul_tro") == without
    assert done(restore(without, "hjul_tro")) == five


def test_what_is_not_chosen_to_the_end_may_be_laid_away_again() -> None:
    one = done(add(Wheel(), "egen", "Sove"))
    assert done(retire(one, "egen")).active == ()


def test_an_area_taken_up_again_may_not_have_the_name_of_another(wheel: Wheel) -> None:
    five = done(add(wheel, "egen", "Sove"))
    taken = done(rename(done(retire(five, "hjul_tro")), "egen", "Tro på job"))
    assert restore(taken, "hjul_tro") == SAME_NAME


def test_two_of_one_name_are_not_chosen_together(wheel: Wheel) -> None:
    twin = done(rename(done(rename(wheel, "hjul_ro", "Sove")), "hjul_tro", "Sove"))
    assert choose(twin, ["hjul_ro", *FOUR]) == SAME_NAME


def test_an_id_is_never_used_again(wheel: Wheel) -> None:
    gone = done(retire(done(add(wheel, "egen", "Sove")), "egen"))
    with pytest.raises(ValueError, match="never used again"):
        add(gone, "egen", "Noget andet")


def test_an_unknown_area_is_an_error_of_the_program(wheel: Wheel) -> None:
    for change in (lambda: rename(wheel, "borte", "x"), lambda: choose(wheel, [*IDS[:4], "borte"]),
                   lambda: retire(wheel, "borte"), lambda: restore(wheel, "borte")):  # fmt: skip
        with pytest.raises(KeyError):
            change()


def test_an_area_belongs_to_a_part_goal(wheel: Wheel) -> None:
    assert link(wheel, "hjul_krop", "delmaal1").area("hjul_krop").goal_id == "delmaal1"
    assert link(link(wheel, "hjul_krop", "delmaal1"), "hjul_krop", None) == wheel


def test_body_home_and_money_are_sensitive_and_so_is_whatever_the_citizen_words(wheel: Wheel) -> None:
    by_id = {area.id: sensitivity(area) for area in DEFAULTS}
    assert [area for area, how in by_id.items() if how == "følsom"] == ["hjul_krop", "hjul_hverdag", "hjul_ro"]
    assert sensitivity(done(rename(wheel, "hjul_tro", "drikke mindre")).area("hjul_tro")) == "følsom"
    assert sensitivity(done(reword(wheel, "hjul_tro", "Drikker jeg?")).area("hjul_tro")) == "følsom"
    assert sensitivity(done(add(wheel, "egen", "Sove")).area("egen")) == "følsom"


def test_names_are_translated_unless_the_citizen_wrote_them(wheel: Wheel) -> None:
    odd = done(rename(wheel, "hjul_krop", "{navn} og {}"))
    assert label_of(odd.area("hjul_tro"), setting("en")) == "Belief in a job"
    assert label_of(odd.area("hjul_krop"), setting("en")) == "{navn} og {}"


def test_a_wheel_survives_being_written_down(wheel: Wheel) -> None:
    own = link(done(add(wheel, "egen", "Æble {x}")), "egen", "m1")
    assert Wheel.from_json(json.loads(json.dumps(own.to_json()))) == own


# What a number is followed by


def test_nobody_is_asked_why_a_number_fell() -> None:
    assert not any("hvorfor" in text.casefold() for text in followups.TEXTS.values())


# Histories


class Histories(RuleBasedStateMachine):
    """A citizen who renames, rewords, adds, lays away, takes up again and answers, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.wheel = done(choose(Wheel(), FOUR))
        self.rounds: list[Round] = []
        self.told: dict[str, list[int]] = {}
        self.known = {area.id for area in DEFAULTS}

    def _take(self, result: Wheel | Refused) -> None:
        if isinstance(result, Wheel):
            self.wheel = result

    def _any(self, number: int) -> str:
        return self.wheel.areas[number % len(self.wheel.areas)].id

    @rule(number=st.integers(0, 30), label=st.text(max_size=70))
    def rename(self, number: int, label: str) -> None:
        self._take(rename(self.wheel, self._any(number), label))

    @rule(number=st.integers(0, 30), question=st.text(max_size=210))
    def reword(self, number: int, question: str) -> None:
        self._take(reword(self.wheel, self._any(number), question))

    @rule(label=st.text(max_size=70))
    def add(self, label: str) -> None:
        new = f"egen{len(self.known)}"
        self._take(add(self.wheel, new, label))
        self.known |= {area.id for area in self.wheel.areas}

    @rule(number=st.integers(0, 30))
    def retire(self, number: int) -> None:
        self._take(retire(self.wheel, self._any(number)))

    @rule(number=st.integers(0, 30))
    def restore(self, number: int) -> None:
        self._take(restore(self.wheel, self._any(number)))

    @rule(chosen=st.sets(st.integers(0, 30), max_size=9))
    def choose(self, chosen: set[int]) -> None:
        self._take(choose(self.wheel, [self._any(number) for number in chosen]))

    @rule(first=st.integers(0, 10))
    def answer(self, first: int) -> None:
        values = {area.id: (first + place) % 11 for place, area in enumerate(self.wheel.active)}
        assert is_whole("hjulet", values, [area.id for area in self.wheel.active])
        self.rounds.insert(0, made("hjulet", 0, values, id=str(len(self.rounds)),
                                   at=START + timedelta(hours=len(self.rounds))))  # fmt: skip
        for area, number in values.items():
            self.told.setdefault(area, []).append(number)

    @invariant()
    def no_history_is_lost_or_mixed(self) -> None:
        for area in self.known:
            assert [point.number for point in line(self.rounds, area)] == self.told.get(area, [])

    @invariant()
    def no_area_is_lost_or_twice_and_the_wheel_stays_ready(self) -> None:
        ids = [area.id for area in self.wheel.areas]
        assert len(ids) == len(set(ids))
        assert set(ids) == self.known
        assert self.wheel.ready
        names = [area.label.casefold() for area in self.wheel.active]
        assert len(names) == len(set(names))


Histories.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
test_no_order_of_changes_loses_or_mixes_a_history = Histories.TestCase
