"""A text belongs to the question the citizen had seen when they wrote it."""

from dataclasses import replace

import pytest

from afsaet.assistant.turn.arriving import note_arrived
from afsaet.store import outbox
from tests.assistant.world import FIRST_QUESTION, SECOND_QUESTION


def test_texts_written_before_the_next_question_came_belong_to_the_answer_before(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    phone.writes("Jeg vil gerne arbejde med dyr.")
    phone.writes("Måske heste.")
    phone.writes("Eller hunde.")
    assert world.words(citizen, "maal_droem") == ["Jeg vil gerne arbejde med dyr.", "Måske heste.", "Eller hunde."]
    phone.reads()
    assert sum("Det har jeg lagt til dit forrige svar." in bubble.text for bubble in phone.screen) == 1
    assert [bubble.message.lead[:22] for bubble in phone.screen].count(SECOND_QUESTION[:22]) == 1
    phone.taps("Uddannelse")
    assert set(world.answers(citizen)) == {"maal_droem", "maal_retning"}


def test_the_number_of_a_text_tells_that_it_was_written_before_the_question(world):
    """It waited at Telegram while the question came."""
    citizen, phone = world.joined()
    phone.taps("Begynd")
    late = phone._number()
    phone.says("Noget med dyr")
    phone.network = replace(phone.network, messages=iter([late]).__next__)
    phone.writes("Især heste")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr", "Især heste"]


def test_a_text_written_before_the_first_question_came_is_not_put_under_it(world):
    citizen, phone = world.joined()
    phone.gives(*phone.press("Begynd"))
    phone.writes("Hvad går det her ud på?")
    phone.reads()
    assert world.answers(citizen) == {}
    assert [bubble.message.lead[:len(FIRST_QUESTION)] for bubble in phone.screen].count(FIRST_QUESTION) == 1
    assert "så det er ikke gemt" in phone.last.text
    phone.says("Noget med dyr")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]


def test_a_text_to_the_question_that_stands_there_is_its_answer_however_long_it_takes(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    world.clock.passes(days=21)
    phone.assistant = world.assistant()
    phone.says("Noget med dyr")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]


def test_after_going_back_a_text_is_the_answer_to_the_question_shown_again(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "Tilbage"])
    assert phone.last.message.lead.startswith(FIRST_QUESTION)
    phone.says("Noget med biler")
    assert world.words(citizen, "maal_droem") == ["Noget med biler"]


def test_a_text_while_help_is_on_its_way_still_answers_the_question_it_helps_with(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd"])
    phone.gives(*phone.press("Hjælp til spørgsmålet"))
    phone.writes("Noget med dyr")
    phone.reads()
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]


