from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from typer.testing import CliRunner

from afsaet.assistant.casework import caseload
from afsaet.cli import app
from afsaet.measures.card import Card
from afsaet.measures.rounds import Round
from afsaet.meetings.meeting import Meeting
from afsaet.store import conversations, measure_cards, meetings, rounds, tasks, versions
from tests.cli.program import JENS, METTE, SNAPSHOT, Afsaet

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_an_added_citizen_is_answered_with_exactly_what_was_given(people: Afsaet) -> None:
    added = people.json("citizen", "add", "--name", "Kirsten Lund", "--caseworker", METTE.upper(),
                        "--reference", "2026-1234")
    assert added == {"id": added["id"], "name": "Kirsten Lund", "reference": "2026-1234", "caseworker": METTE}


def test_a_reference_is_null_where_none_was_given(people: Afsaet) -> None:
    assert people.json("citizen", "add", "--name", "Kirsten", "--caseworker", METTE)["reference"] is None


def test_a_new_citizen_is_shown_with_nothing_begun(people: Afsaet) -> None:
    citizen = people.citizen("Kirsten Lund", "--reference", "2026-1234")
    assert people.json("citizen", "show", citizen) == {
        "id": citizen, "name": "Kirsten Lund", "reference": "2026-1234", "caseworker": METTE,
        "profile": "rehabiliteringsteam", "invited_at": None, "joined_at": None, "reachable": None,
        "plan": {"state": "none", "versions": []}, "meetings": [], "rounds": [], "tasks": [],
    }


def test_times_are_local_to_the_municipality_with_their_offset(people: Afsaet) -> None:
    citizen = people.citizen()
    with time_machine.travel("2026-07-01T08:00:00.123456+00:00", tick=False):
        people("citizen", "invite", citizen)
    assert people.json("citizen", "show", citizen)["invited_at"] == "2026-07-01T10:00:00+02:00"
    assert "Invited:    2026-07-01 10:00\n" in people("citizen", "show", citizen).out


def test_an_answer_makes_the_plan_begun_and_is_not_shown(people: Afsaet) -> None:
    citizen = people.citizen()
    people.joins(citizen)
    shown = people.json("citizen", "show", citizen)
    assert (shown["plan"]["state"], shown["reachable"]) == ("none", True)
    assert shown["joined_at"] is not None

    people.answers("Jeg vil gerne arbejde med heste")
    assert people.json("citizen", "show", citizen)["plan"] == {"state": "begun", "versions": []}
    assert "heste" not in people("citizen", "show", citizen).out


def test_a_sent_plan_is_shown_by_its_sections_and_when_it_was_filed(people: Afsaet) -> None:
    citizen = people.citizen()
    people.sends(citizen)
    shown = people.json("citizen", "show", citizen)["plan"]
    assert shown["state"] == "sent"
    version = shown["versions"][0]
    assert (version["number"], version["sent_at"], version["filed_at"]) == (1, "2026-12-01T10:00:00+01:00", None)
    assert version["sections"][0] == "maal"

    with time_machine.travel("2026-12-03T10:00:00+01:00", tick=False):
        noted = people.json("citizen", "filed", citizen)
    assert noted == {"id": citizen, "version": 1, "filed_at": "2026-12-03T10:00:00+01:00"}
    assert people.json("citizen", "show", citizen)["plan"]["versions"][0]["filed_at"] == noted["filed_at"]


def test_filing_again_keeps_the_first_moment(people: Afsaet) -> None:
    citizen = people.citizen()
    people.sends(citizen)
    people.sends(citizen)
    with time_machine.travel("2026-12-03T10:00:00+01:00", tick=False):
        people("citizen", "filed", citizen, "--version", 1)
    with time_machine.travel("2026-12-09T10:00:00+01:00", tick=False):
        assert people.json("citizen", "filed", citizen, "--version", 1)["filed_at"] == "2026-12-03T10:00:00+01:00"
    assert [v["filed_at"] is None for v in people.json("citizen", "show", citizen)["plan"]["versions"]] == [False, True]


def test_nothing_can_be_filed_before_it_is_sent(people: Afsaet) -> None:
    citizen = people.citizen()
    assert "not sent anything" in people("citizen", "filed", citizen, code=1).err
    people.sends(citizen)
    assert "no version" in people("citizen", "filed", citizen, "--version", 2, code=1).err


