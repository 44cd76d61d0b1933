"""The text for the plan: the citizen's own numbers, words and goals, and nothing that they have not shared."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from afsaet.measures.development import MOST, development
from afsaet.measures.goals import Goal, PartGoal, note
from afsaet.measures.rounds import Round
from afsaet.measures.wheel import Wheel, choose, rename
from tests.measures.making import four, made, setting, talk

FOUR = ("hjul_tro", "hjul_krop", "hjul_hverdag", "hjul_sammen")


def renamed() -> Wheel:
    wheel = choose(Wheel(), FOUR)
    assert isinstance(wheel, Wheel)
    concrete = rename(wheel, "hjul_sammen", "deltage i {frokostpauser}")
    assert isinstance(concrete, Wheel)
    return concrete


def wheel_round(on: int, *numbers: int, **more: object) -> Round:
    return made("hjulet", on, dict(zip(FOUR, numbers, strict=True)), **{"shared": True, **more})


ROUNDS = [
    wheel_round(0, 3, 0, 5, 4),
    wheel_round(30, 4, 2, 5, 4),
    wheel_round(60, 6, 3, 4, 4, words={"hjul_tro.hjalp": "Min {mentor}\nog min hund", "hjul_tro.ogsaa": "Min søvn",
                                       "hjul_hverdag.hjaelp_til": "At komme op"}),
]  # fmt: skip
PART = PartGoal("d1", "Jeg vil kunne tage telefonen", date(2026, 9, 1), "Jeg øver mig", "En gang om dagen", "Altid")
GOAL = Goal("h1", "Et job med dyr", (note(PART, "paa_vej", date(2026, 12, 1)), PartGoal("d2", "Andet", PART.since)))


def test_the_whole_text() -> None:
    state = [made("status", on, {"status_tro": tro, "status_helbred": 5, "status_socialt": 5, "status_timer": "0"},
                  shared=True) for on, tro in ((1, 2), (61, 3))]  # fmt: skip
    assert development([*reversed(ROUNDS), *state], renamed(), [GOAL], setting()) == """Udvikling siden sidst
Tallene er borgerens egne. Ikke en test. Ikke valideret.

Mine områder, fra 0 til 10
- Tro på job: først 3, forrige gang 4, nu 6 (+3, +100 %)
  Det har hjulpet: Min {mentor} og min hund
  Det er også godt for: Min søvn
- deltage i {frokostpauser}: først 4, forrige gang 4, nu 4 (0, 0 %)
- Krop og hoved: først 0, forrige gang 2, nu 3 (+3)
- Min hverdag: først 5, forrige gang 5, nu 4 (-1, -20 %)
  Det vil jeg gerne have hjælp til: At komme op

Hver måned, fra 0 til 10
- Min tro på job: først 2, forrige gang 2, nu 3 (+1, +50 %)
- Mit helbred: først 5, forrige gang 5, nu 5 (0, 0 %)
- Sammen med andre: først 5, forrige gang 5, nu 5 (0, 0 %)
- Timer i job: 0

Mit mål: Et job med dyr
- Delmål: Jeg vil kunne tage telefonen
  På vej, tirsdag den 1. december 2026
  Det gør jeg: Jeg øver mig
  Om tre måneder: En gang om dagen
  Om seks måneder: Altid
