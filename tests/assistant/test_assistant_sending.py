"""From the first question to what the caseworker gets, and what is told to whom on the way."""

import pytest

from afsaet.assistant.casework import caseload, handing_over
from afsaet.assistant.unasked.retention import expire
from afsaet.municipality import Mail, Municipality
from afsaet.store import notices, tasks
from tests.assistant.world import METTE, World, recorded

PLAN = recorded()[1:]
MAILED = Municipality(mail=Mail.model_validate({"host": "mail.kommune.example", "from": "afsaet@kommune.example"}))


@pytest.fixture
def mailed(database):
    return World(database, municipality=MAILED)


@pytest.fixture
def sent(mailed):
    citizen, phone = mailed.joined(reference="SAG-17")
    phone.plays(PLAN)
    return mailed, citizen, phone


def waiting_notices(world):
    with world.database.read() as tx:
        return notices.due(tx, world.clock(), 10)


def test_a_whole_preparation_becomes_one_version(sent):
    world, citizen, phone = sent
    assert phone.last.message.lead.startswith("Sendt tirsdag den 3. marts 2026 kl. 12.00")
    [version] = world.versions(citizen)
    assert (version.number, version.sent_at) == (1, world.clock())
    assert (version.content["version"], version.content["reference"]) == (1, "SAG-17")
    given = {answer["id"]: answer for section in version.content["sections"] for answer in section["answers"]}
    assert given["maal_droem"]["text"] == PLAN[1]
    assert {name: answer["state"] for name, answer in given.items()} == {
        name: answer["state"] for name, answer in world.answers(citizen).items()}
    assert len(given) > 30


def test_the_caseworker_gets_one_task_and_one_notice(sent):
    world, citizen, _phone = sent
    assert world.tasks(citizen) == ["plan_sent"]
    assert len(waiting_notices(world)) == 1
    assert world.case(citizen).plan == "sent"


def test_nothing_is_told_before_it_is_sent(mailed):
    citizen, phone = mailed.joined()
    phone.plays(PLAN[:-1])
    assert phone.last.message.lead == "Vil du sende nu?"
    assert (mailed.tasks(citizen), waiting_notices(mailed), mailed.versions(citizen)) == ([], [], [])
    phone.taps("Nej, ikke endnu")
    assert mailed.versions(citizen) == []


def test_a_second_press_of_send_sends_nothing_more(mailed):
    citizen, phone = mailed.joined()
    phone.plays(PLAN[:-1])
    press = phone.press("Ja, send")
    phone.taps("Ja, send")
    phone.gives(*press)
    phone.reads()
    assert len(mailed.versions(citizen)) == 1
    assert phone.last.message.lead.startswith("Sendt")


def test_sending_again_makes_the_next_version_and_leaves_the_first(sent):
    world, citizen, phone = sent
    first = world.versions(citizen)[0].content
    with world.database.write() as tx:
        [task] = tasks.list_of(tx, citizen)
        caseload.finish(tx, task.id, world.clock())
    world.clock.passes(days=2)
    phone.edits(phone.own[0], "Jeg vil hellere arbejde med biler.")
    assert "Det, du har sendt, er ikke ændret" in phone.last.text or "send" in phone.last.text.lower()
    assert world.versions(citizen)[0].content == first
    phone.plays(["/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    older, newer = world.versions(citizen)
    assert older.content == first
    assert newer.number == newer.content["version"] == 2
    assert newer.content["sections"][0]["answers"][0]["text"] == "Jeg vil hellere arbejde med biler."
    assert world.tasks(citizen) == ["plan_sent"]


def test_a_copy_shows_what_was_sent_and_not_what_was_changed_since(sent):
    _world, _citizen, phone = sent
    phone.edits(phone.own[0], "Noget helt andet")
    phone.taps("Få en kopi")
    assert phone.last.message.lead.startswith("Din kopi. Sendt tirsdag den 3. marts 2026")
    assert PLAN[1] in phone.last.text
    assert "Noget helt andet" not in phone.last.text
    assert f"{PLAN[-4]}" in phone.last.text
    assert "→ Sprunget over" in phone.last.text


def test_a_copy_asked_for_twice_at_once_comes_once(sent):
    _world, _citizen, phone = sent
    press = phone.press("Få en kopi")
    phone.gives(*press)
    phone.gives(*press)
    phone.reads()
    assert sum(bubble.message.lead.startswith("Din kopi") for bubble in phone.screen) == 1


def test_a_version_that_is_kept_on_the_case_only_gives_no_copy(sent):
    world, citizen, phone = sent
    with world.database.write() as tx:
        caseload.mark_filed(tx, citizen, world.clock())
    world.clock.passes(days=world.municipality.retention.filed_days)
    expire(world.assistant())
    shown = len(phone.screen)
    phone.taps("Få en kopi")
    assert not any(bubble.message.lead.startswith("Din kopi") for bubble in phone.screen[shown:])
    assert phone.last.buttons


def test_a_wish_to_be_called_is_one_open_task(mailed):
    citizen, phone = mailed.joined()
    phone.says("/kontakt")
    assert "Mette Holm" in phone.last.text
    assert "12345678" in phone.last.text
    assert mailed.tasks(citizen) == []
    phone.taps("Bed om at blive ringet op")
    assert phone.last.message.lead == "Det er gjort"
    assert mailed.tasks(citizen) == ["contact_wished"]
    assert len(waiting_notices(mailed)) == 1
    phone.says("/kontakt")
    phone.taps("Bed om at blive ringet op")
    assert mailed.tasks(citizen) == ["contact_wished"]
    assert len(waiting_notices(mailed)) == 1


def test_a_wish_after_the_first_one_was_met_is_a_new_task(world):
    _citizen, phone = world.joined()
    phone.plays(["/kontakt", "Bed om at blive ringet op"])
    with world.database.write() as tx:
        [(task, _case)] = caseload.open_tasks(tx, METTE)
        caseload.finish(tx, task.id, world.clock())
    phone.plays(["/kontakt", "Bed om at blive ringet op"])
    with world.database.read() as tx:
        [(other, _case)] = caseload.open_tasks(tx, METTE)
    assert other.id != task.id


def test_a_changed_contact_person_is_named_from_the_next_turn(world):
    citizen, phone = world.joined()
    with world.database.write() as tx:
        caseload.add_caseworker(tx, "jens@kommune.dk", "Jens Krogh", world.clock())
        handing_over.move(tx, world.municipality, citizen, "jens@kommune.dk", world.clock())
    phone.reads()
    assert phone.last.text == "Fra nu af er Jens Krogh din kontakt i kommunen."
    phone.says("/kontakt")
    assert "Jens Krogh" in phone.last.text
    assert "Mette" not in phone.last.text
