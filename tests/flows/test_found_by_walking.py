"""What walks have found, each as the shortest way to it. Every step is checked by `Citizen.step` as well."""

from __future__ import annotations

from typing import Any

import pytest

from afsaet.flows.definition import Definition
from afsaet.flows.effects import ContactWished, CopyWanted, Forget
from afsaet.flows.inputs import Command, Edited, Tap, Text
from afsaet.flows.setting import ALL_SENSITIVITIES
from tests.flows.revisions import FLAG
from tests.flows.walking import Citizen

SAFE = frozenset({"alm"})


def question(name: str, kind: str = "text", *, sensitivity: str = "alm", **more: Any) -> dict[str, Any]:
    answer = more.pop("answer", {"kind": kind})
    return {"id": name, "ask": f"Hvad med {name}?", "help": "Skriv lidt.", "why": "Derfor.", "answer": answer,
            "sensitivity": sensitivity, "heading": "O1", **more}  # fmt: skip


def choice(kind: str, *texts: str) -> dict[str, Any]:
    return {"kind": kind, "options": [{"id": f"o{place}", "text": text} for place, text in enumerate(texts)]}


def dialogue(*sections: list[dict[str, Any]], title: str = "Afsnit") -> Definition:
    return Definition.model_validate({
        "id": "small", "title": "Lille", "intro": "Hej.", "outro": "Det var det.",
        "sections": [{"id": f"s{place}", "title": f"{title} {place}", "why": "Fordi.", "questions": questions}
                     for place, questions in enumerate(sections)],
    })  # fmt: skip


def citizen(*sections: list[dict[str, Any]], title: str = "Afsnit", flags: frozenset[str] = frozenset()) -> Citizen:
    return Citizen(dialogue(*sections, title=title), ALL_SENSITIVITIES, flags)


def press(who: Citizen, action: str) -> Any:
    return who.step(Tap(action, who.conversation.ask))


def write(who: Citizen, text: str, *, early: bool = False) -> Any:
    return who.step(Text(text, who.ref(), early))


def labels(who: Citizen) -> list[str]:
    return [button.label for button in who.live]


@pytest.mark.parametrize("kind", ["one", "many"])
def test_the_longest_option_still_fits_its_button_when_it_is_marked(kind: str) -> None:
    who = citizen([question("q1", answer=choice(kind, "Nej", "m" * 64)), question("q2")])
    press(who, "begin")
    press(who, "a.o1" if kind == "one" else "t.o1")
    if kind == "one":
        press(who, "back")
    assert labels(who)[1] in ("✓ " + "m" * 60 + " …", "☑ " + "m" * 60 + " …")


def test_the_longest_title_of_a_section_still_fits_its_button_when_it_is_ticked() -> None:
    who = citizen([question("q1")], [question("q2")], title="Et afsnit med mange ord ".ljust(62, "m"))
    press(who, "begin")
    write(who, "Hund")
    write(who, "Kat")
    press(who, "choose")
    assert all(label.endswith("…") for label in labels(who)[:2])


@pytest.mark.parametrize("action", ["page.", "m.ord.page.", "day.", "t."])
def test_a_button_with_a_number_longer_than_python_reads_is_no_button_of_ours(action: str) -> None:
    who = citizen([question("q1", "date")])
    press(who, "begin")
    press(who, action + "9" * 5_000)
    assert "hører til noget tidligere" in who.said
    assert "999" not in who.conversation.done


def test_what_a_strange_button_says_is_not_kept() -> None:
    who = citizen([question("q1"), question("q2")])
    press(who, "begin")
    press(who, "noget.helt.andet")
    assert "noget" not in str(who.conversation.to_json())


def test_no_button_leads_further_into_the_calendar_than_a_year() -> None:
    who = citizen([question("q1", "date")])
    press(who, "begin")
    press(who, "page.500")
    assert "page.13" not in [button.action for button in who.live]
    assert "page.11" in [button.action for button in who.live]