- Delmål: Andet"""


def test_it_can_be_had_in_english() -> None:
    text = development(ROUNDS, renamed(), [GOAL], setting("en"))
    assert "The numbers are the citizen's own. Not a test. Not validated." in text
    assert "- Belief in a job: first 3, last time 4, now 6 (+3, +100%)" in text


def test_what_is_not_shared_is_not_in_it() -> None:
    secret = wheel_round(90, 9, 9, 9, 9, shared=False, words={"hjul_tro.hjalp": "hemmelig"})
    unfinished = wheel_round(91, 9, 9, 9, 9, complete=False)
    assert development([*ROUNDS, secret, unfinished], renamed(), [], setting()) == development(
        ROUNDS, renamed(), [], setting())  # fmt: skip


def test_with_one_round_it_says_that_there_are_not_two_and_shows_the_numbers_without_a_development() -> None:
    text = development(ROUNDS[:1], renamed(), [], setting())
    assert text.splitlines()[2:] == [
        "", "Der er ikke to runder med tal endnu.", "", "Mine områder, fra 0 til 10", "- Tro på job: 3 (første gang)",
        "- deltage i {frokostpauser}: 4 (første gang)", "- Krop og hoved: 0 (første gang)",
        "- Min hverdag: 5 (første gang)"]  # fmt: skip


def test_nothing_shared_is_said_in_one_line() -> None:
    assert development([], renamed(), [], setting()).splitlines()[2:] == ["", "Der er ikke to runder med tal endnu."]


def test_a_trivselstjek_is_shown_by_itself_with_its_items_and_its_total() -> None:
    """Worked by hand: 20, 22 and 24 in all, and the second item 5, 5, 8."""
    told = [four("trivselstjek", 0, 5, 5, 5, 5, shared=True), four("trivselstjek", 28, 6, 5, 5, 6, shared=True),
            four("trivselstjek", 56, 4, 8, 6, 6, shared=True), four("trivselstjek", 60, 0, 0, 0, 0)]
    assert development(told, renamed(), [], setting()).splitlines()[2:] == [
        "", "Trivselstjek, fra 0 til 10",
        "- Mig selv: først 5, forrige gang 6, nu 4 (-1, -20 %)",
        "- Mine nærmeste: først 5, forrige gang 5, nu 8 (+3, +60 %)",
        "- Blandt andre: først 5, forrige gang 5, nu 6 (+1, +20 %)",
        "- Det hele: først 5, forrige gang 6, nu 6 (+1, +20 %)",
        "- I alt, fra 0 til 40: først 20, forrige gang 22, nu 24 (+4)"]  # fmt: skip


def test_what_is_not_relevant_now_has_no_number_and_no_total_now() -> None:
    told = [four("trivselstjek", 0, 5, 5, 5, 5, shared=True), four("trivselstjek", 28, 6, "ikke_aktuelt", 5, 6, shared=True)]
    said = development(told, renamed(), [], setting()).splitlines()
    assert "- Mine nærmeste: ikke aktuelt nu" in said
    assert "- I alt, fra 0 til 40: intet tal nu, for noget er ikke aktuelt" in said


def test_a_samtaletjek_and_an_answer_after_the_meeting_are_shown_by_themselves() -> None:
    asked = {"tilfreds_moede": "meget_tilfreds", "tilfreds_hoert": "ja"}
    told = [talk(0, 7, 7, 8, 7, shared=True), talk(28, 8, 7, 8, 7, shared=True),
            made("tilfredshed", 30, asked, words={"tilfreds_vigtigst": "At jeg\nmå øve mig"}, shared=True)]
    said = development(told, renamed(), [], setting()).splitlines()[2:]
    assert said[:3] == ["", "Samtaletjek, fra 0 til 10", "- Os to: først 7, forrige gang 7, nu 8 (+1, +14,3 %)"]
    assert said[6:] == ["- I alt, fra 0 til 40: først 29, forrige gang 29, nu 30 (+1)", "", "Efter mødet",
                        "- Mødet: meget tilfreds", "- Blev jeg hørt?: ja",
                        "- Det vigtigste i planen: At jeg må øve mig"]  # fmt: skip


def test_what_should_be_different_next_time_stands_below_the_total_as_it_was_said_last() -> None:
    told = [talk(on, 8, 7, 8, 7, words={"samtale_anderledes": words}, shared=True)
            for on, words in ((0, "Kaffe"), (28, "Mere\ntid"))]
    said = development(told, renamed(), [], setting()).splitlines()
    assert said[-2:] == ["- I alt, fra 0 til 40: først 30, forrige gang 30, nu 30 (0)", "- Næste gang: Mere tid"]


def test_who_does_it_and_what_help_was_named_first_stand_with_a_goal() -> None:
    part = PartGoal("d1", "Ringe selv", PART.since, "Jeg øver mig", "Jeg ringer til en", who="Mig, og min søster",
                    offer="en mentor")
    said = development([], renamed(), [Goal("h1", "Et job", (part,), offer="en praktik")], setting()).splitlines()
    assert said[-8:] == [
        "", "Mit mål: Et job", "  Det kan hjælpe mig: en praktik", "- Delmål: Ringe selv", "  Det gør jeg: Jeg øver mig",
        "  Hvem gør det: Mig, og min søster", "  Om tre måneder: Jeg ringer til en", "  Det kan hjælpe mig: en mentor"]


def test_an_area_laid_away_is_not_talked_of() -> None:
    wheel = choose(renamed(), [*FOUR[1:], "hjul_ro"])
    assert isinstance(wheel, Wheel)
    assert "Tro på job" not in development(ROUNDS, wheel, [], setting())


def test_of_a_goal_that_is_reached_only_that_is_said() -> None:
    goal = Goal("h1", "x", (note(PART, "naaet", date(2026, 12, 1)),))
    assert development([], renamed(), [goal], setting()).splitlines()[-2:] == [
        "- Delmål: Jeg vil kunne tage telefonen", "  Nået, tirsdag den 1. december 2026"]  # fmt: skip


def test_long_words_are_cut_only_where_there_is_not_room() -> None:
    long = {f"{area}.{which}": "ord " * 900 for area in FOUR for which in ("hjalp", "ogsaa")}
    text = development([ROUNDS[0], wheel_round(60, 6, 3, 4, 4, words=long)], renamed(), [GOAL], setting())
    assert len(text) < MOST
    assert text.count("ord…") == len(long)
    assert text.endswith("- Delmål: Andet")  # nothing but the long texts has given way


@settings(max_examples=30)
@given(st.lists(st.text(max_size=3000), min_size=1, max_size=60))
def test_it_is_never_4000_characters_whatever_was_written(texts: list[str]) -> None:
    parts = tuple(PartGoal(str(number), text, PART.since, text, text, text) for number, text in enumerate(texts))
    words = dict.fromkeys((f"{area}.hjalp" for area in FOUR), texts[0])
    text = development([ROUNDS[0], wheel_round(60, 6, 3, 4, 4, words=words)], renamed(),
                       [Goal("h", texts[0], parts)], setting())  # fmt: skip
    assert len(text) < 4000
    assert text.startswith("Udvikling siden sidst\nTallene er borgerens egne.")


def test_more_than_there_is_room_for_ends_with_a_whole_line() -> None:
    parts = tuple(PartGoal(str(number), "y" * 400, PART.since, "y" * 400) for number in range(90))
    text = development([], renamed(), [Goal("h", "x", parts)], setting())
    assert 3800 < len(text) < MOST
    assert text.endswith("…\n…")
