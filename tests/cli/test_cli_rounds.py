"""`afsaet round`, `afsaet figures`, and development among what is taken out."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import docx
import pytest

from afsaet.assistant.casework.shared import met, together
from afsaet.measures import wheel
from afsaet.measures.agreement import Agreement
from afsaet.measures.card import Card
from afsaet.measures.figures import last_closed
from afsaet.measures.rounds import Round
from afsaet.measures.wheel import Wheel
from afsaet.meetings.meeting import Meeting
from afsaet.municipality import Municipality
from afsaet.store import erasure, measure_cards, meetings, rounds
from afsaet.store.meetings import Kept
from tests.cli.program import Afsaet

NOW = datetime.now(UTC).replace(microsecond=0)
ITEMS = {
    "trivselstjek": ("trivsel_mig", "trivsel_naere", "trivsel_andre", "trivsel_samlet"),
    "samtaletjek": ("samtale_relation", "samtale_maal", "samtale_metode", "samtale_samlet"),
}


def has(people: Afsaet, citizen: str, measure: Any, numbers: Any, *, ago: int = 1, **more: Any) -> None:
    """The citizen did such a round so many days ago."""
    values = numbers if isinstance(numbers, dict) else dict(zip(ITEMS[measure], numbers, strict=True))
    at = NOW - timedelta(days=ago)
    done = Round(f"{citizen}{measure}{ago}", measure, at, values, **{"shared": True, **more})
    with closing(people.database()) as database, database.write() as tx:
        rounds.add(tx, citizen, done)


@pytest.fixture
def citizen(people: Afsaet) -> str:
    citizen = people.citizen()
    has(people, citizen, "samtaletjek", (7, 7, 8, 7), ago=30)
    has(people, citizen, "samtaletjek", (7, 5, 8, 7), ago=2, words={"samtale_anderledes": "lidt\nmere tid\x1b"})
    has(people, citizen, "trivselstjek", (1, 1, 1, 1), ago=1, shared=False)
    return citizen


def test_only_shared_rounds_are_listed_with_totals_and_what_to_talk_about(people: Afsaet, citizen: str) -> None:
    listed = people.json("round", "list", citizen)
    assert [(item["measure"], item["total"]) for item in listed["items"]] == [("samtaletjek", 29), ("samtaletjek", 27)]
    assert [item["label"] for item in listed["items"][0]["items"]] == ["Os to", "Målet", "Vejen", "Det hele"]
    assert [prompt["rule"] for prompt in listed["prompts"]] == ["samarbejde"]
    said = people("round", "list", citizen).out
    assert "Os to 7, Målet 5, Vejen 8, Det hele 7, Næste gang »lidt mere tid[U+001B]«" in said
    assert "Talk about: Tal om samarbejdet." in said and "no test" in said
    assert "rivsel" not in said


def test_a_citizen_is_shown_with_the_same_rounds(people: Afsaet, citizen: str) -> None:
    assert people.json("citizen", "show", citizen)["rounds"] == people.json("round", "list", citizen)["items"]
    assert people.json("citizen", "list")["items"][0]["rounds"] == people.json("round", "list", citizen)["items"]
    assert "2 shared" in people("citizen", "show", citizen).out


def test_an_unknown_citizen_is_refused(people: Afsaet) -> None:
    assert "no citizen" in people("round", "list", "nobody", code=1).err
    assert "no citizen" in people("round", "start", "nobody", "--kind", "trivselstjek", code=1).err


def test_development_goes_with_the_preparation_and_comes_by_itself(people: Afsaet, citizen: str) -> None:
    people.sends(citizen)
    chosen = wheel.choose(Wheel(), ["hjul_hverdag", "hjul_tro", "hjul_ro", "hjul_krop"])
    assert isinstance(chosen, Wheel)
    with closing(people.database()) as database, database.write() as tx:
        measure_cards.save(tx, citizen, Card(chosen))
    for ago, number in ((60, 3), (3, 6)):
        has(people, citizen, "hjulet", {"hjul_hverdag": number}, ago=ago)
    plan = json.loads(people("export", citizen, "--format", "json").out)
    assert [each["measure"] for each in plan["rounds"]] == ["hjulet", "samtaletjek", "hjulet", "samtaletjek"]
    block = people("export", citizen, "--format", "txt", "--dialogue", "udvikling").out
    assert block.startswith("Udvikling siden sidst\n")
    assert "+3, +100 %" in people("export", citizen, "--format", "txt").out.replace("\xa0", " ")
    rows = people("export", citizen, "--format", "csv", "--dialogue", "udvikling").raw.decode("utf-8-sig")
    assert rows.count("\r\n") == 14  # the names, ten numbers of four rounds, two totals and own words
    data = people.json("export", citizen, "--format", "json", "--dialogue", "udvikling")
    assert data["rounds"] == plan["rounds"]


def test_development_goes_into_a_file_that_names_nobody(people: Afsaet, citizen: str) -> None:
    folder = people.folder / "out"
    folder.mkdir()
    people("export", citizen, "--format", "csv", "--dialogue", "udvikling", "--out", folder)
    [file] = folder.iterdir()
    assert file.name.endswith(f"_udvikling_{citizen}.csv")


def test_development_is_a_document_for_one_who_has_sent_no_preparation_with_the_talks_that_have_been(
    people: Afsaet, citizen: str
) -> None:
    """Which is so from when the plan lies in the case and is deleted here."""
    wall = (NOW - timedelta(days=10)).replace(tzinfo=None)
    with closing(people.database()) as database, database.write() as tx:
        meetings.add(tx, citizen, Meeting("m", "u", "samtale", wall, "Europe/Copenhagen"), NOW)
    file = people.folder / "out.docx"
    people("export", citizen, "--format", "docx", "--dialogue", "udvikling", "--out", file)
    [picture] = docx.Document(str(file)).inline_shapes
    assert f"Samtale: {wall.day}." in picture._inline.docPr.get("descr")
    people("export", citizen, "--format", "pdf", "--dialogue", "udvikling", "--out", people.folder)
    [made] = people.folder.glob("*_udvikling_*.pdf")
    assert made.read_bytes().startswith(b"%PDF")
    assert "not sent" in people("export", citizen, "--format", "pdf", code=1).err


def test_development_of_one_who_shares_nothing_is_refused_and_so_is_a_version_of_it(people: Afsaet, citizen: str) -> None:
    other = people.citizen("Omar Dal")
    assert "not shared" in people("export", other, "--format", "txt", "--dialogue", "udvikling", code=1).err
    more = ("--dialogue", "udvikling", "--version", 1)
    assert "no versions" in people("export", citizen, "--format", "txt", *more, code=2).err


# Asking


def test_a_round_is_started_and_then_not_again(
    people: Afsaet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFSAET_CHANNEL_POLICY", "open")
    citizen = people.citizen()
    people.joins(citizen)
    started = people.json("round", "start", citizen, "--kind", "trivselstjek")
    assert (started["id"], started["kind"]) == (citizen, "trivselstjek")
    assert datetime.fromisoformat(started["at"]) >= NOW
    has(people, citizen, "trivselstjek", (5, 5, 5, 5), ago=1)
    assert "within the last 7 days" in people("round", "start", citizen, "--kind", "trivselstjek", code=1).err


def test_a_round_is_refused_where_it_is_stopped_or_the_policy_does_not_allow_it(
    people: Afsaet, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen = people.citizen()
    assert "not said yes" in people("round", "start", citizen, "--kind", "samtaletjek", code=1).err
    people.joins(citizen)
    assert "policy" in people("round", "start", citizen, "--kind", "samtaletjek", code=1).err
    monkeypatch.setenv("AFSAET_CHANNEL_POLICY", "open")
    with closing(people.database()) as database, database.write() as tx:
        card = measure_cards.get(tx, citizen)
        measure_cards.save(tx, citizen, replace(card, agreements={"samtaletjek": Agreement(stopped=True)}))
    assert "does not want" in people("round", "start", citizen, "--kind", "samtaletjek", code=1).err
    people("round", "start", citizen, "--kind", "noget", code=2)


@pytest.mark.parametrize(("kind", "why"), [("samtaletjek", "no talk"), ("tilfredshed", "no meeting")])
def test_a_round_about_a_meeting_is_refused_where_there_was_none_in_a_sentence_and_in_json(
    people: Afsaet, monkeypatch: pytest.MonkeyPatch, kind: str, why: str
) -> None:
    monkeypatch.setenv("AFSAET_CHANNEL_POLICY", "open")
    citizen = people.citizen()
    people.joins(citizen)
    refused = people("round", "start", citizen, "--kind", kind, code=1).err
    assert why in refused
    assert people.json("round", "start", citizen, "--kind", kind, code=1) == {"error": refused.strip()}


# Figures


def test_figures_rest_on_what_is_shared_and_on_five_people_at_least(people: Afsaet) -> None:
    until = last_closed(NOW.date())
    ago = (NOW.date() - until).days
    for number in range(6):
        citizen = people.citizen(f"Borger {number}")
        has(people, citizen, "status", {"status_tro": 4}, ago=ago + 40)
        has(people, citizen, "status", {"status_tro": 5}, ago=ago + 5)
        has(people, citizen, "status", {"status_tro": 9}, ago=ago - 3)  # after the quarter
        has(people, citizen, "status", {"status_helbred": 1}, ago=ago + 41, shared=number < 4)
        has(people, citizen, "status", {"status_helbred": 9}, ago=ago + 6, shared=number < 4)
    found = people.json("figures")
    assert (found["until"], found["at_least"]) == (until.isoformat(), 5)
    everybody = {item["figure"]: item for item in found["items"] if item["group"] == []}
    assert (everybody["tro"]["points"], everybody["tro"]["percent"], everybody["tro"]["target"]) == (1.0, 25.0, 20)
    assert (everybody["helbred"]["points"], everybody["helbred"]["percent"]) == (None, None)
    assert {tuple(item["group"]) for item in found["items"]} == {(), ("rehabiliteringsteam",)}
    said = people("figures").out
    assert "Mere tro på job\t+1.0\t+25.0 %\t20 %" in said
    assert "too few" in said
    assert "fewer than 5 people" in said


def deletes(people: Afsaet, *citizens: str) -> None:
    with closing(people.database()) as database, database.write() as tx:
        for citizen in citizens:
            erasure.forget(tx, citizen, NOW)


@pytest.mark.parametrize("gone", [1, 2, 6])
def test_figures_before_and_after_a_deletion_do_not_give_away_what_was_deleted(people: Afsaet, gone: int) -> None:
    """Somebody who has both computes 6 x the one mean - 5 x the other."""
    ago = (NOW.date() - last_closed(NOW.date())).days
    cast = [people.citizen(f"Borger {number}") for number in range(6)]
    for number, citizen in enumerate(cast):
        has(people, citizen, "status", {"status_tro": 4}, ago=ago + 40)
        has(people, citizen, "status", {"status_tro": 4 + number}, ago=ago + 5)
    before = people.json("figures")
    assert [item["points"] for item in before["items"] if item["figure"] == "tro"] == [2.5, 2.5]
    deletes(people, *cast[:gone])
    assert people.json("figures") == before


def at(people: Afsaet, now: datetime) -> dict[str, Any]:
    """The mean points of belief as asked for then, by group."""
    with closing(people.database()) as database, database.write() as tx:
        found = together(tx, Municipality(), now).figures
    return {"/".join(each.group): each.points for each in found if each.name == "tro"}


def test_the_next_quarter_is_about_those_who_have_answered_in_it_and_never_fewer_than_five(people: Afsaet) -> None:
    """One deletes and four answer: nothing. A fifth does: the five, and of the first figure's others nobody."""
    cast = [people.citizen(f"Borger {number}") for number in range(7)]
    for number, citizen in enumerate(cast):
        has(people, citizen, "status", {"status_tro": 2}, ago=400)
        has(people, citizen, "status", {"status_tro": 2 + number}, ago=390)
    asked = [NOW - timedelta(days=290), NOW - timedelta(days=190), NOW - timedelta(days=95)]
    assert at(people, asked[0]) == {"": 3.0, "rehabiliteringsteam": 3.0}
    deletes(people, cast[0])
    for citizen in cast[1:5]:
        has(people, citizen, "status", {"status_tro": 3}, ago=289)
    assert at(people, asked[1]) == {"": None, "rehabiliteringsteam": None}
    has(people, cast[5], "status", {"status_tro": 8}, ago=187)
    assert at(people, asked[2]) == {"": 2.0, "rehabiliteringsteam": 2.0}  # (1 + 1 + 1 + 1 + 6) / 5, and nothing of 6


def test_the_satisfied_are_counted_in_the_time_of_their_meeting(people: Afsaet) -> None:
    wall = datetime(2026, 3, 10, 13)  # noqa: DTZ001
    held = [Kept(Meeting("m", "u", "rehabiliteringsmoede", wall, "Europe/Copenhagen"), "c", NOW, None),
            Kept(Meeting("n", "u", "samtale", wall + timedelta(days=3), "Europe/Copenhagen"), "c", NOW, None)]
    day = {name: datetime(2026, 3, 10, tzinfo=UTC) + timedelta(days=after) for name, after in
           (("before", -1), ("soon", 5), ("last", 45), ("late", 46))}
    own = [Round(name, "tilfredshed", at, {"tilfreds_moede": "tilfreds"}) for name, at in day.items()]
    assert met(own, held, 45) == {"soon": wall.date(), "last": wall.date()}


def test_without_anything_shared_there_is_nothing_to_show(people: Afsaet) -> None:
    people.citizen()
    assert people.json("figures")["items"] == []
