"""Where the citizen stands: the latest picture, the same in words, and the ways on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from afsaet.assistant.attachments import made
from afsaet.measures.showing import attached, content_from, content_of
from tests.measures.rounding import CALM, FOUR, Rounder, chosen, meeting


def test_one_who_has_done_nothing_yet_reads_one_kind_sentence_and_how_to_begin():
    who = Rounder()
    who.command("udvikling")
    assert "Her kan du se, hvordan det går over tid." in who.said and who.picture is None
    assert {"Trivselstjek", "Hjulet", "Mit hjul", "Mine aftaler", "Menu"} <= who.buttons.keys()
    assert "Samtaletjek" not in who.buttons


def test_the_latest_picture_is_shown_with_the_same_as_text_and_the_others_lie_a_tap_away():
    who = Rounder(*FOUR)
    who.round("hjulet", 3, 4, 5, 6)
    who.later(1)
    who.round("trivselstjek", 6, 7, 5, 6)
    who.command("udvikling")
    assert who.picture is not None and who.picture.kind == "line"
    assert "• Mig selv, 0 til 10: 6" in who.said and "Det kommer, når du har svaret to gange." in who.said
    who.press("Se Hjulet")
    assert who.picture is not None and who.picture.kind == "wheel"
    assert "• Min hverdag: 5" in who.said


def test_a_picture_of_a_real_round_is_drawn_from_what_waits_in_the_outbox():
    who = Rounder(*FOUR, meetings=[meeting("samtale", date(2026, 9, 10))])
    for numbers in ((6, 7, "Ikke aktuelt for mig", 6), (7, 7, 5, 6)):
        who.round("trivselstjek", *numbers)
        who.later()
    who.round("hjulet", 3, 4, 5, 6)
    assert who.picture is not None
    drawn = made(who.picture)
    assert drawn.is_picture and drawn.content[:4] == b"\x89PNG" and drawn.name == "afsaet.png"
    for measure in ("trivselstjek", "hjulet"):
        content = content_of(measure, who.kept.rounds, who.wheel, who.setting)  # type: ignore[arg-type]
        assert content is not None
        assert content_from(attached(content, who.setting)) == content


def test_an_area_taken_up_again_is_in_the_picture_from_its_next_number_on():
    five = (*FOUR, "hjul_kunnen")
    who = Rounder(*five)
    who.round("hjulet", 2, 3, 4, 5, 6)
    who.later()
    who.go("hjul.vaek.hjul_kunnen")
    who.round("hjulet", 3, 4, 5, 6)
    who.go("hjul.op.hjul_kunnen")
    who.command("udvikling")
    assert "Det, jeg kan" not in who.said  # it has no number of the day that is named
    who.later()
    who.round("hjulet", 3, 4, 9, 5, 6)
    assert "Det, jeg kan: fra 4 til 9" in who.said


def test_what_has_become_of_an_area_that_came_later_is_seen_from_its_second_number_on():
    who = Rounder(*FOUR)
    who.round("hjulet", 2, 3, 4, 5)
    who.go("hjul.op.hjul_kunnen")
    who.later()
    who.round("hjulet", 2, 3, 2, 4, 5)
    assert "Det, jeg kan: 2 (nyt område)" in who.said
    who.later()
    who.round("hjulet", 2, 3, 6, 4, 5)
    assert "Det, jeg kan: fra 2 til 6, siden 29. september 2026" in who.said
    assert who.picture is not None
    assert content_from(who.picture) == content_of("hjulet", who.kept.rounds, who.wheel, who.setting)
    who.later()
    who.kept.card = replace(who.kept.card, wheel=chosen("hjul_kunnen", "hjul_krop", "hjul_folk", "hjul_sammen"))
    who.round("hjulet", 7, 1, 1, 1)
    assert "Første gang: 29. september 2026" in who.said  # none of the first round is on it any more
    assert "Det, jeg kan: fra 2 til 7\n" in who.said


def test_a_wheel_of_other_areas_without_numbers_is_not_called_private():
    who = Rounder(*CALM)
    who.round("hjulet", 2, 3, 4, 5)
    who.kept.card = Rounder("hjul_folk", "hjul_hverdag", "hjul_krop", "hjul_ro").kept.card
    who.command("udvikling")
    assert "private" not in who.said and "Her kan du se" in who.said