def test_two_taps_for_a_copy_bring_one_copy() -> None:
    who = citizen([question("q1")])
    press(who, "begin")
    write(who, "Hund")
    press(who, "send")
    press(who, "confirm")
    tap = Tap("copy", who.conversation.ask)
    assert who.step(tap).effects == (CopyWanted(),)
    assert who.step(tap).effects == ()
    assert press(who, "copy").effects == (CopyWanted(),)


def test_two_taps_on_back_in_the_list_of_answers_lead_one_step_back() -> None:
    who = citizen([question("q1")], [question("q2")])
    press(who, "begin")
    write(who, "Hund")
    press(who, "m.mine_svar")
    press(who, "edit")
    press(who, "es.s0")
    tap = Tap("leave", who.conversation.ask)
    who.step(tap)
    who.step(tap)
    assert who.conversation.session.state == "edit"


def test_back_leads_out_of_the_list_when_what_was_looked_into_has_gone() -> None:
    who = citizen([question("q1", sensitivity="fortrolig")])
    press(who, "begin")
    write(who, "Hund")
    press(who, "edit")
    press(who, "es.s0")
    who.world(open_to=SAFE)
    press(who, "m.fortsaet")
    press(who, "leave")
    assert who.conversation.session.state == "summary"


def test_a_section_of_many_answers_is_listed_a_page_at_a_time() -> None:
    who = citizen([question(f"q{number:03}") for number in range(101)])
    press(who, "begin")
    for number in range(101):
        write(who, f"Hund {number}")
    press(who, "edit")
    press(who, "es.s0")
    press(who, "page.1")
    actions = [button.action for button in who.live]
    assert 1 < len([action for action in actions if action.startswith("eq.")]) < 10
    assert {"leave", "page.0", "page.2"} < set(actions)


def test_two_taps_to_be_called_are_one_wish_and_a_later_one_is_another() -> None:
    who = citizen([question("q1")])
    press(who, "m.kontakt")
    tap = Tap("m.kontakt.ring", who.conversation.ask)
    assert who.step(tap).effects == (ContactWished(),)
    assert who.step(tap).effects == ()
    press(who, "m.kontakt")
    assert who.step(tap).effects == (ContactWished(),)


def test_an_old_button_that_deletes_everything_asks_again() -> None:
    who = citizen([question("q1"), question("q2")])
    press(who, "m.slet")
    tap = Tap("m.slet.ja", who.conversation.ask)
    press(who, "m.fortsaet")
    press(who, "begin")
    write(who, "Hund")
    assert who.step(tap).effects == ()
    assert "Vil du slette dine svar?" in who.said
    assert press(who, "m.slet.ja").effects == (Forget(),)


def test_a_closed_question_is_not_named_where_its_answer_is_kept() -> None:
    who = citizen([question("q1"), question("q2", sensitivity="følsom"), question("q3", sensitivity="fortrolig")])
    press(who, "begin")
    for animal in ("Hund", "Kat", "Mus"):
        write(who, animal)
    who.world(open_to=SAFE)
    who.step(Command("mine_svar"))
    assert "q1" in who.said
    assert "q2" not in who.said
    assert "q3" not in who.said
    assert who.said.count("Der er gemt svar, som jeg ikke viser her.") == 1


def test_a_question_that_has_left_the_dialogue_is_not_named_where_not_all_may_be_said() -> None:
    who = citizen([question("q1"), question("q2", sensitivity="følsom")])
    press(who, "begin")
    write(who, "Hund")
    write(who, "Kat")
    who.revise(dialogue([question("q1")]))
    who.world(open_to=SAFE)
    who.step(Command("mine_svar"))
    assert "q2" not in who.said
    assert "Kat" not in who.said
    assert "Der er gemt svar, som jeg ikke viser her." in who.said


def test_a_touch_on_an_empty_place_in_the_calendar_does_not_end_a_pause() -> None:
    who = citizen([question("q1", "date")])
    press(who, "begin")
    press(who, "pause")
    press(who, "stay")
    write(who, "Hund")
    assert not who.answers
    assert "ikke gemt" in who.said


def test_a_text_from_before_the_question_came_is_answered_by_the_question_which_then_is_open() -> None:
    who = citizen([question("q1")])
    press(who, "begin")
    who.step(Command("menu"))
    write(who, "Hund", early=True)
    assert "q1" in who.said
    write(who, "Hund")
    assert who.answers["q1"].words == "Hund"


