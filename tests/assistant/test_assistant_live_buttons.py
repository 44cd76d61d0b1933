"""Only the newest copy of a place has buttons, and what stands under an answered question is the answer as it is."""


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
