"""A dialogue's file is changed while a citizen is under way: every answer is kept, under the question it was
given to, and nobody is stuck."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from afsaet.flows.dialogue import load
from afsaet.flows.setting import ALL_SENSITIVITIES
from tests.flows.small import KINDS, Citizen, dialogue, question

ABC = dialogue(question("a"), question("b"), question("c"))
WITHOUT_B = dialogue(question("a"), question("c"))


def sent_words(snapshot: dict[str, Any]) -> dict[str, str]:
    return {answer["id"]: answer["text"] for section in snapshot["sections"] for answer in section["answers"]}


def at_b() -> Citizen:
    """A citizen who has answered a and sees b."""
    citizen = Citizen(ABC)
    citizen.write("om a")
    return citizen


def options(*names: str, kind: str = "one") -> dict[str, Any]:
    return {"kind": kind, "options": [{"id": name, "text": name.upper()} for name in names]}


# A question is taken away


def test_a_text_to_a_question_taken_away_is_kept_under_the_wording_it_was_asked_with() -> None:
    citizen = at_b()
    citizen.revise(WITHOUT_B)
    citizen.write("om b")
    assert citizen.session.answers["b"].question == "Hvad med b?"
    assert citizen.words("b") == "om b"
    assert "Jeg har gemt det, du skrev" in citizen.said
    assert citizen.seen.lead == "Hvad med c?"
    assert "c" not in citizen.session.answers


def asked_about_stopping(revised: Any) -> Citizen:
    """A citizen who has written "stop" to b and is asked what they meant, when the dialogue becomes another."""
    citizen = at_b()
    citizen.write("stop")
    citizen.revise(revised)
    return citizen


def test_a_stop_that_was_an_answer_to_a_question_taken_away_is_kept() -> None:
    citizen = asked_about_stopping(WITHOUT_B)
    citizen.press("Nej, det er mit svar")
    assert citizen.words("b") == "stop"
    assert citizen.session.answers["b"].question == "Hvad med b?"
    assert "Jeg har gemt det, du skrev" in citizen.said
    assert citizen.seen.lead == "Hvad med c?"


def test_a_no_in_words_keeps_the_stop_and_is_not_the_answer_itself() -> None:
    citizen = asked_about_stopping(WITHOUT_B)
    citizen.write("nej")
    assert citizen.words("b") == "stop"


def test_a_stop_that_was_meant_is_not_kept_as_an_answer() -> None:
    citizen = asked_about_stopping(WITHOUT_B)
    citizen.press("Ja, hold pause")
    assert set(citizen.session.answers) == {"a"}


def test_a_press_under_a_question_taken_away_answers_nothing() -> None:
    citizen = Citizen(dialogue(question("a"), question("b", "yesno"), question("c", "yesno")))
    citizen.write("om a")
    citizen.revise(dialogue(question("a"), question("c", "yesno")))
    citizen.press("Ja")
    assert set(citizen.session.answers) == {"a"}
    assert citizen.seen.lead == "Hvad med c?"


def test_an_option_written_to_a_question_taken_away_does_not_answer_the_next_one() -> None:
    citizen = Citizen(dialogue(question("a"), question("b", "yesno"), question("c", "yesno")))
    citizen.write("om a")
    citizen.revise(dialogue(question("a"), question("c", "yesno")))
    citizen.write("ja")
    assert citizen.words("b") == "ja"
    assert "c" not in citizen.session.answers


def test_an_answer_to_a_question_taken_away_is_shown_apart_and_not_sent() -> None:
    citizen = at_b()
    citizen.write("om b")
    citizen.revise(WITHOUT_B)
    citizen.command("mine_svar")
    assert "Hvad med b?\n→ om b\nDet sender jeg ikke." in citizen.said
    assert sent_words(citizen.send()) == {"a": "om a", "c": ""}


def test_an_answer_to_a_question_taken_away_is_not_shown_where_private_things_may_not_be() -> None:
    citizen = at_b()
    citizen.write("om b")
    citizen.revise(WITHOUT_B)
    citizen.world(open_to=frozenset({"alm"}))
    citizen.command("mine_svar")
    assert "om a" in citizen.said
    assert "om b" not in citizen.said
    assert "Hvad med b?" not in citizen.said


def test_a_question_that_comes_back_has_its_answer() -> None:
    citizen = at_b()
    citizen.write("om b")
    citizen.revise(WITHOUT_B)
    citizen.write("om c")
    citizen.revise(ABC)
    assert sent_words(citizen.send()) == {"a": "om a", "b": "om b", "c": "om c"}


def test_the_last_question_taken_away_leads_to_the_summary() -> None:
    citizen = Citizen(dialogue(question("a"), question("b")))
    citizen.write("om a")
    citizen.revise(dialogue(question("a")))
    citizen.command("fortsaet")
    assert citizen.seen.lead == "Dine svar"


def test_when_all_questions_are_others_the_citizen_begins_with_the_first() -> None:
    citizen = at_b()
    citizen.revise(dialogue(question("x"), question("y")))
    citizen.write("om b")
    assert citizen.seen.lead == "Hvad med x?"
    assert set(citizen.session.answers) == {"a", "b"}


# A text that comes late, or is edited, while the place has gone


def test_a_late_text_goes_to_its_answer_and_does_not_move_the_citizen_unseen() -> None:
    citizen = at_b()
    citizen.revise(WITHOUT_B)
    citizen.write("mere om a", early=True)
    assert citizen.words("a") == "om a\nmere om a"
    citizen.write("om b")
    assert citizen.words("b") == "om b"
    assert "c" not in citizen.session.answers


def test_an_edited_message_changes_its_answer_and_does_not_move_the_citizen_unseen() -> None:
    citizen = at_b()
    citizen.revise(WITHOUT_B)
    citizen.edit(1, "noget andet om a")
    citizen.write("om b")
    assert citizen.words("a") == "noget andet om a"
    assert citizen.words("b") == "om b"
    assert "c" not in citizen.session.answers


# A question is worded anew


def test_an_answer_is_kept_under_the_wording_that_was_read() -> None:
    citizen = at_b()
    citizen.revise(dialogue(question("a"), question("b", ask="Hvad nyt om b?"), question("c")))
    citizen.write("om b")
    assert citizen.session.answers["b"].question == "Hvad med b?"


def test_an_answer_after_the_question_was_shown_again_is_kept_under_the_new_wording() -> None:
    citizen = at_b()
    citizen.revise(dialogue(question("a"), question("b", ask="Hvad nyt om b?"), question("c")))
    citizen.command("fortsaet")
    citizen.write("om b")
    assert citizen.session.answers["b"].question == "Hvad nyt om b?"


def test_the_summary_and_what_is_sent_tell_the_wording_that_was_asked() -> None:
    citizen = at_b()
    citizen.revise(dialogue(question("a", ask="Hvad nyt om a?"), question("b"), question("c")))
    citizen.command("mine_svar")
    assert "Hvad med a?\n→ om a" in citizen.said
    assert citizen.send()["sections"][0]["answers"][0]["question"] == "Hvad med a?"


def test_a_reworded_question_shows_what_the_answer_was_given_to() -> None:
    citizen = at_b()
    citizen.revise(dialogue(question("a", ask="Hvad nyt om a?"), question("b"), question("c")))
    citizen.press("Tilbage")
    assert citizen.seen.lead == "Hvad nyt om a?"
    assert "Sidst spurgte jeg: »Hvad med a?«" in citizen.said
    citizen.press("Behold svaret")
    assert citizen.session.answers["a"].question == "Hvad med a?"


# Questions change places, or new ones come


def test_in_a_new_order_every_answer_stays_with_its_question() -> None:
    citizen = at_b()
    citizen.revise(dialogue(question("c"), question("b"), question("a")))
    citizen.write("om b")
    assert citizen.seen.lead == "Dine svar"
    citizen.press("Fortsæt")
    citizen.write("om c")
    assert sent_words(citizen.send()) == {"c": "om c", "b": "om b", "a": "om a"}


def test_the_citizen_goes_on_after_the_last_answered_question_and_then_with_those_before_it() -> None:
    citizen = at_b()
    citizen.revise(dialogue(question("ny"), question("a"), question("c"), question("d")))
    citizen.command("fortsaet")
    assert citizen.seen.lead == "Hvad med c?"
    citizen.write("om c")
    citizen.write("om d")
    citizen.press("Fortsæt")
    assert citizen.seen.lead == "Hvad med ny?"


def test_a_question_moved_to_another_section_brings_its_answer() -> None:
    citizen = Citizen(dialogue(en=[question("a")], to=[question("b")]))
    citizen.write("om a")
    citizen.revise(dialogue(tre=[question("b"), question("a")]))
    citizen.write("om b")
    assert sent_words(citizen.send()) == {"a": "om a", "b": "om b"}


# A branch comes or goes


def test_a_question_that_becomes_a_closed_branch_keeps_its_answer_unsent() -> None:
    citizen = Citizen(dialogue(question("a", "yesno"), question("b"), question("c")))
    citizen.press("Nej")
    citizen.write("om b")
    citizen.revise(dialogue(question("a", "yesno"), question("b", when={"a": ["ja"]}), question("c")))
    assert sent_words(citizen.send()) == {"a": "Nej", "c": ""}
    assert citizen.words("b") == "om b"


def test_a_text_to_a_question_that_has_become_a_closed_branch_is_kept_with_it() -> None:
    citizen = Citizen(dialogue(question("a", "yesno"), question("b"), question("c")))
    citizen.press("Nej")
    citizen.revise(dialogue(question("a", "yesno"), question("b", when={"a": ["ja"]}), question("c")))
    citizen.write("om b")
    assert citizen.words("b") == "om b"
    assert citizen.seen.lead == "Hvad med c?"


def test_a_branch_that_is_no_more_one_is_asked_of_everybody() -> None:
    citizen = Citizen(dialogue(question("a", "yesno"), question("b", when={"a": ["ja"]}), question("c")))
    citizen.press("Nej")
    citizen.revise(dialogue(question("a", "yesno"), question("b"), question("c")))
    citizen.write("om c")
    citizen.press("Fortsæt")
    assert citizen.seen.lead == "Hvad med b?"


# An option is taken away


def test_a_press_on_an_option_taken_away_is_explained() -> None:
    citizen = Citizen(dialogue(question("a", answer=options("x", "y", "z"))))
    citizen.revise(dialogue(question("a", answer=options("x", "y"))))
    citizen.press("Z")
    assert "Det valg findes ikke mere" in citizen.said
    assert not citizen.session.answers
    assert set(citizen.buttons) >= {"X", "Y"}


def test_the_choice_of_an_option_taken_away_stands_as_it_was_shown() -> None:
    citizen = Citizen(dialogue(question("a", answer=options("x", "y", "z")), question("b")))
    citizen.press("Z")
    citizen.revise(dialogue(question("a", answer=options("x", "y")), question("b")))
    citizen.press("Tilbage")
    assert "Dit svar nu: Z" in citizen.said
    assert sent_words(citizen.send())["a"] == "Z"


def test_a_tick_at_an_option_taken_away_is_kept_beside_new_ones() -> None:
    citizen = Citizen(dialogue(question("a", answer=options("x", "y", "z", kind="many"))))
    citizen.press("Z")
    citizen.revise(dialogue(question("a", answer=options("x", "y", kind="many"))))
    citizen.press("X")
    assert citizen.session.answers["a"].value == ("x", "z")
    assert sent_words(citizen.send())["a"] == "X\nZ"


def test_a_tick_at_an_option_taken_away_can_be_taken_back() -> None:
    citizen = Citizen(dialogue(question("a", answer=options("x", "y", "z", kind="many"))))
    citizen.press("Z")
    citizen.press("X")
    citizen.revise(dialogue(question("a", answer=options("x", "y", kind="many"))))
    citizen.command("fortsaet")
    citizen.press("Z")
    assert citizen.words("a") == "X"
    assert "Z" not in citizen.buttons


def test_a_branch_on_an_option_taken_away_closes_with_it() -> None:
    citizen = Citizen(dialogue(question("a", answer=options("x", "y", "z")), question("b", when={"a": ["z"]})))
    citizen.press("Z")
    citizen.revise(dialogue(question("a", answer=options("x", "y")), question("b", when={"a": ["y"]})))
    citizen.write("om b")
    assert citizen.words("b") == "om b"
    assert "b" not in sent_words(citizen.send())


# A question becomes one of another kind

ANSWERS = {"text": "en tekst", "one": "Bananer", "many": "Bananer", "scale": "7", "yesno": "Ja", "date": "24. december",
           "points": "et punkt"}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), list(permutations(KINDS, 2)))
def test_an_answer_outlives_a_change_of_kind(old: str, new: str) -> None:
    citizen = Citizen(dialogue(question("a", old), question("b")))
    citizen.write(ANSWERS[old])
    if "Færdig" in citizen.buttons:
        citizen.press("Færdig")
    before = citizen.words("a")
    citizen.revise(dialogue(question("a", new), question("b")))
    citizen.press("Tilbage")
    citizen.press("Hjælp til spørgsmålet")
    citizen.press("Tilbage til spørgsmålet")
    citizen.press("Spring over")
    assert citizen.words("a") == before
    assert sent_words(citizen.send())["a"] == before


@pytest.mark.parametrize(("old", "new"), list(permutations(KINDS, 2)))
def test_a_question_of_another_kind_can_be_answered_anew(old: str, new: str) -> None:
    citizen = Citizen(dialogue(question("a", old), question("b")))
    citizen.write(ANSWERS[old])
    if "Færdig" in citizen.buttons:
        citizen.press("Færdig")
    citizen.revise(dialogue(question("a", new), question("b")))
    citizen.press("Tilbage")
    citizen.press("Slet svaret")
    citizen.write(ANSWERS[new])
    assert "a" in citizen.session.answers
    assert citizen.session.answers["a"].state == "answered"


@pytest.mark.parametrize(("old", "new"), list(permutations(KINDS, 2)))
def test_a_text_written_to_the_old_kind_is_not_lost_on_the_new_one(old: str, new: str) -> None:
    citizen = Citizen(dialogue(question("a", old)))
    citizen.revise(dialogue(question("a", new)))
    citizen.write("noget helt andet")
    assert citizen.words("a").endswith("noget helt andet")


# The stops around the questions

STOPS = {
    "start": ["Tilbage"],
    "summary": [],
    "edit": ["Ret et svar"],
    "a section to edit": ["Ret et svar", "Om en"],
    "sections": ["Vælg afsnit"],
    "sections chosen": ["Vælg afsnit", "Om to"],
    "confirm": ["Send til min sagsbehandler"],
    "sent": ["Send til min sagsbehandler", "Ja, send"],
}
TWO = dialogue(en=[question("a"), question("b")], to=[question("c")])


def at(stop: str) -> Citizen:
    citizen = Citizen(TWO)
    if stop == "start":
        citizen.press("Tilbage")
        return citizen
    citizen.write("om a")
    citizen.command("mine_svar")
    for label in STOPS[stop]:
        citizen.press(label)
    return citizen


OTHERS = {
    "one section": dialogue(to=[question("c")]),
    "the other section": dialogue(en=[question("a"), question("b")]),
    "nothing of it": dialogue(ny=[question("x", "many"), question("y", "date")]),
    "closed": dialogue(en=[question("a", only_if="laegeattest")], to=[question("c")]),
}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("stop", STOPS)
def test_every_button_shown_before_a_change_still_leads_somewhere(stop: str, other: str) -> None:
    for label in at(stop).buttons:
        citizen = at(stop)
        citizen.revise(OTHERS[other])
        citizen.press(label)
        assert citizen.said
        assert citizen.seen.rows
        assert citizen.words("a") == "om a" if stop != "start" else not citizen.session.answers


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("stop", STOPS)
def test_after_a_change_the_citizen_can_go_on_and_answer_what_there_is(stop: str, other: str) -> None:
    citizen = at(stop)
    citizen.revise(OTHERS[other])
    citizen.command("mine_svar")
    for _step in range(6):
        go = next((label for label in ("Fortsæt", "Begynd", "Svar på resten") if label in citizen.buttons), None)
        if go:
            citizen.press(go)
        if citizen.session.state in citizen.library.dialogues["lille"].questions:
            citizen.press("Spring over")
    asked = citizen.library.dialogues["lille"].questions.values()
    assert all(each.id in citizen.session.answers for each in asked if not each.only_if)
    assert citizen.seen.lead == "Dine svar"


def test_a_section_that_is_new_is_not_sent_by_one_who_has_chosen() -> None:
    citizen = at("sections chosen")
    citizen.revise(dialogue(en=[question("a")], to=[question("c")], tre=[question("d")]))
    citizen.press("Færdig")
    citizen.press("Ja, send")
    assert [section["id"] for section in citizen.sent[-1]["sections"]] == ["en"]


def test_a_section_that_is_new_is_sent_by_one_who_sends_everything() -> None:
    citizen = at("summary")
    citizen.revise(dialogue(en=[question("a")], to=[question("c")], tre=[question("d")]))
    assert [section["id"] for section in citizen.send()["sections"]] == ["en", "to", "tre"]


def test_a_citizen_whose_chosen_sections_are_gone_is_asked_to_choose_again() -> None:
    citizen = at("sections chosen")
    citizen.revise(dialogue(to=[question("c")]))
    citizen.press("Færdig")
    assert "Vælg mindst ét afsnit" in citizen.said
    assert not citizen.sent


# The municipality changes what may be asked here


def test_a_text_to_a_question_that_may_no_longer_be_asked_here_is_kept() -> None:
    citizen = Citizen(dialogue(question("a"), question("b", sensitivity="følsom", why="Derfor."), question("c")))
    citizen.write("om a")
    citizen.world(open_to=frozenset({"alm"}))
    citizen.write("om b")
    assert citizen.words("b") == "om b"
    assert citizen.seen.lead == "Hvad med c?"
    assert "om b" not in citizen.said
    citizen.world(open_to=ALL_SENSITIVITIES)
    assert sent_words(citizen.send())["b"] == "om b"


def test_a_question_the_municipality_no_longer_asks_keeps_its_answer_unsent() -> None:
    asked = dialogue(question("a", only_if="laegeattest"), question("b"))
    citizen = Citizen(asked, flags=frozenset({"laegeattest"}))
    citizen.write("om a")
    citizen.write("om b")
    citizen.world(flags=frozenset())
    assert sent_words(citizen.send()) == {"b": "om b"}
    citizen.world(flags=frozenset({"laegeattest"}))
    assert sent_words(citizen.send()) == {"a": "om a", "b": "om b"}


def test_the_same_file_under_other_names_is_another_revision() -> None:
    assert load(ABC).revision == load(ABC).revision
    assert load(ABC, {"moedenavn": "mødet"}).revision != load(ABC).revision
    assert load(WITHOUT_B).revision != load(ABC).revision
