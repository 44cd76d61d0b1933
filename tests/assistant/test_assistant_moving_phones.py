"""One conversation, and the phone it is on: a new one, a lost one, the old one again, one shared by two."""

from dataclasses import replace
from itertools import count

from tests.assistant.world import FIRST_QUESTION, SECOND_QUESTION


def test_a_new_phone_takes_the_conversation_and_the_old_one_is_told(world):
    citizen, old = world.joined()
    old.taps("Begynd")
    old.says("Noget med dyr")
    shown = len(old.screen)
    new = world.joins(citizen)
    assert new.last.message.lead.startswith(SECOND_QUESTION)
    old.reads()
    assert [bubble.text for bubble in old.screen[shown:]] == [
        "Samtalen er flyttet til en anden telefon. Er det ikke dig, så ring til din sagsbehandler."]
    assert not old.screen[shown - 1].buttons
    assert old.screen[shown - 1].text.startswith(SECOND_QUESTION)
    new.taps("Uddannelse")
    assert set(world.answers(citizen)) == {"maal_droem", "maal_retning"}


def test_the_old_phone_is_a_strangers_from_then_on(world):
    citizen, old = world.joined()
    old.taps("Begynd")
    question = old.last
    world.joins(citizen)
    old.reads()
    before = world.tables()
    old.says("Noget med dyr")
    old.says("/mine_svar")
    old.taps("Pause", question)
    assert [bubble.message.lead for bubble in old.screen].count("Hej. Jeg er Afsæt") == 3
    assert world.tables() == before


def test_the_conversation_can_move_back_to_the_old_phone(world):
    citizen, old = world.joined()
    old.taps("Begynd")
    new = world.joins(citizen)
    new.says("Noget med dyr")
    world.joins(citizen, old)
    assert old.last.message.lead.startswith(SECOND_QUESTION)
    new.reads()
    assert "flyttet til en anden telefon" in new.last.text
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]


def test_taking_a_new_invitation_on_the_same_phone_says_nothing_of_moving(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    code = world.invite(citizen)
    shown = len(phone.screen)
    phone.starts(code)
    assert [bubble.message.lead for bubble in phone.screen[shown:]] == ["Menu"]
    phone.taps("Fortsæt")
    assert phone.last.message.lead.startswith(FIRST_QUESTION)


def test_a_phone_whose_citizen_moved_away_may_become_another_citizens(world):
    kirsten, shared = world.joined("Kirsten Lund")
    shared.taps("Begynd")
    shared.says("Kirstens ord")
    kirstens = world.joins(kirsten)
    shared.reads()
    omar = world.citizen("Omar Dal")
    world.joins(omar, shared)
    assert list(shared.last.buttons) == ["Begynd", "Kun det vigtigste"]
    shared.taps("Begynd")
    shared.says("Omars ord")
    kirstens.taps("Uddannelse")
    assert world.words(kirsten, "maal_droem") == ["Kirstens ord"]
    assert world.words(omar, "maal_droem") == ["Omars ord"]
    assert len(world.answers(kirsten)) == 2


def test_numbers_of_the_old_phones_messages_mean_nothing_on_the_new_one(world):
    """Telegram numbers every person's messages by themselves, so a new phone's may be lower."""
    citizen, old = world.joined()
    old.taps("Begynd")
    new = world.phone()
    new.network = replace(new.network, messages=count(1).__next__)
    world.joins(citizen, new)
    new.says("Noget med dyr")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]
