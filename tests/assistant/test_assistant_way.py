"""A citizen's place in the process: what brings them on, what holds them back, and a history with dates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from afsaet.assistant.casework import caseload, way
from afsaet.assistant.casework.caseload import Refused
from afsaet.municipality import Municipality
from afsaet.store import places
from tests.assistant.desk import add, cancel, goes_to, local, move, place
from tests.assistant.world import METTE, World, recorded

TUESDAY = "2026-12-01 10:00"


@pytest.fixture
def citizen(world: World) -> str:
    return world.citizen()


def passed(world, citizen):
    return [(each.step, each.by) for each in place(world, citizen).history]


def of_profile(world, profile):
    with world.database.write() as tx:
        return caseload.add_citizen(tx, "Bo Vang", METTE, world.clock(), profile=profile).citizen.id


def change_profile(world, citizen, profile):
    with world.database.write() as tx:
        return way.change_profile(tx, world.municipality, citizen, profile, world.clock())


def kept(world, citizen):
    with world.database.read() as tx:
        return places.get(tx, citizen)


def test_everybody_begins_on_the_first_step_on_the_day_they_were_added(world, citizen):
    world.clock.passes(days=3)
    [first] = place(world, citizen).history
    assert (first.step, first.at, first.by) == ("informeret", world.clock() - timedelta(days=3), "caseworker")
    assert kept(world, citizen) is None


def test_sending_the_plan_brings_the_citizen_on(world):
    citizen, phone = world.joined()
    phone.plays(recorded()[1:])
    assert passed(world, citizen) == [("informeret", "caseworker"), ("sendt", "citizen")]
    assert kept(world, citizen) == place(world, citizen)


def test_a_plan_sent_before_places_were_kept_is_found(world):
    citizen, phone = world.joined()
    phone.plays(recorded()[1:])
    with world.database.write() as tx:
        tx.conn.exec_driver_sql("DELETE FROM places")
    last = place(world, citizen).history[-1]
    assert (last.step, last.at, last.by) == ("sendt", world.clock(), "citizen")


@pytest.mark.parametrize("profile", ["rehabiliteringsteam", "samlet_beskrivelse"])
def test_a_booked_meeting_brings_the_citizen_on_and_its_end_is_when_it_was_held(world, profile):
    citizen = of_profile(world, profile)
    add(world, citizen, TUESDAY, minutes=90)
    assert place(world, citizen).step == "moede_booket"
    world.clock.now = local("2026-12-01 11:29")
    assert place(world, citizen).step == "moede_booket"
    world.clock.now = local("2026-12-20 09:00")
    last = place(world, citizen).history[-1]
    assert (last.step, last.at, last.by) == ("moede", local("2026-12-01 11:30"), "time")


@pytest.mark.parametrize(("kind", "step"), [
    ("overdragelse", "overdragelse"), ("opstart", "opstart"), ("opfoelgning", "opfoelgning"),
])
def test_the_meetings_afterwards_bring_the_citizen_on_when_they_are_over(world, citizen, kind, step):
    add(world, citizen, TUESDAY, kind)
    assert place(world, citizen).step == "informeret"
    world.clock.now = local("2026-12-01 11:00")
    assert passed(world, citizen)[-1] == (step, "time")


@pytest.mark.parametrize("kind", ["samtale", "netvaerk"])
def test_other_meetings_lead_nowhere(world, citizen, kind):
    add(world, citizen, TUESDAY, kind)
    world.clock.now = local("2026-12-02 11:00")
    assert place(world, citizen).step == "informeret"


@pytest.mark.parametrize("held", [False, True])
def test_a_meeting_called_off_never_takes_the_citizen_to_a_step_they_were_not_on(world, citizen, held):
    which = add(world, citizen, TUESDAY).kept.meeting.id
    if held:
        world.clock.now = local("2026-12-01 12:00")
    cancel(world, which)
    assert passed(world, citizen)[-1] == ("informeret", "caseworker")


def test_a_meeting_called_off_takes_the_citizen_back_to_the_latest_step_that_holds(world, citizen):
    goes_to(world, citizen, "samtale")
    which = add(world, citizen, TUESDAY).kept.meeting.id
    goes_to(world, citizen, "partshoering")
    goes_to(world, citizen, "indkaldt")
    cancel(world, which)
    # Having seen the papers wants no meeting, so it still holds.
    assert passed(world, citizen)[-1] == ("partshoering", "caseworker")
    goes_to(world, citizen, "samtale")
    move(world, which, TUESDAY)
    assert passed(world, citizen)[-1] == ("moede_booket", "caseworker")


def test_a_meeting_that_was_not_held_after_all_is_moved_into_the_future(world, citizen):
    which = add(world, citizen, TUESDAY).kept.meeting.id
    world.clock.now = local("2026-12-01 12:00")
    move(world, which, "2026-12-08 10:00")
    history = passed(world, citizen)
    assert history[-2:] == [("moede", "time"), ("moede_booket", "caseworker")]
    world.clock.now = local("2026-12-08 12:00")
    assert passed(world, citizen) == [*history, ("moede", "time")]


def test_a_second_main_meeting_keeps_the_step_when_the_first_is_called_off(world, citizen):
    first = add(world, citizen, TUESDAY).kept.meeting.id
    add(world, citizen, "2026-12-08 10:00")
    cancel(world, first)
    assert place(world, citizen).step == "moede_booket"


def test_a_caseworker_who_moves_a_citizen_back_is_not_overruled_by_a_meeting_of_before(world, citizen):
    add(world, citizen, TUESDAY)
    world.clock.now = local("2026-12-02 12:00")
    goes_to(world, citizen, "samtale")
    world.clock.passes(days=1)
    assert passed(world, citizen)[-2:] == [("moede", "time"), ("samtale", "caseworker")]


def test_the_caseworker_is_held_back_by_what_is_lacking_and_told_what(world, citizen):
    with pytest.raises(Refused, match="has not sent a plan yet"):
        goes_to(world, citizen, "sendt")
    with pytest.raises(Refused, match="no meeting with a date yet"):
        goes_to(world, citizen, "moede_booket")
    add(world, citizen, TUESDAY)
    with pytest.raises(Refused, match="has not been held yet"):
        goes_to(world, citizen, "moede")
    with pytest.raises(Refused, match="The steps are: informeret"):
        goes_to(world, citizen, "sundhedsraad")
    with pytest.raises(Refused, match="no citizen"):
        goes_to(world, "nobody", "samtale")
    assert passed(world, citizen)[-1] == ("moede_booket", "caseworker")


def test_what_comes_next_what_it_lacks_and_by_when(world, citizen):
    at = goes_to(world, citizen, "samtale")
    assert (at.following.step, at.following.lacking) == ("sendt", ("The citizen has not sent a plan yet.",))
    assert at.deadlines == {}
    add(world, citizen, "2026-12-30 10:00")
    world.clock.now = local("2026-12-30 12:00")
    at = goes_to(world, citizen, "moede")
    assert (at.following.step, at.following.lacking) == ("brev", ())
    assert {step: day.isoformat() for step, day in at.deadlines.items()} == {
        "brev": "2027-01-06", "overdragelse": "2027-01-13"}
    assert goes_to(world, citizen, "opfoelgning").following is None


def test_another_profile_half_way_keeps_the_place_and_back_again(world, citizen):
    described = of_profile(world, "samlet_beskrivelse")
    goes_to(world, citizen, "samtale")
    assert change_profile(world, citizen, "samlet_beskrivelse") is True
    assert change_profile(world, citizen, "samlet_beskrivelse") is False
    assert world.case(citizen).citizen.profile == "samlet_beskrivelse"
    assert passed(world, citizen) == [("informeret", "caseworker"), ("samtale", "caseworker")]

    goes_to(world, described, "sundhedsraad")  # "sendt" and what else comes before it has not happened
    change_profile(world, described, "rehabiliteringsteam")
    assert passed(world, described)[-1] == ("informeret", "profile")
    change_profile(world, described, "samlet_beskrivelse")
    assert passed(world, described)[1:] == [
        ("sundhedsraad", "caseworker"), ("informeret", "profile"), ("sundhedsraad", "profile")]


def test_a_profile_changed_in_the_middle_of_the_dialogue_loses_no_answer_and_speaks_in_the_new_names(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    change_profile(world, citizen, "samlet_beskrivelse")
    phone.says("/menu")
    phone.says("/fortsaet")
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]
    assert "Hvad vil du helst hen imod" in phone.last.text
    phone.says("/hvadnu")
    assert "rehabiliteringsteam" not in phone.last.text


def test_steps_that_the_municipality_takes_away_lead_to_the_latest_before_them(world, citizen):
    add(world, citizen, TUESDAY)
    goes_to(world, citizen, "partshoering")
    order = [step for step in Municipality().text_profile().process.order if step != "partshoering"]
    world.municipality = Municipality.model_validate({"profiles": {
        **Municipality().profiles.model_dump(), "rehabiliteringsteam": {
            **Municipality().profiles.rehabiliteringsteam.model_dump(),
            "process": {**Municipality().text_profile().process.model_dump(), "order": order}}}})
    assert place(world, citizen).step == "moede_booket"
    world.clock.now = local("2026-12-01 12:00")
    assert place(world, citizen).step == "moede"


def test_looking_keeps_nothing(world, citizen):
    add(world, citizen, TUESDAY)
    world.clock.now = local("2026-12-01 12:00")
    before = world.tables()
    assert place(world, citizen) == place(world, citizen)
    assert world.tables() == before
