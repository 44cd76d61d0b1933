from __future__ import annotations

from contextlib import closing
from datetime import datetime

import pytest
import time_machine

from afsaet.store import tasks
from tests.cli.program import JENS, METTE, Afsaet

NOON = "2026-06-02T12:00:00+02:00"


@pytest.fixture
def citizen(people: Afsaet) -> str:
    """One of Mette's, who has sent something and wishes to be called."""
    citizen = people.citizen("Kirsten Lund")
    with closing(people.database()) as database, database.write() as tx:
        for kind in ("plan_sent", "contact_wished"):
            tasks.add(tx, citizen, kind, datetime.fromisoformat(NOON))
    return citizen


def test_what_waits_is_listed_with_whom_it_concerns(people: Afsaet, citizen: str) -> None:
    first, second = people.json("task", "list")["items"]
    assert first == {"id": first["id"], "kind": "plan_sent", "created_at": NOON, "citizen": citizen,
                     "name": "Kirsten Lund", "reference": None, "caseworker": METTE}
    assert second["kind"] == "contact_wished"
    table = people("task", "list").out
    assert "has sent their preparation" in table
    assert "2026-06-02 12:00" in table


def test_the_list_can_be_of_one_caseworker(people: Afsaet, citizen: str) -> None:
    assert len(people.json("task", "list", "--caseworker", METTE)["items"]) == 2
    assert people.json("task", "list", "--caseworker", JENS) == {"items": []}
    assert "no caseworker" in people("task", "list", "--caseworker", "nobody@x.dk", code=1).err


def test_a_task_is_done_once(people: Afsaet, citizen: str) -> None:
    task = people.json("task", "list")["items"][0]["id"]
    with time_machine.travel(NOON, tick=False):
        assert people.json("task", "done", task) == {"id": task, "done_at": NOON}
    assert [each["kind"] for each in people.json("citizen", "show", citizen)["tasks"]] == ["contact_wished"]
    assert "no open task" in people("task", "done", task, code=1).err


def test_a_task_has_a_number(people: Afsaet) -> None:
    people("task", "done", "first", code=2)


def test_a_number_that_no_row_could_have_is_refused_like_any_that_is_unknown(people: Afsaet) -> None:
    citizen = people.citizen()
    people.sends(citizen)
    assert "no open task" in people("task", "done", 10**30, code=1).err
    for words in (("export", citizen, "--format", "txt"), ("citizen", "filed", citizen)):
        assert "no version" in people(*words, "--version", 10**30, code=1).err