def test_the_list_can_be_of_one_caseworker(people: Afsaet) -> None:
    hers = people.citizen("Kirsten Lund")
    his = people.json("citizen", "add", "--name", "Bo Vang", "--caseworker", JENS)["id"]
    assert [each["id"] for each in people.json("citizen", "list")["items"]] == [hers, his]
    assert people.json("citizen", "list", "--caseworker", JENS)["items"] == [people.json("citizen", "show", his)]
    table = people("citizen", "list", "--caseworker", METTE).out
    assert "Kirsten Lund" in table
    assert "Bo Vang" not in table


def test_the_list_takes_as_many_statements_for_fifty_citizens_as_for_five(
    people: Afsaet, statements: Callable[[], Any]
) -> None:
    counts = {}
    known: list[str] = []
    for many in (5, 50):
        known += has_citizens(people, many - len(known))
        for whose in ((), ("--caseworker", METTE)):
            with statements() as ran:
                listed = people.json("citizen", "list", *whose)["items"]
            assert sorted(item["id"] for item in listed) == sorted(known)
            counts[many, whose] = len(ran)
    for whose in ((), ("--caseworker", METTE)):
        assert counts[5, whose] == counts[50, whose]
    shown = {each: people.json("citizen", "show", each) for each in known[:7]}
    assert {item["id"]: item for item in listed if item["id"] in shown} == shown
    assert {len(shown[known[0]][part]) for part in ("meetings", "rounds", "tasks")} == {1}
    assert [shown[each]["plan"]["state"] for each in known[:3]] == ["sent", "begun", "none"]
    assert people.json("citizen", "list", "--caseworker", JENS) == {"items": []}


def has_citizens(people: Afsaet, many: int) -> list[str]:
    """So many new citizens of Mette's: in turn one who has done all that there is, one who has begun, one who has not."""
    ids = []
    with closing(people.database()) as database, database.write() as tx:
        for number in range(many):
            citizen = caseload.add_citizen(tx, "Kirsten Lund", METTE, NOW, profile="rehabiliteringsteam").citizen.id
            ids.append(citizen)
            if number % 3 == 0:
                versions.add(tx, citizen, "forberedelse", SNAPSHOT, NOW)
                rounds.add(tx, citizen, Round(f"r{citizen}", "trivselstjek", NOW, {"trivsel_mig": 4}, shared=True))
                measure_cards.save(tx, citizen, Card())
                tasks.add(tx, citizen, "contact_wished", NOW)
                start = NOW.replace(tzinfo=None)
                meetings.add(tx, citizen, Meeting(f"m{citizen}", f"u{citizen}", "samtale", start, "Europe/Copenhagen"), NOW)
            if number % 3 < 2:
                conversations.save(tx, citizen, {}, {("forberedelse", "q"): {}}, NOW)
    return ids


@pytest.mark.parametrize("option", ["--name", "--reference"])
@pytest.mark.parametrize("number", ["010170-1234", "0101701234", "sag 010170 1234"])
def test_a_cpr_number_is_kept_nowhere(people: Afsaet, option: str, number: str) -> None:
    given = {"--name": "Kirsten", option: number}
    words = [word for pair in given.items() for word in pair]
    said = people("citizen", "add", "--caseworker", METTE, *words, code=1)
    assert "CPR" in said.err
    assert number not in said.err
    assert people.json("citizen", "list") == {"items": []}


def test_another_text_profile_can_be_chosen_and_an_unknown_one_is_wrong_usage(people: Afsaet) -> None:
    citizen = people.citizen("Kirsten", "--profile", "samlet_beskrivelse")
    assert people.json("citizen", "show", citizen)["profile"] == "samlet_beskrivelse"
    assert "samlet_beskrivelse" in people("citizen", "add", "--name", "K", "--caseworker", METTE,
                                        "--profile", "x", code=2).err


def test_a_name_with_every_sort_of_letter_comes_back_as_it_was(people: Afsaet) -> None:
    name = "Zoë Ågård-Nguyễn 李 محمد [b]"
    citizen = people.citizen(name)
    assert people.json("citizen", "show", citizen)["name"] == name
    assert name in people("citizen", "show", citizen).out


def test_json_is_ascii_where_the_terminal_knows_no_other_letters(people: Afsaet) -> None:
    citizen = people.citizen("Søren Ågård")
    result = CliRunner(charset="ascii").invoke(app, ["citizen", "show", citizen, "--json"])
    assert result.stdout_bytes.isascii()
    assert json.loads(result.stdout_bytes)["name"] == "Søren Ågård"
