"""Nothing is kept longer than was said: warned about once, deleted at its time, unless the citizen comes by."""


import pytest
from sqlalchemy import update

from afsaet.assistant.casework import caseload
from afsaet.assistant.unasked.retention import WARNING, expire
from afsaet.municipality import Municipality, Retention
from afsaet.store import chats, erasure, events
from afsaet.store.tables import citizens
from tests.assistant.world import World

ANY_DAY = Municipality(weekends=True)
KEPT = Municipality().retention.draft_days
AHEAD = WARNING.days


@pytest.fixture
def world(database):
    return World(database, municipality=ANY_DAY)


@pytest.fixture
def begun(world):
    citizen, phone = world.joined(reference="SAG-17")
    phone.plays(["Begynd", "Noget med dyr"])
    return citizen, phone


def night(world, **parts):
    """Time passes, and the housekeeping is done."""
    world.clock.passes(**parts)
    expire(world.assistant())


def said_since(phone, count):
    phone.reads()
    return [bubble.text for bubble in phone.screen[count:]]


def test_an_idle_draft_is_warned_about_once_and_then_deleted(world, begun):
    citizen, phone = begun
    seen = len(phone.screen)
    night(world, days=KEPT - AHEAD - 1)
    assert said_since(phone, seen) == []
    night(world, days=1)
    [warning] = said_since(phone, seen)
    day = (world.clock() + WARNING).day
    assert f" {day}. " in warning
    assert list(phone.last.buttons) == ["Fortsæt", "Menu"]
    for _day in range(AHEAD - 1):
        night(world, days=1)
    assert len(said_since(phone, seen)) == 1
    assert world.answers(citizen)
    night(world, days=1)
    assert world.answers(citizen) == {}
    assert world.case(citizen).citizen.name is None
    [_warning, farewell] = said_since(phone, seen)
    assert "er nu slettet" in farewell
    night(world, days=400)
    assert len(said_since(phone, seen)) == 2


@pytest.mark.parametrize("sign", ["Fortsæt", "Menu", "et ord"])
def test_any_sign_of_life_keeps_the_draft_as_long_as_a_new_one(world, begun, sign):
    citizen, phone = begun
    night(world, days=KEPT - AHEAD)
    phone.reads()
    phone.plays([sign])
    night(world, days=AHEAD)
    night(world, days=AHEAD)
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]
    seen = len(phone.screen)
    night(world, days=KEPT - 3 * AHEAD)
    assert len(said_since(phone, seen)) == 1
    night(world, days=AHEAD)
    assert world.answers(citizen) == {}


def test_nobody_is_deleted_who_was_not_warned_in_time(world, begun):
    """The service was down for half a year: the warning comes late, and so does the deletion."""
    citizen, _phone = begun
    night(world, days=3 * KEPT)
    assert world.answers(citizen)
    night(world, days=AHEAD - 1)
    assert world.answers(citizen)
    night(world, days=1)
    assert world.answers(citizen) == {}


def test_a_warning_waits_until_people_are_awake(world, begun):
    _citizen, phone = begun
    seen = len(phone.screen)
    night(world, days=KEPT - AHEAD, hours=11)
    assert said_since(phone, seen) == []
    world.clock.passes(hours=9)
    assert len(said_since(phone, seen)) == 1


def test_one_who_joined_and_never_answered_is_forgotten_too(world):
    citizen, phone = world.joined()
    night(world, days=KEPT - AHEAD)
    assert len(said_since(phone, 2)) == 1
    night(world, days=AHEAD)
    assert world.case(citizen).citizen.joined_at is None


def test_what_was_sent_stays_when_the_draft_goes(world, begun):
    citizen, phone = begun
    phone.plays(["/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    night(world, days=KEPT - AHEAD)
    night(world, days=AHEAD)
    [version] = world.versions(citizen)
    assert version.content["sections"]
    assert world.case(citizen).plan == "sent"
    with world.database.read() as tx:
        assert [event.kind for event in events.list_all(tx, citizen)] == ["invited", "joined", "sent", "forgotten"]


def test_a_version_goes_some_days_after_it_was_filed_and_keeps_its_number(world, begun):
    citizen, phone = begun
    phone.plays(["/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    night(world, days=100)
    with world.database.write() as tx:
        caseload.mark_filed(tx, citizen, world.clock())
    night(world, days=world.municipality.retention.filed_days - 1)
    assert world.versions(citizen)[0].snapshot is not None
    night(world, days=1)
    [version] = world.versions(citizen)
    assert (version.number, version.snapshot) == (1, None)
    phone.plays(["/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    assert [version.number for version in world.versions(citizen)] == [1, 2]


def test_an_unfiled_version_stays_however_old(world, begun):
    citizen, phone = begun
    phone.plays(["/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    for _year in range(3):
        night(world, days=365)
    assert world.versions(citizen)[0].content["sections"]


@pytest.mark.parametrize("days", [1, 7])
def test_a_municipality_that_keeps_drafts_briefly_does_not_warn_people_who_were_just_here(database, days):
    world = World(database, municipality=Municipality(weekends=True, retention=Retention(draft_days=days)))
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    seen = len(phone.screen)
    for eighth in range(8 * days):
        expire(world.assistant())
        assert world.answers(citizen)
        assert len(said_since(phone, seen)) <= (eighth >= 4 * days)
        world.clock.passes(hours=3)
    expire(world.assistant())
    assert world.answers(citizen) == {}
    assert len(said_since(phone, seen)) == 2


def test_several_are_dealt_with_each_by_themselves(world):
    idle = [world.joined(f"Borger {number}") for number in range(3)]
    world.clock.passes(days=KEPT - AHEAD)
    awake, theirs = world.joined("Omar Dal")
    expire(world.assistant())
    world.clock.passes(days=AHEAD)
    expire(world.assistant())
    assert [world.case(citizen).citizen.joined_at for citizen, _phone in idle] == [None] * 3
    assert world.case(awake).citizen.joined_at is not None
    assert said_since(theirs, 2) == []


def test_one_who_is_erased_meanwhile_stops_nobody(world, begun, monkeypatch):
    """The list of those whose time is up is read first; by their turn one of them may be gone."""
    citizen, _phone = begun
    other, _theirs = world.joined("Omar Dal")
    night(world, days=KEPT - AHEAD)
    world.clock.passes(days=AHEAD)
    forget = erasure.forget

    def erased_first(tx, citizen_id, now):
        monkeypatch.setattr(erasure, "forget", forget)
        erasure.erase(tx, ({citizen, other} - {citizen_id}).pop(), now)
        forget(tx, citizen_id, now)

    monkeypatch.setattr(erasure, "forget", erased_first)
    expire(world.assistant())
    with world.database.read() as tx:
        left = [each for each in (citizen, other) if tx.conn.execute(
            citizens.select().where(citizens.c.id == each)).first() is not None]
    assert len(left) == 1
    assert world.case(left[0]).citizen.joined_at is None


def test_one_whose_key_is_damaged_stops_nobody(world, begun):
    """What lies damaged cannot be opened, nor said anything about; the others' time is up all the same."""
    citizen, phone = begun
    other, _theirs = world.joined("Omar Dal")
    phone.plays(["/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    with world.database.write() as tx:
        caseload.mark_filed(tx, citizen, world.clock())
        tx.conn.execute(update(citizens).where(citizens.c.id == citizen).values(draft_key=bytes(60)))
    world.database.keys.forget_opened()
    for days in (KEPT - AHEAD, AHEAD):
        night(world, days=days)
    assert world.case(other).citizen.joined_at is None
    with world.database.read() as tx:
        assert chats.active_of(tx, citizen)
