"""Each kind of answer: its buttons, and what it makes of a press and of a text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from afsaet.flows.definition import Definition, Question
from afsaet.flows.kinds import Given, Turned, Unclear, date, kind_of, many, names_option, numbers, one, points, text
from afsaet.flows.kinds.reply import MOST_CHARACTERS
from afsaet.flows.machine import questions_of
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer, Part, Session, Value
from afsaet.flows.views.question import answer_line
from tests.flows.small import KINDS, Citizen, dialogue, question

SETTING = Setting(datetime(2026, 12, 15, 10, tzinfo=ZoneInfo("Europe/Copenhagen")))
ENGLISH = Setting(SETTING.now, translate={"Æbler": "Apples", "Kager": "Cakes", "Bananer": "Bananas", "Ja": "Yes", "Nej": "No"}.get, language="en")  # type: ignore[arg-type]

CHRISTMAS = Given("2026-12-24", "torsdag den 24. december 2026")


def asked(kind: str, **answer: Any) -> Question:
    definition: Definition = dialogue(question("a", answer={**KINDS[kind], **answer}))
    return questions_of(definition)[0]


def having(value: Value = None, words: str = "", *parts: str) -> Answer:
    """An answer given earlier."""
    return Answer("answered", "Hvad?", "", "", value, words, tuple(Part(each) for each in parts))


def labels(rows: Any) -> list[list[str]]:
    return [[button.label for button in row] for row in rows]


def options(*texts: str, **more: Any) -> list[dict[str, Any]]:
    return [{"id": each.lower().replace(" ", "_"), "text": each, **more} for each in texts]


# Several messages in one answer


@pytest.mark.parametrize("which", [1, 2, 3])
def test_an_edited_message_changes_its_own_words_and_no_others(which: int) -> None:
    who = Citizen(dialogue(question("a"), question("b")))
    who.write("et")
    who.write("to", early=True)
    who.write("tre", early=True)
    who.edit(which, "nyt")
    words = ["et", "to", "tre"]
    words[which - 1] = "nyt"
    assert [part.text for part in who.session.answers["a"].parts] == words


# One choice


def test_a_choice_has_a_row_for_each_option_and_marks_the_chosen_one() -> None:
    assert labels(one.rows(asked("one"), having("b", "Bananer"), 0, SETTING)) == [["Æbler"], ["✓ Bananer"]]


def test_a_long_choice_is_paged_and_turning_a_page_is_no_answer() -> None:
    asking = asked("one", options=options(*"ABCDEFGHIJ"))
    assert labels(one.rows(asking, None, 0, SETTING)) == [*([letter] for letter in "ABCDEFGH"), ["Flere ›"]]
    assert labels(one.rows(asking, having("j", "J"), 1, SETTING)) == [["I"], ["✓ J"], ["‹ Forrige"]]
    assert one.tap(asking, None, "page.1", SETTING) == Turned(1)


def test_yes_and_no_stand_side_by_side() -> None:
    assert labels(one.rows(asked("yesno"), None, 0, SETTING)) == [["Ja", "Nej"]]


@pytest.mark.parametrize(("said", "value"), [
    ("ja tak", "ja"), ("Jo.", "ja"), ("Nej, tak!", "nej"), ("næ", "nej"), ("JA", "ja"), ("ja, gerne", "ja"),
    ("Nej, ellers tak", "nej"), ("Yes, please!", "ja"), ("no thanks", "nej"),
])
def test_a_yes_or_no_may_be_said_as_people_say_it(said: str, value: str) -> None:
    given = one.write(asked("yesno"), None, Part(said), SETTING)
    assert isinstance(given, Given) and (given.value, given.parts) == (value, ())
    assert names_option(asked("yesno"), said, SETTING)


def test_a_yes_with_something_beside_it_stays_words() -> None:
    given = one.write(asked("yesno"), None, Part("ja, hvis den er gratis"), SETTING)
    assert isinstance(given, Given) and given.value is None and given.stay


def test_what_is_written_beside_a_choice_does_not_run_into_it_where_there_is_one_line() -> None:
    assert answer_line(asked("yesno"), having("nej", "Nej", "ikke endnu", "måske senere"), SETTING) == (
        "Nej · ikke endnu · måske senere")


def test_a_scale_goes_from_nought_to_ten_in_three_rows() -> None:
    rows = labels(one.rows(asked("scale"), having(10, "10"), 0, SETTING))
    assert [label for row in rows for label in row] == [*map(str, range(10)), "✓ 10"]
    assert len(rows) == 3


@pytest.mark.parametrize(("said", "number"), [
    ("7", 7), (" 7. ", 7), ("07", 7), ("007", 7), ("0", 0), ("00", 0), ("10", 10), ("+7", 7), ("7,0", 7), ("-0", 0),
    ("7/10", 7), ("10/10", 10), ("7 / 10", 7), ("8 ud af 10", 8), ("8 af 10", 8), ("otte ud af ti", 8), ("07/10", 7),
    ("nul", 0), ("en", 1), ("ét", 1), ("et", 1), ("to", 2), ("tre", 3), ("fire", 4), ("fem", 5), ("seks", 6),
    ("Syv", 7), ("otte!", 8), ("ni", 9), ("ti", 10), ("７", 7), ("٧", 7), ("7️⃣", 7), ("🔟", 10),
])  # fmt: skip
def test_a_number_on_a_scale_may_be_written(said: str, number: int) -> None:
    assert one.write(asked("scale"), having(None, "", "ord"), Part(said), SETTING) == Given(
        number, str(number), (Part("ord"),))
    assert names_option(asked("scale"), said, SETTING)


@pytest.mark.parametrize("said", ["11", "-1", "−1", "minus 1", "100", "9" * 5000, "10,5", "11/10", "-7/10", "-0,5"])
def test_a_number_beyond_a_scale_is_not_kept_and_its_ends_are_said(said: str) -> None:
    assert one.write(asked("scale"), None, Part(said), SETTING) == Unclear(numbers.BETWEEN)


@pytest.mark.parametrize("said", ["7,5", "7.5", "7½", "7 ½", "7,5/10", "0,5", "7 en halv"])
def test_part_of_a_number_is_not_kept_and_a_whole_one_is_asked_for(said: str) -> None:
    assert one.write(asked("scale"), None, Part(said), SETTING) == Unclear(numbers.WHOLE)


@pytest.mark.parametrize("said", ["7-8", "7 eller 8", "7 tror jeg", "3/5", "syvende", "seven", "ved ikke", "?", "7 af 11"])
def test_other_words_at_a_scale_stay_words(said: str) -> None:
    reply = one.write(asked("scale"), None, Part(said), SETTING)
    assert isinstance(reply, Given)
    assert (reply.value, reply.stay, reply.parts) == (None, True, (Part(said),))


@pytest.mark.parametrize(("said", "number"), [
    ("zero", 0), ("one", 1), ("Seven", 7), ("ten", 10), ("eight out of ten", 8), ("8 out of 10", 8), ("syv", 7),
])  # fmt: skip
def test_english_numbers_are_read_where_english_is_spoken(said: str, number: int) -> None:
    assert one.write(asked("scale"), None, Part(said), replace(SETTING, language="en")) == Given(
        number, str(number))


def test_a_number_of_questions_is_said_in_a_word_up_to_ten() -> None:
    assert [numbers.in_words(number, "da") for number in (1, 4, 10, 11)] == ["ét", "fire", "ti", "11"]
    assert [numbers.in_words(number, "en") for number in (1, 4, 10, 11)] == ["one", "four", "ten", "11"]


def test_a_number_is_no_answer_to_a_choice_without_a_scale() -> None:
    reply = one.write(asked("one"), None, Part("11"), SETTING)
    assert isinstance(reply, Given)
    assert reply.stay
    assert not names_option(asked("one"), "11", SETTING)


def test_the_hint_to_a_scale_names_its_ends() -> None:
    assert one.hint(asked("scale"), SETTING) == "0 er lidt. 10 er meget."


def test_a_press_on_an_option_is_the_answer_with_its_words() -> None:
    assert one.tap(asked("one"), None, "a.b", SETTING) == Given("b", "Bananer")


def test_a_press_on_a_number_is_a_number() -> None:
    assert one.tap(asked("scale"), None, "a.0", SETTING) == Given(0, "0")


def test_own_words_beside_a_choice_outlive_another_choice() -> None:
    reply = one.tap(asked("one"), having("a", "Æbler", "mest røde"), "a.b", SETTING)
    assert reply == Given("b", "Bananer", (Part("mest røde"),))


@pytest.mark.parametrize("action", ["a.z", "a.", "t.a", "", "a.a.a", "done"])
def test_a_press_that_means_nothing_here_is_no_answer(action: str) -> None:
    assert isinstance(one.tap(asked("one"), None, action, SETTING), Unclear)


@pytest.mark.parametrize("said", ["Bananer", "bananer", " BANANER ", "Bananer.", "b"])
def test_an_option_may_be_written(said: str) -> None:
    assert one.write(asked("one"), None, Part(said), SETTING) == Given("b", "Bananer")


def test_an_option_may_be_written_in_either_language_and_is_kept_in_danish() -> None:
    assert one.write(asked("one"), None, Part("apples"), ENGLISH) == Given("a", "Æbler")
    assert one.write(asked("one"), None, Part("æbler"), ENGLISH) == Given("a", "Æbler")
    assert labels(one.rows(asked("one"), None, 0, ENGLISH)) == [["Apples"], ["Bananas"]]


@pytest.mark.parametrize(("said", "name"), [
    ("mentor", "mentor_eller_støtte"), ("mentor eller", "mentor_eller_støtte"), ("Praktik", "praktik"),
    ("nej", None), ("mento", None), ("hjælp", None), ("hjælp til økonomi", "hjælp_til_økonomi"), ("", None),
])  # fmt: skip
def test_the_first_words_of_one_option_alone_name_it(said: str, name: str | None) -> None:
    texts = ("Mentor eller støtte", "Praktik", "Hjælp til økonomi", "Hjælp til bolig", "Nej tak", "Nej aldrig")
    choice = asked("one", options=[{"id": f"o{n}", "text": each} for n, each in enumerate(texts)])
    reply = one.write(choice, None, Part(said), SETTING)
    assert isinstance(reply, Given)
    assert reply.text.lower().replace(" ", "_") == (name or "")


def test_an_option_s_id_may_be_written_with_blanks_and_danish_letters() -> None:
    listed = [{"id": "ved_ikke", "text": "Jeg ved det ikke"}, {"id": "faa_timer", "text": "Et job"}]
    choice = asked("one", options=listed)
    assert one.write(choice, None, Part("Ved ikke"), SETTING) == Given("ved_ikke", "Jeg ved det ikke")
    assert one.write(choice, None, Part("få timer"), SETTING) == Given("faa_timer", "Et job")


def test_other_words_are_kept_beside_the_choice_and_the_question_stays() -> None:
    reply = one.write(asked("one"), having("a", "Æbler", "røde"), Part("og grønne"), SETTING)
    assert isinstance(reply, Given)
    assert (reply.value, reply.text, reply.stay) == ("a", "Æbler", True)
    assert [part.text for part in reply.parts] == ["røde", "og grønne"]


def test_words_beside_a_choice_have_an_end() -> None:
    reply = one.write(asked("one"), having(None, "", "x" * MOST_CHARACTERS), Part("y"), SETTING)
    assert isinstance(reply, Unclear)


@pytest.mark.parametrize(("kind", "said", "is_one"), [
    ("one", "æbler", True), ("one", "pærer", False), ("many", "pærer", False), ("many", "bananer", True),
    ("yesno", "ja", True), ("scale", "7", True), ("scale", "11", False), ("text", "a", False), ("date", "1", False),
])  # fmt: skip
def test_a_text_that_names_an_option_is_known(kind: str, said: str, is_one: bool) -> None:
    assert names_option(asked(kind), said, SETTING) is is_one


# Several choices


def test_ticks_are_shown_and_turn_the_other_way() -> None:
    rows = many.rows(asked("many"), having(("b",), "Bananer"), 0, SETTING)
    assert labels(rows) == [["☐ Æbler"], ["☑ Bananer"], ["☐ Noget andet (skriv)"], ["Færdig"]]
    assert [row[0].action for row in rows] == ["t.a", "u.b", "t.c", "done"]


def test_ticks_are_kept_in_the_order_of_the_list() -> None:
    reply = many.tap(asked("many"), having(("b",), "Bananer"), "t.a", SETTING)
    assert reply == Given(("a", "b"), "Æbler\nBananer", stay=True)


def test_a_tick_twice_is_one_tick_and_an_untick_twice_is_none() -> None:
    assert many.tap(asked("many"), having(("a",), "Æbler"), "t.a", SETTING) == Given(("a",), "Æbler", stay=True)
    assert many.tap(asked("many"), None, "u.a", SETTING) == Given((), "", stay=True)


def test_an_option_that_stands_alone_unticks_the_others_and_is_unticked_by_them() -> None:
    choice = asked("many", options=[*options("X", "Y"), {"id": "z", "text": "Z", "alone": True}])
    assert many.tap(choice, having(("x", "y"), "X\nY"), "t.z", SETTING) == Given(("z",), "Z", stay=True)
    assert many.tap(choice, having(("z",), "Z"), "t.x", SETTING) == Given(("x",), "X", stay=True)


def test_done_with_nothing_chosen_asks_for_a_choice() -> None:
    assert isinstance(many.tap(asked("many"), None, "done", SETTING), Unclear)
    assert many.tap(asked("many"), having((), "", "ord"), "done", SETTING) == Given((), "", (Part("ord"),))


def test_own_words_tick_the_option_that_asks_for_them() -> None:
    reply = many.write(asked("many"), having(("a",), "Æbler"), Part("pærer"), SETTING)
    assert isinstance(reply, Given)
    assert (reply.value, reply.text, reply.parts) == (("a", "c"), "Æbler\nNoget andet", (Part("pærer"),))


def test_own_words_where_no_option_asks_for_them_are_kept_all_the_same() -> None:
    reply = many.write(asked("many", options=options("X", "Y")), having(("x",), "X"), Part("pærer"), SETTING)
    assert isinstance(reply, Given)
    assert (reply.value, reply.parts) == (("x",), (Part("pærer"),))


def test_an_option_that_asks_for_words_lacks_them_until_they_come() -> None:
    assert many.lacks_words(asked("many"), having(("c",), "Noget andet"))
    assert not many.lacks_words(asked("many"), having(("c",), "Noget andet", "pærer"))
    assert not many.lacks_words(asked("many"), having(("a",), "Æbler"))


def test_nine_options_stand_together_and_ten_are_paged() -> None:
    nine = asked("many", options=options(*(f"Valg {n}" for n in range(9))))
    ten = asked("many", options=options(*(f"Valg {n}" for n in range(10))))
    assert len(many.rows(nine, None, 0, SETTING)) == 10
    assert labels(many.rows(ten, None, 0, SETTING))[-1] == ["Flere ›", "Færdig"]
    assert labels(many.rows(ten, None, 1, SETTING)) == [["☐ Valg 8"], ["☐ Valg 9"], ["‹ Forrige", "Færdig"]]
    assert many.rows(ten, None, 99, SETTING) == many.rows(ten, None, 1, SETTING)


def test_another_page_is_no_answer() -> None:
    assert many.tap(asked("many"), None, "page.1", SETTING) == Turned(1)
    assert isinstance(many.tap(asked("many"), None, "page.x", SETTING), Unclear)


# Points


def test_every_point_is_kept_at_once_and_done_only_moves_on() -> None:
    first = points.write(asked("points"), None, Part("et"), SETTING)
    assert isinstance(first, Given)
    assert (first.parts, first.stay) == ((Part("et"),), True)
    assert points.tap(asked("points"), having(None, "", "et"), "done", SETTING) == Given(parts=(Part("et"),))


def test_the_last_point_there_is_room_for_waits_for_done_too() -> None:
    reply = points.write(asked("points"), having(None, "", "et"), Part("to"), SETTING)
    assert isinstance(reply, Given)
    assert (len(reply.parts), reply.stay) == (2, True)


def test_a_point_too_many_is_refused_and_said_to_be() -> None:
    reply = points.write(asked("points"), having(None, "", "et", "to"), Part("tre"), SETTING)
    assert isinstance(reply, Unclear)
    assert "ikke gemt" in reply.sentence


def test_done_is_not_there_before_the_first_point() -> None:
    assert points.rows(asked("points"), None, 0, SETTING) == ()
    assert labels(points.rows(asked("points"), having(None, "", "et"), 0, SETTING)) == [["Færdig"]]
    assert isinstance(points.tap(asked("points"), None, "done", SETTING), Unclear)


# A date


def test_the_month_begins_today_and_has_a_week_a_row() -> None:
    rows = labels(date.rows(asked("date"), None, 0, SETTING))
    assert rows[0] == [" ", "december 2026", "›"]
    assert rows[2] == [" ", "15", "16", "17", "18", "19", "20"]
    assert rows[-1] == ["28", "29", "30", "31", " ", " ", " "]


def test_months_turn_over_the_new_year_and_end_after_twelve() -> None:
    assert labels(date.rows(asked("date"), None, 1, SETTING))[0] == ["‹", "januar 2027", "›"]
    assert labels(date.rows(asked("date"), None, 12, SETTING))[0] == ["‹", "december 2027", " "]
    assert date.rows(asked("date"), None, 10**9, SETTING) == date.rows(asked("date"), None, 12, SETTING)


def test_a_day_pressed_is_the_answer() -> None:
    assert date.tap(asked("date"), None, "day.2026-12-24", SETTING) == CHRISTMAS


def test_a_day_that_has_gone_since_its_calendar_came_is_no_answer() -> None:
    reply = date.tap(asked("date"), None, "day.2026-12-14", SETTING)
    assert isinstance(reply, Unclear)
    assert reply == date.write(asked("date"), None, Part("14/12 2026"), SETTING)
    assert isinstance(date.tap(asked("date"), None, "day.2026-12-15", SETTING), Given)


@pytest.mark.parametrize("action", ["day.2026-13-01", "day.x", "day.", "done", "page.x"])
def test_a_press_on_no_day_is_no_answer(action: str) -> None:
    assert isinstance(date.tap(asked("date"), None, action, SETTING), Unclear)


def test_a_day_may_be_written() -> None:
    assert date.write(asked("date"), None, Part("d. 24/12"), SETTING) == CHRISTMAS


@pytest.mark.parametrize("said", ["i går", "31. november", "onsdag den 24. december", "den 3. eller 4. januar"])
def test_a_day_that_cannot_be_meant_is_asked_about(said: str) -> None:
    assert isinstance(date.write(asked("date"), None, Part(said), SETTING), Unclear)


@pytest.mark.parametrize("said", ["ja", "Ja.", "JA TAK!", "ja, det gør jeg", "yes"])
def test_a_yes_is_the_one_day_that_was_asked_about(said: str) -> None:
    assert date.agreed(["2026-12-24"], None, said, SETTING) == CHRISTMAS
    assert date.agreed(["2026-12-24"], None, "Yes", ENGLISH) == CHRISTMAS


def test_a_yes_to_several_days_asks_which_and_a_no_asks_again() -> None:
    days = ("2026-12-24", "2026-12-25")
    again = date.agreed(days, None, "ja", SETTING)
    assert isinstance(again, Unclear)
    assert again.offers == days
    no = date.agreed(days, None, "Nej", SETTING)
    assert isinstance(no, Unclear)
    assert no.offers == ()


def test_a_yes_is_no_day_where_none_was_asked_about_or_it_is_over_by_now() -> None:
    assert date.agreed([], None, "ja", SETTING) is None
    assert date.agreed(["2026-12-14"], None, "ja", SETTING) is None
    assert date.agreed(["2026-12-24"], None, "ja 3/1", SETTING) is None
    assert date.offers(["2026-12-14"], SETTING) == ()


def test_each_day_asked_about_has_a_button() -> None:
    asked_about = date.write(asked("date"), None, Part("mandag eller tirsdag"), SETTING)
    assert isinstance(asked_about, Unclear)
    assert labels(date.offers(asked_about.offers, SETTING)) == [
        ["mandag den 21. december 2026"], ["tirsdag den 22. december 2026"]]
    assert [row[0].action for row in date.offers(asked_about.offers, SETTING)] == ["day.2026-12-21", "day.2026-12-22"]


def test_words_without_a_day_are_kept_beside_it() -> None:
    reply = date.write(asked("date"), having("2026-12-24", "torsdag"), Part("lægen ringer"), SETTING)
    assert isinstance(reply, Given)
    assert (reply.value, reply.parts, reply.stay) == ("2026-12-24", (Part("lægen ringer"),), True)


def test_a_session_kept_before_days_were_asked_about_is_read() -> None:
    kept = Session("small", "1", state="a").to_json()
    del kept["offered"]
    assert Session.from_json(kept, {}) == Session("small", "1", state="a")


# Text


def test_every_text_is_an_answer_and_takes_the_place_of_the_one_before() -> None:
    assert text.write(asked("text"), having(None, "", "før"), Part("menu"), SETTING) == Given(parts=(Part("menu"),))


def test_a_text_that_is_a_book_is_refused() -> None:
    assert isinstance(text.write(asked("text"), None, Part("x" * (MOST_CHARACTERS + 1)), SETTING), Unclear)
    assert isinstance(text.write(asked("text"), None, Part("x" * MOST_CHARACTERS), SETTING), Given)


# All of them


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", [
    None, having(), having("a", "Æbler"), having(("a", "x"), "Æbler\nX"), having(7, "7"),
    having("2026-12-24", "torsdag"), having(None, "", "ord", "og flere"), having((), ""), having(("a",), ""),
], ids=repr)  # fmt: skip
def test_no_kind_stumbles_over_the_answer_of_another(kind: str, answer: Answer | None) -> None:
    choice, module = asked(kind), kind_of(asked(kind))
    for row in module.rows(choice, answer, 0, SETTING):
        for button in row:
            nothing_to_end = button.action == "done" and not (answer and (answer.value or answer.parts))
            if button.action != "stay" and not nothing_to_end:
                assert isinstance(module.tap(choice, answer, button.action, SETTING), Given | Turned)
    assert isinstance(module.write(choice, answer, Part("noget"), SETTING), Given | Unclear)
    assert module.hint(choice, SETTING).endswith(".")


# How an answer reads in one line


def test_ticks_and_points_read_as_a_list_in_a_sentence() -> None:
    many_asked, points_asked = asked("many", options=options("Kager", "Bananer")), asked("points", most=3)
    ticked = having(("kager", "bananer"), "Kager\nBananer", "en hund.")
    assert answer_line(many_asked, ticked, SETTING) == "Kager, Bananer og en hund"
    assert answer_line(points_asked, having(None, "", "ro.", "tid, også"), SETTING) == "ro og tid, også"
    assert answer_line(many_asked, having(("kager",), "Kager"), SETTING) == "Kager"


def test_the_list_is_in_the_citizen_s_language() -> None:
    assert answer_line(asked("many", options=options("Kager", "Bananer")),
                       having(("kager", "bananer"), "Kager\nBananer"), ENGLISH) == "Cakes and Bananas"
