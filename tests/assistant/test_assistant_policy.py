"""With the policy `safe` nothing confidential or sensitive passes an open chat, whatever is pressed."""

import json

import pytest

from afsaet.flows.conversation import MAIN
from tests.assistant.world import recorded, shipped

PLAN = recorded()[1:]
SECTIONS = shipped()[MAIN].sections
QUESTIONS = {question.id: question for section in SECTIONS for question in section.questions}
PRIVATE = {name for name, question in QUESTIONS.items() if question.sensitivity != "alm"}
CLOSED = "Der er gemt svar, som jeg ikke viser her."


def carried_since(world, count):
    """Everything that went to a phone since so many payloads ago, as one text."""
    return json.dumps(world.network.carried[count:], ensure_ascii=False)


def private_words(world, citizen):
    """What the citizen answered to private questions, and the wordings of those."""
    answers = world.answers(citizen)
    assert PRIVATE & answers.keys()
    said = {line for name in PRIVATE & answers.keys()
            for line in (answers[name]["text"].splitlines() + [part["text"] for part in answers[name]["parts"]])}
    asked = {answers[name]["question"] for name in PRIVATE & answers.keys()}
    return {words for words in said if len(words) > 4} | asked


@pytest.fixture
def narrowed(world):
    """A citizen who answered everything while the chat was open, and whose municipality then chose `safe`."""
    citizen, phone = world.joined()
    phone.plays(PLAN[:-2])
    words = private_words(world, citizen)
    whole = carried_since(world, 0)
    assert all(each in whole for each in words)
    phone.assistant = world.assistant(policy="safe")
    return citizen, phone, words, len(world.network.carried)


def leaks(world, words, count):
    return [each for each in words if each in carried_since(world, count)]


def test_only_ordinary_questions_are_asked_in_a_safe_chat(world):
    world.policy = "safe"
    citizen, phone = world.joined()
    assert "spørgsmål om private ting" in phone.last.text
    phone.taps("Begynd")
    for _number in range(40):
        if phone.last.message.lead == "Dine svar":
            break
        phone.taps("Spring over")
    phone.says("/mine_svar")
    assert set(world.answers(citizen)) == {
        name for name, question in QUESTIONS.items() if name not in PRIVATE and not question.when}
    asked = {QUESTIONS[name].ask.split("{")[0] for name in PRIVATE}
    assert leaks(world, asked, 0) == []


def test_answers_from_before_are_not_shown_in_any_view(world, narrowed):
    _citizen, phone, words, count = narrowed
    phone.says("/mine_svar")
    sections = [part for part in phone.last.text.split("\n\n") if CLOSED in part]
    assert sections
    # Between two questions it would read as an answer to the first of them.
    assert all(part.count(CLOSED) == 1 and part.endswith(f"\n{CLOSED}") for part in sections)
    phone.taps("Ret et svar")
    for label in list(phone.last.buttons)[:-1]:
        phone.taps(label, phone.last)
        for question in [each for each in phone.last.buttons if each not in ("Tilbage", "Menu")]:
            listing = phone.last
            phone.taps(question, listing)
            phone.says("/mine_svar")
            phone.plays(["Ret et svar"])
            phone.taps(label, phone.last)
        phone.taps("Tilbage", phone.last)
    for command in ("/menu", "/fortsaet", "/hvadnu", "/slet", "/kontakt", "/start", "/hjaelp"):
        phone.says(command)
    assert leaks(world, words, count) == []


def test_sending_and_the_copy_show_nothing_private_and_send_all_of_it(world, narrowed):
    citizen, phone, words, count = narrowed
    phone.plays(["/mine_svar", "Vælg afsnit", "Færdig"])
    assert "Jeg sender også de svar, du ikke kan se her." in phone.last.text
    phone.taps("Ja, send")
    phone.taps("Få en kopi")
    assert phone.last.message.lead.startswith("Din kopi")
    assert "Der er sendt svar, som jeg ikke viser her." in phone.last.text
    assert PLAN[1] in phone.last.text
    assert leaks(world, words, count) == []
    [version] = world.versions(citizen)
    sent = json.dumps(version.content, ensure_ascii=False)
    assert all(each in sent for each in words)


def test_a_copy_names_nothing_that_was_never_asked(world):
    """What could not be asked here was not sent either."""
    world.policy = "safe"
    _citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "/mine_svar", "Send til min sagsbehandler", "Ja, send", "Få en kopi"])
    assert phone.last.message.lead.startswith("Din kopi")
    assert "Noget med dyr" in phone.last.text
    assert "Der er sendt svar" not in phone.last.text
    assert leaks(world, {QUESTIONS[name].ask.split("{")[0] for name in PRIVATE}, 0) == []


def test_a_private_question_that_stands_open_is_left_when_the_chat_closes(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "Uddannelse"])
    hours = phone.last
    assert hours.message.lead.startswith("Hvor mange timer")
    phone.assistant = world.assistant(policy="safe")
    count = len(world.network.carried)
    phone.taps("11-20 timer", hours)
    assert "maal_timer" not in world.answers(citizen)
    assert phone.last.message.lead.startswith("Hvor meget tror du selv på")
    assert leaks(world, {"Hvor mange timer"}, count) == []
    phone.taps("7")
    phone.assistant = world.assistant(policy="open")
    phone.says("På et lager")
    phone.plays(["/mine_svar", "Fortsæt"])
    assert world.answers(citizen)["maal_tro"]["value"] == 7


def test_a_text_to_a_private_question_is_kept_though_the_chat_closed_meanwhile(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "Jeg ved det ikke endnu"])
    assert phone.last.message.lead.startswith("Hvad skal være anderledes")
    phone.assistant = world.assistant(policy="safe")
    count = len(world.network.carried)
    phone.says("Jeg skal sove bedre")
    assert world.words(citizen, "maal_hvad_skal_til") == ["Jeg skal sove bedre"]
    assert leaks(world, {"Jeg skal sove bedre", "Hvad skal være anderledes"}, count) == []


def test_an_open_channel_of_the_municipalitys_own_carries_everything(world):
    world.policy = "safe"
    _citizen, phone = world.joined()
    assistant = phone.assistant
    assert assistant.setting("telegram", "rehabiliteringsteam").open_to == {"alm"}
    assert assistant.setting("terminal", "rehabiliteringsteam").open_to == {"alm", "fortrolig", "følsom"}
