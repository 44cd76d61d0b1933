"""Whether messages reach a citizen: told to the caseworker once, and taken back by a word from the citizen."""

import pytest

from afsaet.assistant.casework import caseload
from afsaet.municipality import Mail, Municipality
from afsaet.store import notices
from tests.assistant.world import World


def test_a_citizen_who_shuts_the_assistant_out_is_a_task_once(world):
    citizen, phone = world.joined()
    phone.blocks()
    phone.blocks()
    assert world.case(citizen).citizen.reachable is False
    assert world.tasks(citizen) == ["unreachable"]
    assert phone.waiting() == []


@pytest.mark.parametrize("back", ["unblocks", "says"])
def test_a_citizen_who_comes_back_is_reachable_and_goes_on(world, back):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    phone.blocks()
    phone.unblocks() if back == "unblocks" else phone.says("/menu")
    assert world.case(citizen).citizen.reachable is True
    assert world.tasks(citizen) == []
    phone.says("/fortsaet")
    phone.taps("Uddannelse")
    assert set(world.answers(citizen)) == {"maal_droem", "maal_retning"}


def test_shut_out_again_after_the_caseworker_has_dealt_with_it_is_a_new_task(world):
    citizen, phone = world.joined()
    phone.blocks()
    with world.database.write() as tx:
        [task] = caseload.case(tx, citizen).tasks
        caseload.finish(tx, task.id, world.clock())
    phone.unblocks()
    assert world.tasks(citizen) == []
    phone.blocks()
    assert world.tasks(citizen) == ["unreachable"]


def test_the_caseworker_is_noticed_that_there_is_something(database):
    mail = Mail.model_validate({"host": "mail.kommune.example", "from": "afsaet@kommune.example"})
    world = World(database, municipality=Municipality(mail=mail))
    _citizen, phone = world.joined()
    phone.blocks()
    with database.read() as tx:
        assert len(notices.due(tx, world.clock(), 10)) == 1


def test_a_stranger_who_shuts_the_assistant_out_leaves_no_row(world):
    world.joined()
    before = world.tables()
    stranger = world.phone()
    stranger.blocks()
    stranger.unblocks()
    assert stranger.screen == []
    assert world.tables() == before


def test_an_old_phone_that_is_shut_out_says_nothing_of_the_new_one(world):
    citizen, old = world.joined()
    world.joins(citizen)
    old.blocks()
    assert world.case(citizen).citizen.reachable is True
