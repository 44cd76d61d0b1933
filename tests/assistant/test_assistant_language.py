"""Danish until the citizen chooses another language, and that one from then on."""

from afsaet.assistant.unasked.retention import WARNING, expire
from afsaet.municipality import Municipality
from tests.assistant.world import FIRST_QUESTION, recorded


def english(phone):
    phone.says("/sprog")
    phone.taps("English")
    return phone


def test_the_chosen_language_is_kept_through_turns_phones_and_restarts(world):
    citizen, phone = world.joined()
    english(phone)
    phone.says("/menu")
    words = phone.last.text
    assert "Vælg" not in words
    phone.assistant = world.assistant()
    phone.says("/menu")
    assert phone.last.text == words
    new = world.joins(citizen)
    assert not any(word in new.last.text for word in ("Du bestemmer selv", "Begynd"))
    assert "Du har sagt ja" not in new.screen[0].text
    assert world.state(citizen)["language"] == "en"


def test_answers_are_kept_with_the_danish_wording_whatever_was_read(world):
    citizen, phone = world.joined()
    english(phone)
    phone.says("/fortsaet")
    phone.taps(next(iter(phone.last.buttons)))
    assert not phone.last.message.lead.startswith(FIRST_QUESTION)
    phone.says("Something with animals")
    assert world.answers(citizen)["maal_droem"]["question"].startswith(FIRST_QUESTION)


def test_everybody_has_their_own_language(world):
    _one, phone = world.joined("Kirsten Lund")
    _two, other = world.joined("Omar Dal")
    english(other)
    phone.says("/menu")
    assert phone.last.message.text == "Vælg, hvad du vil."


def test_a_language_that_is_no_longer_offered_becomes_danish(world):
    _citizen, phone = world.joined()
    english(phone)
    phone.assistant = world.assistant(municipality=Municipality(languages=("da",)))
    phone.says("/menu")
    assert phone.last.message.text == "Vælg, hvad du vil."
    phone.says("/fortsaet")
    phone.taps("Begynd")
    assert phone.last.message.lead.startswith(FIRST_QUESTION)


def test_what_is_said_unasked_is_said_in_the_citizens_language(world):
    world.municipality = Municipality(weekends=True)
    _citizen, phone = world.joined()
    english(phone)
    seen = len(phone.screen)
    world.clock.passes(days=world.municipality.retention.draft_days - WARNING.days)
    expire(world.assistant())
    phone.reads()
    world.clock.passes(days=WARNING.days)
    expire(world.assistant())
    phone.reads()
    warning, farewell = phone.screen[seen:]
    assert "slettet" not in warning.text + farewell.text


def test_the_copy_is_in_the_citizens_language_and_their_own_words_are_theirs(world):
    """The whole recorded plan, in Danish first: what was sent is Danish, and the copy says the same in English."""
    _citizen, phone = world.joined()
    phone.plays(recorded())
    english(phone)
    phone.says("/mine_svar")
    for button in ("Send to my caseworker", "Yes, send", "Get a copy"):
        phone.taps(button)
    copy = phone.last.text
    assert "PRACTICAL" in copy
    assert "→ A job with a few hours a week" in copy
    assert "→ 4 (0 = not at all, 10 = completely sure)" in copy
    assert "→ Tuesday 17 March 2026" in copy
    assert "→ Skipped" in copy
    assert "→ Min søster og min nabo." in copy
    danish = [label for label in ("Sprunget over", "Spørgsmål", "Hvad ", "Hvordan ") if f"\n{label}" in copy]
    assert danish == []
