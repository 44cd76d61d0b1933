"""A personal number is kept nowhere; words of a crisis leave no trace."""

import json

import pytest

from afsaet.flows.conversation import MAIN
from afsaet.store import chats, outbox, versions
from afsaet.store.tables import metadata
from tests.assistant.world import SECOND_QUESTION

CPR = "010190-1234"
DIGITS = ("0101901234", "010190-1234", "010190 1234", "1234")
CRISIS = "Jeg vil ikke leve mere"


def everything_kept(world, citizen):
    """All that can be read of the citizen, as one text, with everything that was carried to their phone."""
    kept = [world.state(citizen), world.answers(citizen), [version.snapshot for version in world.versions(citizen)]]
    return json.dumps([kept, world.network.carried], ensure_ascii=False)


def test_a_personal_number_in_an_answer_is_masked_and_its_message_goes(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    phone.says(f"Jeg hedder Kirsten, {CPR}, og vil være gartner")
    assert world.words(citizen, "maal_droem") == ["Jeg hedder Kirsten, [CPR-nummer fjernet], og vil være gartner"]
    assert any("Du skrev et CPR-nummer" in bubble.text for bubble in phone.screen)
    assert phone.own == []
    assert not any(digits in everything_kept(world, citizen) for digits in DIGITS)


def test_a_personal_number_written_into_an_earlier_answer_is_masked_too(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    ref = phone.says("Noget med dyr")
    phone.edits(ref, f"Noget med dyr {CPR}")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr [CPR-nummer fjernet]"]
    assert phone.own == []
    assert not any(digits in everything_kept(world, citizen) for digits in DIGITS)


@pytest.mark.parametrize("before", [["/menu"], ["Begynd", "Pause"], ["Begynd", "/slet"]])
def test_a_personal_number_outside_a_question_is_not_kept_either(world, before):
    citizen, phone = world.joined()
    phone.plays(before)
    assert phone.says(CPR) not in phone.own
    assert not any(digits in everything_kept(world, citizen) for digits in DIGITS)


def test_a_personal_number_beside_a_choice_and_in_a_late_message_is_masked(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    phone.says("Noget med dyr")
    phone.says(f"det står på mit kort {CPR}")
    phone.taps("Uddannelse")
    phone.writes(f"og {CPR}")
    phone.reads()
    assert phone.own == [phone.own[0]]
    assert not any(digits in everything_kept(world, citizen) for digits in DIGITS)


def test_a_personal_number_never_gets_into_a_version(world):
    citizen, phone = world.joined()
    phone.plays(["Kun det vigtigste", f"Gartner {CPR}", "/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    phone.taps("Få en kopi")
    assert len(world.versions(citizen)) == 1
    assert not any(digits in everything_kept(world, citizen) for digits in DIGITS)


# What names a row or a message, and so is another for everybody.
NAMES = {"id", "chat_id", "asked_ref", "asked_first"}


def kept_of(world, citizen):
    """What somebody who may read everything sees of one citizen, without names of rows, seals and the words."""
    state, answers = world.state(citizen), world.answers(citizen)
    state["settled"] = [state["settled"][0], bool(state["settled"][1])]  # not the number of the message
    state["sessions"][MAIN]["answers"] = {
        name: {**answer, "parts": [{**part, "text": "…", "ref": "…"} for part in answer["parts"]]}
        for name, answer in answers.items()}
    rows = {
        name: [{key: value for key, value in zip(metadata.tables[name].columns.keys(), row, strict=True)
                if key not in NAMES and not isinstance(value, bytes)}
               for row in table if citizen in row]
        for name, table in world.tables().items()}
    return state, json.loads(json.dumps(rows, default=str).replace(citizen, "…"))


def asked_of(world, citizen):
    """The number of the buttons that arrived last, and whether what carries them now carried them first."""
    with world.database.read() as tx:
        [chat] = chats.active_of(tx, citizen)
    return chat.asked_number, chat.asked_ref is not None and chat.asked_ref == chat.asked_first


@pytest.mark.parametrize("at", [["Begynd"], ["Begynd", "Gartner", "Uddannelse", "6-10 timer", "4"]])
@pytest.mark.parametrize("rest", ["Pause", "/pause", "/menu", "/akut"])
def test_after_words_of_a_crisis_everything_is_as_after_a_pause(world, at, rest, capfd, caplog):
    troubled, theirs = world.joined("Kirsten Lund")
    resting, other = world.joined("Omar Dal")
    theirs.plays(at)
    other.plays(at)
    caplog.clear()
    capfd.readouterr()
    theirs.says(CRISIS)
    assert theirs.last.message.lead == "Har du det svært lige nu, så tal med nogen"
    assert "70 201 201" in theirs.last.text
    other.plays(["Det ved jeg ikke", rest])
    (state, rows), (other_state, other_rows) = kept_of(world, troubled), kept_of(world, resting)
    if rest == "Pause":
        # Every page that is opened forgets which press was carried out last, and so does the card.
        state["done"] = other_state["done"] = ""
    assert state == other_state
    assert rows == other_rows
    assert asked_of(world, troubled) == asked_of(world, resting) == (state["ask"], True)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_the_words_of_a_crisis_are_an_answer_like_any_other(world):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    phone.says(CRISIS)
    assert world.words(citizen, "maal_droem") == [CRISIS]
    assert (world.tasks(citizen), world.case(citizen).plan) == ([], "begun")
    phone.taps("Fortsæt")
    assert phone.last.message.lead.startswith(SECOND_QUESTION)


def test_words_of_a_crisis_that_came_late_stand_with_the_answer_like_any_other(world):
    """The card comes, the answer has grown, and what is kept and stands is as after any late text and a pause."""
    kept, lines = [], []
    for name, late, rest in (("Kirsten Lund", CRISIS, None), ("Omar Dal", "Ved ikke", "/pause")):
        citizen, phone = world.joined(name)
        phone.plays(["Begynd"])
        phone.writes("Gartner")
        phone.writes(late)
        phone.reads()
        if rest:
            phone.says(rest)
        kept.append(kept_of(world, citizen))
        [_begun, line] = [bubble.answer for bubble in phone.screen if bubble.answer]
        lines.append(line)
    assert lines == [f"Gartner · {CRISIS}", "Gartner · Ved ikke"]
    (state, rows), (other_state, other_rows) = kept
    state["sessions"][MAIN]["hushed"] = other_state["sessions"][MAIN]["hushed"]
    assert state == other_state
    assert rows == other_rows


def test_the_card_keeps_its_words_when_the_citizen_goes_on_from_the_menu(world):
    _citizen, phone = world.joined()
    phone.plays(["Begynd", CRISIS])
    card = phone.last
    answered = phone.screen[-2]
    phone.plays(["/menu", "Fortsæt"])
    assert phone.last.message.lead.startswith(SECOND_QUESTION)
    assert card in phone.screen
    assert answered in phone.screen


def test_the_card_goes_out_as_a_message_like_any_other(world):
    """Nothing beside its words tells the row in the outbox from that of an answer to anything else."""
    rows = []
    for name, words in (("Kirsten Lund", CRISIS), ("Omar Dal", "/akut"), ("Rosa Vang", "/kontakt")):
        _citizen, phone = world.joined(name)
        phone.says("/menu")
        phone.writes(words)
        [row] = phone.waiting()
        rows.append((row.kind, row.reply, row.channel, sorted(row.payload), sorted(row.payload["message"])))
    assert rows[0] == rows[1] == rows[2]


def test_the_caseworker_sees_no_more_of_a_crisis_than_the_citizen_sends(world):
    citizen, phone = world.joined()
    phone.plays(["Kun det vigtigste", CRISIS])
    with world.database.read() as tx:
        assert versions.latest(tx, citizen, MAIN) is None
        assert outbox.due(tx, "telegram", world.clock(), 10) == []
    phone.plays(["/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    [version] = world.versions(citizen)
    assert version.content["sections"][0]["answers"][0]["text"] == CRISIS
    assert world.tasks(citizen) == ["plan_sent"]
