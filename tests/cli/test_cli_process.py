from __future__ import annotations

import pytest
import time_machine

from tests.cli.program import Afsaet

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def citizen(people: Afsaet) -> str:
    return people.citizen()


def test_a_new_citizen_is_on_the_first_step(people: Afsaet, citizen: str) -> None:
    shown = people.json("process", "show", citizen)
    assert (shown["id"], shown["profile"]) == (citizen, "rehabiliteringsteam")
    assert (shown["step"], shown["name"]) == ("informeret", "Du ved, hvad der venter")
    assert (shown["number"], shown["of"]) == (1, 12)
    assert shown["history"] == [{"step": "informeret", "name": "Du ved, hvad der venter",
                                 "at": "2026-11-24T12:00:00+01:00", "by": "caseworker"}]
    assert shown["next"] == {"step": "indhentning", "name": "Papirerne er hentet", "lacking": []}
    assert shown["deadlines"] == []
    assert len(shown["steps"]) == 12


def test_a_step_wants_what_it_needs(people: Afsaet, citizen: str) -> None:
    people("process", "move", citizen, "--to", "samtale")
    shown = people.json("process", "show", citizen)
    assert shown["next"]["lacking"] == ["The citizen has not sent a plan yet."]
    refused = people.json("process", "move", citizen, "--to", "sendt", code=1)
    assert refused == {"error": "The citizen has not sent a plan yet."}
    people.sends(citizen)
    assert people.json("process", "move", citizen, "--to", "sendt")["step"] == "sendt"
    assert "The steps are: informeret" in people("process", "move", citizen, "--to", "x", code=1).err
    assert "no citizen" in people("process", "show", "nobody", code=1).err
    people("process", "move", citizen, code=2)


def test_a_held_meeting_gives_deadlines(people: Afsaet, citizen: str) -> None:
    people("meeting", "add", citizen, "--at", "2026-12-30 10:00", "--kind", "rehabiliteringsmoede")
    assert people.json("process", "show", citizen)["step"] == "moede_booket"
    with time_machine.travel("2027-01-08T09:00:00+01:00", tick=False):
        shown = people.json("process", "show", citizen)
        text = people("process", "show", citizen).out
    assert shown["history"][-1] == {"step": "moede", "name": "Mødet er holdt", "at": "2026-12-30T11:00:00+01:00",
                                    "by": "time"}
    assert shown["deadlines"] == [
        {"step": "brev", "name": "Du har fået brevet", "on": "2027-01-06", "passed": True},
        {"step": "overdragelse", "name": "Du har mødt din nye sagsbehandler", "on": "2027-01-13", "passed": False}]
    assert "Step 8 of 12: moede" in text
    assert "at the latest 2027-01-13" in text


def test_names_are_those_of_the_profile(people: Afsaet) -> None:
    citizen = people.citizen("Bo Vang", "--profile", "samlet_beskrivelse")
    people("meeting", "add", citizen, "--at", "2026-12-30 10:00", "--kind", "rehabiliteringsmoede")
    shown = people.json("process", "show", citizen)
    assert (shown["name"], shown["number"], shown["of"]) == ("Der er en tid til mødet om din samlede beskrivelse", 6, 13)


def test_a_profile_is_changed_half_way_and_back(people: Afsaet, citizen: str) -> None:
    people("process", "move", citizen, "--to", "samtale")
    changed = people.json("citizen", "profile", citizen, "--profile", "samlet_beskrivelse")
    assert changed == {"id": citizen, "profile": "samlet_beskrivelse", "changed": True, "step": "samtale"}
    assert people.json("citizen", "show", citizen)["profile"] == "samlet_beskrivelse"
    assert people.json("process", "show", citizen)["of"] == 13
    assert people.json("citizen", "profile", citizen, "--profile", "samlet_beskrivelse")["changed"] is False
    people("citizen", "profile", citizen, "--profile", "rehabiliteringsteam")
    assert people.json("process", "show", citizen)["step"] == "samtale"
    assert "rehabiliteringsteam" in people("citizen", "profile", citizen, "--profile", "x", code=2).err