def test_a_text_from_before_the_summary_came_again_is_not_put_to_the_last_answer() -> None:
    who = citizen([question("q1")])
    press(who, "begin")
    write(who, "Hund")
    who.step(Command("menu"))
    who.step(Command("fortsaet"))
    who.step(Text("tak", who.ref(), behind=True))
    assert who.answers["q1"].words == "Hund"
    assert "ikke gemt" in who.said


def test_the_first_of_an_answer_shows_the_question_with_a_way_on_also_while_something_else_is_on_its_way() -> None:
    who = citizen([question("q1"), question("q2", "points")])
    press(who, "begin")
    write(who, "Hund")
    write(who, "Kat", early=True)  # goes to q1, and that this was said is not told again
    who.step(Text("Hest", who.ref(), behind=True))
    assert who.answers["q2"].words == "Hest"
    assert "Færdig" in labels(who)


def test_nothing_is_sent_when_what_was_to_be_sent_has_closed_since_it_was_asked() -> None:
    who = citizen([question("q1", only_if=FLAG)], [question("q2")], flags=frozenset({FLAG}))
    press(who, "begin")
    write(who, "Hund")
    press(who, "skip")
    press(who, "send")
    who.world(flags=frozenset())
    press(who, "confirm")
    assert not who.sent
    assert who.conversation.session.state == "summary"
    assert "ingen svar at sende" in who.said


def test_nothing_is_sent_when_the_only_section_chosen_has_left_the_dialogue() -> None:
    first, second = [question("q1")], [question("q2")]
    who = citizen(first, second)
    press(who, "begin")
    write(who, "Hund")
    write(who, "Kat")
    press(who, "choose")
    press(who, "off.s0")
    press(who, "send")
    who.revise(dialogue(first))
    press(who, "confirm")
    assert not who.sent
    assert "Vælg mindst ét afsnit" in who.said


def test_a_crisis_leaves_no_other_trace_of_the_latest_press_than_the_menu_does() -> None:
    who = citizen([question("q1"), question("q2")])
    press(who, "begin")
    write(who, "Jeg vil ikke leve mere")
    assert who.conversation.done == ""


@pytest.mark.parametrize("nothing", ["", "  ", "\n", "\u200b", "\u0000"])
def test_a_message_with_nothing_in_it_does_not_take_the_place_of_an_answer(nothing: str) -> None:
    who = citizen([question("q1")])
    press(who, "begin")
    write(who, nothing)
    assert not who.answers
    write(who, "Hund")
    who.step(Edited(nothing, next(iter(reversed(who.written)))))
    assert who.answers["q1"].words == "Hund"


def test_a_command_word_written_to_a_question_that_has_just_left_the_dialogue_is_an_answer_still() -> None:
    who = citizen([question("q1"), question("q2")])
    press(who, "begin")
    who.revise(dialogue([question("q2")]))
    write(who, "menu")
    assert who.answers["q1"].words == "menu"
    assert who.showing == "q2"


@pytest.mark.parametrize("sign", ["\U0001fae9", "\ue000", "?"])
def test_one_sign_is_an_answer_also_when_it_is_newer_than_our_tables(sign: str) -> None:
    who = citizen([question("q1")])
    press(who, "begin")
    write(who, sign)
    assert who.answers["q1"].words == sign


@pytest.mark.parametrize("kind", ["many", "points"])
def test_a_choice_is_kept_when_the_question_becomes_one_of_another_kind(kind: str) -> None:
    options = choice("one", "Hund", "Kat")
    who = citizen([question("q1", answer=options), question("q2")])
    press(who, "begin")
    press(who, "a.o0")
    press(who, "back")
    who.revise(dialogue([question("q1", answer=options | {"kind": "many"} if kind == "many" else {"kind": kind}),
                         question("q2")]))  # fmt: skip
    if kind == "many":
        press(who, "t.o1")
    else:
        write(who, "Mus")
    press(who, "done")
    assert who.answers["q1"].words == ("Hund\nKat" if kind == "many" else "Hund\nMus")
