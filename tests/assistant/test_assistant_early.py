"""A text belongs to the question the citizen had seen when they wrote it."""

from dataclasses import replace

from tests.assistant.world import FIRST_QUESTION, SECOND_QUESTION


def test_texts_written_before_the_next_question_came_belong_to_the_answer_before(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    phone.writes("Jeg vil gerne arbejde med dyr.")
    phone.writes("Måske heste.")
    phone.writes("Eller hunde.")
    assert world.words(citizen, "maal_droem") == ["Jeg vil gerne arbejde med dyr.", "Måske heste.", "Eller hunde."]
    phone.reads()
    assert sum("Det har jeg lagt til dit forrige svar." in bubble.text for bubble in phone.screen) == 2
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
    assert any("så det er ikke gemt" in bubble.text for bubble in phone.screen)
    assert phone.last.message.lead.startswith(FIRST_QUESTION)
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