def test_an_early_text_of_a_restarted_service_is_known_as_early(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd"])
    phone.writes("Noget med dyr")
    phone.assistant = world.assistant()
    phone.writes("Især heste")
    phone.assistant = world.assistant()
    phone.reads()
    assert world.words(citizen, "maal_droem") == ["Noget med dyr", "Især heste"]
    assert phone.last.buttons or phone.screen[-2].buttons


def test_a_row_of_quick_texts_at_a_choice_is_kept_whole_and_answered_once(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    shown, said = len(phone.screen), [f"tanke {number}" for number in range(25)]
    for text in said:
        phone.writes(text)
    assert world.words(citizen, "maal_retning") == said
    phone.reads()
    assert [bubble.message.lead or bubble.text for bubble in phone.screen[shown:]] == [
        phone.screen[shown].message.lead, "Det har jeg også gemt."]
    assert phone.screen[shown].message.lead.startswith(SECOND_QUESTION)
    phone.says("og en til")
    assert phone.last.message.lead.startswith(SECOND_QUESTION)
    assert "tanke 24" in phone.last.text


def test_a_choice_among_quick_texts_still_answers_and_goes_on(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    for text in ("det ved jeg ikke", "jo", "Uddannelse"):
        phone.writes(text)
    phone.reads()
    assert world.answers(citizen)["maal_retning"]["value"] == "uddannelse"
    assert phone.last.message.lead.startswith("Hvor mange timer")


def test_a_row_of_quick_texts_to_an_answer_is_confirmed_once(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd"])
    said = [f"tanke {number}" for number in range(25)]
    for text in said:
        phone.writes(text)
    shown = len(phone.screen)
    phone.reads()
    assert world.words(citizen, "maal_droem") == said
    assert len(phone.screen) - shown == 2


def test_a_text_written_before_the_first_copy_came_stays_out_of_a_question_shown_once_more(world):
    """It waited at Telegram until the question had been shown a second time."""
    citizen, phone = world.joined()
    late = phone._number()
    phone.plays(["Begynd"])
    phone.plays(["/menu", "Fortsæt"])
    phone.network = replace(phone.network, messages=iter([late]).__next__)
    phone.writes("Hvad går det her ud på?")
    assert world.answers(citizen) == {}


def test_a_text_written_after_the_question_came_first_answers_it_though_it_came_again_meanwhile(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd"])
    late = phone._number()
    phone.plays(["/menu", "Fortsæt"])
    phone.network = replace(phone.network, messages=iter([late, *range(900, 950)]).__next__)
    phone.writes("Noget med dyr")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]


@pytest.mark.parametrize("said", ["/spring_over", "/tilbage"])
def test_a_buttons_words_with_a_slash_skip_nothing_that_had_not_come(world, said):
    citizen, phone = world.joined()
    phone.plays(["Begynd"])
    phone.writes("/spring_over")
    phone.writes(said)
    phone.reads()
    assert set(world.answers(citizen)) == {"maal_droem"}
    assert phone.last.message.lead.startswith(SECOND_QUESTION)


def answered(phone):
    """What stands under the questions that have been answered, from the top, below the start."""
    return [bubble.answer for bubble in phone.screen if bubble.answer][1:]


def test_the_answer_that_stands_in_the_chat_grows_with_what_is_written_late(world):
    _citizen, phone = world.joined()
    phone.taps("Begynd")
    phone.writes("Jeg vil gerne arbejde med dyr.")
    phone.writes("Måske heste.")
    phone.reads()
    assert answered(phone) == ["Jeg vil gerne arbejde med dyr. · Måske heste."]
    assert [bubble.message.lead[:len(FIRST_QUESTION)] for bubble in phone.screen if bubble.answer][1:] == [FIRST_QUESTION]


def test_the_answer_that_stands_in_the_chat_changes_with_an_edited_message(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    ref = phone.says("Noget med dur")
    phone.assistant = world.assistant()
    phone.edits(ref, "Noget med dyr")
    assert answered(phone) == ["Noget med dyr"]
    assert phone.last.text == "Jeg har rettet dit svar."
    phone.plays(["Uddannelse"])
    phone.edits(ref, "Noget med heste")  # only where the latest answer stands is known
    assert answered(phone) == ["Noget med dyr", "Uddannelse"]
    assert "Det er det nye, der gælder." in phone.last.text
    assert world.words(citizen, "maal_droem") == ["Noget med heste"]


def test_an_answer_changed_after_everything_was_sent_leaves_the_question_about_sending_alone(world):
    _citizen, phone = world.joined()
    phone.taps("Kun det vigtigste")
    ref = phone.says("Noget med dur")
    phone.plays(["/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    before = answered(phone)
    phone.edits(ref, "Noget med dyr")
    assert before == answered(phone)


def test_a_question_that_arrives_while_a_text_is_looked_at_makes_no_answer_of_it(world, monkeypatch):
    """Another process's note of it may be there when the outbox is looked into, and not yet when the chat was."""
    citizen, phone = world.joined()
    phone.taps("Begynd")
    phone.writes("Noget med dyr")
    arriving = phone.waiting()
    waiting = outbox.waiting

    def looked_into(tx, chat_id):
        outbox.done(tx, [row.id for row in arriving], world.clock())
        for row in arriving:
            note_arrived(tx, row.line, row.payload, "900", world.clock())
        arriving.clear()
        return waiting(tx, chat_id)

    monkeypatch.setattr(outbox, "waiting", looked_into)
    phone.writes("og planter")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr", "og planter"]
    assert set(world.answers(citizen)) == {"maal_droem"}


def test_an_edit_of_an_older_answer_with_words_of_need_brings_the_card_alone(world):
    _citizen, phone = world.joined()
    phone.taps("Begynd")
    ref = phone.says("Noget med dyr")
    phone.plays(["Uddannelse"])
    phone.edits(ref, "Jeg vil ikke leve mere")
    phone.says("/akut")
    [written, asked_for] = phone.screen[-2:]
    assert written.text == asked_for.text


def test_an_answer_that_stands_on_another_phone_is_left_alone(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    ref = phone.says("Noget med dur")
    other = world.joins(citizen)
    carried = len(other.network.carried)
    other.edits(ref, "Noget med dyr")
    assert not any("answer" in payload for payload in other.network.carried[carried:])
    assert answered(phone) == ["Noget med dur"]
