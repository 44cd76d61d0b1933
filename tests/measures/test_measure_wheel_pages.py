"""The pages of the wheel: choosing, naming, laying away and taking up its areas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from afsaet.flows.inputs import Tap
from afsaet.measures.goals import Goal, PartGoal
from tests.measures.rounding import FOUR, Rounder


def test_an_old_button_that_lays_an_area_away_leads_to_the_wheel():
    who = Rounder(*FOUR, "hjul_folk")
    who.go("hjul.se.hjul_folk")
    old = Tap(who.buttons["Læg det væk"], who.conversation.ask - 1)
    who.give(old)
    assert "Tryk på et område for at ændre det." in who.said and len(who.wheel.active) == 5


def test_four_to_eight_areas_are_chosen_and_fewer_are_refused_with_the_ticks_kept():
    who = Rounder()
    who.command("udvikling")
    who.press("Hjulet", "Vælg områder", "Tro på job", "Min retning", "Færdig")
    assert "Vælg 4-8 områder" in who.said and who.wheel.active == ()
    who.press("Vælg igen")
    assert "☑ Tro på job" in str(who.seen.rows)
    who.press("Mine muligheder", "Flere ›", "Mine folk", "Færdig")
    assert [area.id for area in who.wheel.active] == ["hjul_tro", "hjul_retning", "hjul_muligheder", "hjul_folk"]
    assert "Dit hjul er klar." in who.said
    assert who.conversation.sessions["hjul_vaelg"].answers == {}


def test_an_area_is_made_up_by_writing_it():
    who = Rounder(*FOUR)
    who.go("hjul.vaelg")
    who.write("deltage i frokostpauser")
    who.write("samarbejde")
    who.press("Færdig")
    assert [(area.id, area.label) for area in who.wheel.active[4:]] == [
        ("eget_1", "deltage i frokostpauser"), ("eget_2", "samarbejde")]
    who.go("hjul.vaek.eget_1")
    who.go("hjul.vaelg")
    who.write("gå tur")
    who.press("Færdig")
    assert [area.id for area in who.wheel.active[4:]] == ["eget_2", "eget_3"]


def test_more_than_eight_are_refused():
    who = Rounder(*FOUR)
    who.go("hjul.vaelg")
    for name in ("a", "b", "c", "d", "e"):
        who.write(name)
    who.press("Færdig")
    assert "Vælg 4-8 områder" in who.said and len(who.wheel.areas) == 10


def test_an_area_is_renamed_and_asked_about_in_the_citizens_words_with_its_numbers_kept():
    who = Rounder(*FOUR)
    who.round("hjulet", 3, 4, 5, 6)
    who.go("hjul.se.hjul_hverdag")
    assert "Jeg spørger: Hvor godt får du søvn" in who.said and "Dine tal til nu: 5" in who.said
    who.press("Giv det et andet navn")
    assert "deltage i frokostpauser" in who.said
    who.write("deltage i frokostpauser")
    assert "Området har fået et nyt navn." in who.said and "Dine tal til nu: 5" in who.said
    who.press("Skriv et andet spørgsmål")
    who.write("Hvor let er det for mig at gå med?")
    assert "Jeg spørger: Hvor let er det for mig at gå med?" in who.said
    who.later()
    who.go("begynd.hjulet")
    who.press(3, 4)
    assert "Hvor let er det for mig at gå med?\n\ndeltage i frokostpauser" in who.said
    who.press(7, "Spring over", "Spring over", 6, "Gem kun til mig")
    assert "• deltage i frokostpauser: fra 5 til 7" in who.said


def test_a_name_that_is_too_long_or_taken_is_refused_and_nothing_is_changed():
    who = Rounder(*FOUR)
    for words, why in (("x" * 61, "Navnet er for langt"), ("tro på JOB", "allerede et område")):
        who.go("hjul.navn.hjul_ro")
        who.write(words)
        assert why in who.said and who.effects == ()
        assert who.wheel.area("hjul_ro").label == "Ro på bolig og penge"


def test_going_back_or_skipping_changes_nothing():
    for way in ("Tilbage", "Spring over"):
        for what in ("navn.hjul_ro", "spm.hjul_ro", "vaelg"):
            who = Rounder(*FOUR)
            before = who.wheel
            who.go(f"hjul.{what}")
            who.press(way)
            assert who.wheel == before and not who.conversation.open


def test_an_area_is_laid_away_and_taken_up_again_with_its_numbers():
    who = Rounder(*FOUR, "hjul_folk")
    who.round("hjulet", 3, 4, 5, 2, 6)
    who.go("hjul.vaek.hjul_ro")
    assert "Tallene er gemt." in who.said and "hjul_ro" not in [area.id for area in who.wheel.active]
    who.go("hjul.vaek.hjul_folk")
    assert "mindst 4 områder" in who.said and len(who.wheel.active) == 4
    who.go("hjul.op.hjul_ro")
    assert "med i dit hjul igen" in who.said and "Dine tal til nu: 6" in who.said
    who.command("udvikling")
    assert "• Ro på bolig og penge: 6" in who.said


def test_an_area_taken_up_again_is_asked_what_helped_since_it_was_laid_away():
    who = Rounder(*FOUR, "hjul_folk")
    who.round("hjulet", 3, 4, 5, 2, 6)
    who.go("hjul.vaek.hjul_ro")
    who.later()
    who.round("hjulet", 3, 4, 5, 6)
    who.go("hjul.op.hjul_ro")
    who.later()
    who.go("begynd.hjulet")
    who.press(3, 4, 5)
    while "Hvor meget ro" not in who.said:
        who.press(6)
    who.press(7)  # it was 6 when it was laid away
    assert "Hvad tror du, der har hjulpet?" in who.said


def test_a_double_tap_on_laying_away_does_no_more_than_one():
    who = Rounder(*FOUR, "hjul_folk", "hjul_krop")
    who.go("hjul.se.hjul_ro")
    tap = Tap(who.buttons["Læg det væk"], who.conversation.ask)
    who.give(tap)
    who.give(tap)
    assert who.effects == () and len(who.wheel.active) == 5


def test_an_area_is_tied_to_a_part_goal_and_to_none():
    part = PartGoal("0123456789abcdef", "tage bussen selv", date(2026, 9, 1))
    who = Rounder(*FOUR)
    who.kept.card = replace(who.kept.card, goals=(Goal("g", "et job", (part,)),))
    who.go("hjul.se.hjul_hverdag")
    who.press("Knyt det til et delmål", "tage bussen selv")
    assert who.wheel.area("hjul_hverdag").goal_id == part.id and "Hører til dit delmål: tage bussen selv" in who.said
    who.press("Knyt det til et delmål", "Ikke til noget delmål")
    assert who.wheel.area("hjul_hverdag").goal_id is None


def test_a_personal_number_is_no_name_and_distress_in_a_name_brings_the_card():
    who = Rounder(*FOUR)
    who.go("hjul.navn.hjul_ro")
    who.write("010170-1234")
    assert "CPR-nummer" in who.said and "010170" not in str(who.wheel)
    who.write("jeg vil dø")
    assert "så tal med nogen" in who.said and not who.conversation.open


def test_while_a_round_is_half_way_the_wheel_can_be_changed_and_the_round_goes_on():
    who = Rounder(*FOUR, "hjul_folk")
    who.go("begynd.hjulet")
    who.press(3, 4)
    who.go("hjul.navn.hjul_hverdag")
    who.write("sove om natten")
    who.go("hjul.vaek.hjul_folk")
    who.go("begynd.hjulet")
    assert "sove om natten" in who.said and "Spørgsmål 3 af 4" in who.said
    who.press(5, 6, "Gem kun til mig")
    assert who.kept.rounds[-1].values == {"hjul_tro": 3, "hjul_retning": 4, "hjul_hverdag": 5, "hjul_ro": 6}
