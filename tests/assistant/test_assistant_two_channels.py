"""One conversation on the phone and in a terminal: what is written binds to the question that stood there."""

import pytest

from afsaet.channels.terminal.chat import Chat
from tests.assistant.world import SECOND_QUESTION


def in_the_terminal(world, citizen):
    """The citizen's terminal, where they have said yes, and all that it has shown."""
    shown = []
    terminal = Chat(world.assistant(), code := world.invite(citizen), lambda text, _message: shown.append(text))
    terminal.open(code)
    terminal.take("Ja, jeg vil gerne prøve")
    return terminal, shown


def test_a_text_on_the_phone_is_no_answer_to_what_was_asked_in_the_terminal(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "Uddannelse", "0 timer", "5"])
    terminal, _shown = in_the_terminal(world, citizen)
    terminal.take("Jeg har været i en butik")
    phone.reads()
    phone.says("og i et køkken")
    assert world.words(citizen, "erfaring_job") == ["Jeg har været i en butik"]
    assert world.words(citizen, "erfaring_uddannelse") == []
    assert phone.last.text.startswith("Du er kommet videre et andet sted, så det er ikke gemt.")
    phone.says("9. klasse")
    assert world.words(citizen, "erfaring_uddannelse") == ["9. klasse"]


def test_a_text_in_the_terminal_is_no_answer_to_what_was_asked_on_the_phone(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    terminal, shown = in_the_terminal(world, citizen)
    phone.says("Noget med dyr")
    terminal.take("Noget med børn")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]
    assert world.words(citizen, "maal_retning") == []
    assert "ikke gemt" in shown[-1]
    assert SECOND_QUESTION in shown[-1]


def test_pages_in_the_menu_between_two_texts_make_no_other_place(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "/menu", "Fortsæt", "Noget med dyr", "Tilbage", "Noget andet"])
    assert world.words(citizen, "maal_droem") == ["Noget andet"]


@pytest.mark.parametrize("said", ["/slet_svaret", "/spring_over", "/tilbage"])
def test_a_buttons_words_with_a_slash_do_nothing_to_what_was_asked_in_another_channel(world, said):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "Uddannelse", "0 timer", "5", "I en butik", "9. klasse", "Tilbage"])
    terminal, shown = in_the_terminal(world, citizen)
    terminal.take("Tilbage")
    phone.reads()
    before = world.answers(citizen)
    phone.says(said)
    assert world.answers(citizen) == before
    assert phone.last.text.startswith("Den knap hører til noget tidligere.")
    assert "Hvilke job har du haft" in phone.last.text
    phone.taps("Tilbage")
    terminal.take(said)
    assert world.answers(citizen) == before
    assert "Den knap hører til noget tidligere." in shown[-1]
    terminal.take(said)  # it has been seen now
    assert "Den knap hører til noget tidligere." not in shown[-1]
