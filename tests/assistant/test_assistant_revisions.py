"""The dialogue changes under a citizen, and two processes with different ones serve the same citizen."""

import pytest

from afsaet.flows.conversation import MAIN
from afsaet.municipality import Municipality
from tests.assistant.world import recorded, shipped

PLAN = recorded()[1:]


def changed(change):
    """The shipped definitions with another preparation: `change` is given each question, and None takes it out."""
    definitions = dict(shipped())
    whole = definitions[MAIN]
    sections = [
        section.model_copy(update={
            "questions": tuple(kept for question in section.questions if (kept := change(question)) is not None)})
        for section in whole.sections]
    definitions[MAIN] = whole.model_copy(update={"sections": tuple(sections)})
    return definitions


def without(*names):
    return changed(lambda question: None if question.id in names else question)


def reworded(name, ask):
    return changed(lambda question: question.model_copy(update={"ask": ask}) if question.id == name else question)


def test_a_question_taken_out_under_the_citizen_keeps_its_text_and_they_go_on(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "Uddannelse", "6-10 timer", "4"])
    assert phone.last.message.lead.startswith("Hvilke job har du haft")
    phone.assistant = world.assistant(without("erfaring_job"))
    phone.says("På et lager")
    assert world.words(citizen, "erfaring_job") == ["På et lager"]
    assert phone.last.message.lead.startswith("Hvilke skoler")
    assert len(world.answers(citizen)) == 5


def test_a_choice_taken_out_under_the_citizen_is_told_and_they_go_on(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    phone.assistant = world.assistant(without("maal_retning"))
    phone.taps("Uddannelse")
    assert "maal_retning" not in world.answers(citizen)
    assert phone.last.message.lead.startswith("Hvor mange timer")
    phone.taps("6-10 timer")
    assert set(world.answers(citizen)) == {"maal_droem", "maal_timer"}


def test_each_answer_remembers_the_wording_it_was_given_to(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    asked = world.answers(citizen)["maal_droem"]["question"]
    phone.assistant = world.assistant(reworded("maal_droem", "Hvad drømmer du om?"))
    phone.plays(["/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    [version] = world.versions(citizen)
    assert version.content["sections"][0]["answers"][0]["question"] == asked
    assert version.content["revision"] != world.answers(citizen)["maal_droem"]["revision"]


def test_two_revisions_at_once_never_leave_a_citizen_stuck(world):
    """As while a new version is rolled out over several machines."""
    old, new = world.assistant(), world.assistant(without("maal_timer", "hverdag_oekonomi", "indsats_hjalp"))
    citizen, phone = world.joined()
    for number, line in enumerate(PLAN * 2):
        phone.assistant = (old, new)[number % 2]
        before = len(world.answers(citizen))
        if line in phone.last.buttons:
            phone.taps(line)
        else:
            phone.says(line)
        assert len(world.answers(citizen)) >= before
        if phone.last.message.lead == "Dine svar":
            break
    assert phone.last.message.lead == "Dine svar"
    phone.assistant = new
    phone.plays(["Send til min sagsbehandler", "Ja, send"])
    sent = world.versions(citizen)[0].content
    assert "maal_timer" not in {answer["id"] for section in sent["sections"] for answer in section["answers"]}


@pytest.mark.parametrize("back", [False, True])
def test_another_profile_is_another_wording_and_every_answer_stays(world, back):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "Uddannelse"])
    kept = world.answers(citizen)
    renamed = Municipality.model_validate({
        **world.municipality.model_dump(by_alias=True), "name": "Solvang Kommune"})
    phone.assistant = world.assistant(municipality=renamed)
    phone.taps("6-10 timer")
    if back:
        phone.assistant = world.assistant()
    phone.taps("4")
    assert kept.items() <= world.answers(citizen).items()
    assert len(world.answers(citizen)) == 4
