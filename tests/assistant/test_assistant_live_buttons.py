"""Only the newest copy of a place has buttons, and what stands under an answered question is the answer as it is."""

from afsaet.flows.inputs import Command
from tests.assistant.world import FIRST_QUESTION, SECOND_QUESTION


def standing(phone, lead):
    """How many messages begin so, and how many of them have buttons."""
    there = [each for each in phone.screen if each.message.lead.startswith(lead)]
    return len(there), sum(bool(each.buttons) for each in there)


def test_a_question_shown_once_more_has_buttons_under_its_newest_copy_only(world):
    _citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "det kommer an på", "og på vejret"])
    assert standing(phone, SECOND_QUESTION) == (3, 1)
    assert phone.last.buttons
    assert phone.screen[-2].text == phone.last.message.lead
    phone.plays(["/menu", "Fortsæt"])
    assert standing(phone, SECOND_QUESTION) == (4, 1)


def test_an_old_button_shows_where_one_is_and_takes_the_buttons_along(world):
    _citizen, phone = world.joined()
    old = phone.last
    phone.plays(["Begynd", "Noget med dyr", "Uddannelse"])
    phone.taps("Begynd", old)
    assert standing(phone, "Hvor mange timer") == (2, 1)
    assert "Begynd" not in phone.last.buttons


def test_a_question_that_stop_is_asked_about_keeps_its_words_and_no_buttons(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "stop"])
    assert standing(phone, FIRST_QUESTION) == (1, 0)
    phone.taps("Nej, det er mit svar")
    assert world.words(citizen, "maal_droem") == ["stop"]


def test_an_answered_question_takes_one_edit_and_one_message(world):
    _citizen, phone = world.joined()
    phone.plays(["Begynd"])
    phone.writes("Noget med dyr")
    assert [row.kind for row in phone.waiting()] == ["edit", "send"]
    phone.reads()
    phone.gives(*phone.press("Uddannelse"))
    assert [row.kind for row in phone.waiting()] == ["edit", "send"]


def test_a_pause_keeps_its_words_when_it_is_over_and_costs_one_message(world):
    _citizen, phone = world.joined()
    phone.plays(["Begynd", "Pause"])
    paused = phone.last
    phone.gives(*phone.press("Fortsæt"))
    assert [row.kind for row in phone.waiting()] == ["send"]
    phone.reads()
    assert paused in phone.screen


def test_a_row_of_quick_texts_leaves_one_copy_with_buttons(world):
    _citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    for number in range(5):
        phone.writes(f"tanke {number}")
    phone.reads()
    phone.says("og en til")
    assert standing(phone, SECOND_QUESTION) == (3, 1)


def test_of_copies_laid_before_the_first_had_arrived_only_the_newest_keeps_its_buttons(world):
    _citizen, phone = world.joined()
    phone.plays(["Begynd"])
    phone.writes("Noget med dyr")
    for _again in range(2):
        phone.writes("/menu")
        phone.gives(Command("fortsaet"))
    phone.reads()
    assert standing(phone, SECOND_QUESTION) == (3, 1)
    assert SECOND_QUESTION in phone.last.text
    assert phone.last.buttons
    phone.taps("Uddannelse")
    assert standing(phone, SECOND_QUESTION) == (3, 0)


def filled(phone):
    phone.plays(["Begynd", "Noget med dyr", "/mine_svar", "Send til min sagsbehandler"])


def test_a_sent_confirmation_has_no_button_left_and_says_what_was_pressed(world):
    _citizen, phone = world.joined()
    filled(phone)
    asked = phone.last.ref
    assert set(phone.last.buttons) == {"Ja, send", "Nej, ikke endnu"}
    phone.taps("Ja, send")
    confirmed = next(each for each in phone.screen if each.ref == asked)
    assert (confirmed.message.lead, confirmed.answer, confirmed.buttons) == ("Vil du sende nu?", "Ja, send", {})
    assert phone.last.message.lead.startswith("Sendt ")


def test_a_confirmation_given_in_words_has_no_button_left_either(world):
    citizen, phone = world.joined()
    filled(phone)
    asked = phone.last.ref
    phone.says("ja, send")
    assert len(world.versions(citizen)) == 1
    assert next(each for each in phone.screen if each.ref == asked).buttons == {}
