from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from afsaet.flows.inputs import Command, Text
from afsaet.meetings.hours import Hours
from afsaet.municipality import Municipality
from afsaet.store import conversations, events, notices, outbox, tasks
from tests.cli.program import JENS, METTE, Afsaet

TUESDAY = "2026-06-02T10:00:00+02:00"


def empty_outbox(afsaet: Afsaet) -> None:
    ids = [item.id for item in afsaet.waiting()]
    with closing(afsaet.database()) as database, database.write() as tx:
        outbox.done(tx, ids, datetime.fromisoformat(TUESDAY))


def told(afsaet: Afsaet) -> list[dict[str, Any]]:
    return [dict(item.payload["message"]) for item in afsaet.waiting()]


@pytest.fixture
def citizen(people: Afsaet) -> str:
    """One who has said yes in a chat, with nothing on its way to them."""
    citizen = people.citizen()
    people.joins(citizen)
    empty_outbox(people)
    return citizen


def test_access_and_open_tasks_go_to_the_other_caseworker(people: Afsaet, citizen: str) -> None:
    with closing(people.database()) as database, database.write() as tx:
        tasks.add(tx, citizen, "contact_wished", datetime.now(UTC))
    assert people.json("citizen", "move", citizen, "--caseworker", JENS) == {
        "id": citizen, "caseworker": JENS, "told": True}
    assert people.json("citizen", "show", citizen)["caseworker"] == JENS
    assert people.json("citizen", "list", "--caseworker", METTE)["items"] == []
    assert people.json("task", "list", "--caseworker", METTE)["items"] == []
    assert [task["citizen"] for task in people.json("task", "list", "--caseworker", JENS)["items"]] == [citizen]


def test_the_citizen_is_told_once_in_their_chat(people: Afsaet, citizen: str) -> None:
    people("citizen", "move", citizen, "--caseworker", JENS)
    assert people.json("citizen", "move", citizen, "--caseworker", JENS)["told"] is False
    assert told(people) == [{"text": "Fra nu af er Jens Krogh din kontakt i kommunen."}]
    assert [(item.address, item.kind, item.reply) for item in people.waiting()] == [("111", "send", False)]


def test_braces_in_a_name_are_only_braces(people: Afsaet, citizen: str) -> None:
    people("caseworker", "add", "x@kommune.dk", "--name", "X {navn} {")
    people("citizen", "move", citizen, "--caseworker", "x@kommune.dk")
    assert told(people) == [{"text": "Fra nu af er X {navn} { din kontakt i kommunen."}]


def test_one_who_has_not_joined_has_no_chat_to_be_told_in(people: Afsaet) -> None:
    citizen = people.citizen()
    assert people.json("citizen", "move", citizen, "--caseworker", JENS)["told"] is False
    assert people.waiting() == []


def test_the_contact_page_shows_the_new_caseworker(people: Afsaet, citizen: str) -> None:
    people("citizen", "move", citizen, "--caseworker", JENS)
    empty_outbox(people)
    people.comes("111", Command("kontakt"))
    assert "Jens Krogh" in str(told(people))


def test_in_the_quiet_hours_the_message_waits_for_their_end(people: Afsaet, citizen: str) -> None:
    with time_machine.travel("2026-06-02T21:30:00+02:00", tick=False):
        people("citizen", "move", citizen, "--caseworker", JENS)
    with closing(people.database()) as database, database.read() as tx:
        before, after = (datetime.fromisoformat(f"2026-06-03T{at}:00+02:00") for at in ("07:59", "08:00"))
        assert [len(outbox.due(tx, "telegram", moment, 10)) for moment in (before, after)] == [0, 1]


def test_one_handed_on_twice_in_an_evening_is_told_of_the_last_alone(people: Afsaet, citizen: str) -> None:
    people("caseworker", "add", "bo@kommune.dk", "--name", "Bo Friis")
    with time_machine.travel("2026-06-02T21:30:00+02:00", tick=False):
        people("citizen", "move", citizen, "--caseworker", JENS)
        people("citizen", "move", citizen, "--caseworker", "bo@kommune.dk")
        people("citizen", "move", citizen, "--caseworker", JENS)
        people("citizen", "move", citizen, "--caseworker", "bo@kommune.dk")
    assert told(people) == [{"text": "Fra nu af er Bo Friis din kontakt i kommunen."}]


def test_one_handed_over_by_mistake_and_back_in_an_evening_is_told_nothing(people: Afsaet, citizen: str) -> None:
    people("caseworker", "add", "bo@kommune.dk", "--name", "Bo Friis")
    with time_machine.travel("2026-06-02T21:30:00+02:00", tick=False):
        people("citizen", "move", citizen, "--caseworker", JENS)
        people("citizen", "move", citizen, "--caseworker", "bo@kommune.dk")
        assert people.json("citizen", "move", citizen, "--caseworker", METTE)["told"] is False
    assert told(people) == []


def test_what_has_been_told_is_told_anew_when_it_is_taken_back(people: Afsaet, citizen: str) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        people("citizen", "move", citizen, "--caseworker", JENS)
    empty_outbox(people)
    with time_machine.travel("2026-06-02T21:30:00+02:00", tick=False):
        assert people.json("citizen", "move", citizen, "--caseworker", METTE)["told"] is True
    assert told(people) == [{"text": "Fra nu af er Mette Holm din kontakt i kommunen."}]


def test_what_is_written_below_it_is_no_answer_to_a_question_left_long_ago(people: Afsaet) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        citizen = people.citizen()
        people.joins(citizen)
        people.answers("Noget med dyr")
    with time_machine.travel("2026-06-02T15:00:00+02:00", tick=False):
        people("citizen", "move", citizen, "--caseworker", JENS)
        people.comes("111", Text("Tak for det"))
    with closing(people.database()) as database, database.read() as tx:
        kept = conversations.load(tx, citizen)[1]
    assert "Noget med dyr" in str(kept)
    assert "Tak for det" not in str(kept)


def test_the_new_caseworker_is_notified_where_mail_is_set_up(
    people: Afsaet, municipality: Callable[[str], Path]
) -> None:
    citizen = people.citizen()
    municipality('[mail]\nhost = "mail.kommune.dk"\nfrom = "afsaet@kommune.dk"\n')
    people("citizen", "move", citizen, "--caseworker", JENS)
    jens = next(each["id"] for each in people.json("caseworker", "list")["items"] if each["email"] == JENS)
    with closing(people.database()) as database, database.read() as tx:
        assert [notice.caseworker_id for notice in notices.due(tx, datetime.now(UTC), 10)] == [jens]


def test_a_move_is_noted_without_content(people: Afsaet, citizen: str) -> None:
    people("citizen", "move", citizen, "--caseworker", JENS)
    with closing(people.database()) as database, database.read() as tx:
        assert [event.kind for event in events.list_all(tx, citizen)] == ["invited", "joined", "moved"]


def test_an_unknown_caseworker_changes_nothing(people: Afsaet, citizen: str) -> None:
    said = people("citizen", "move", citizen, "--caseworker", "nobody@kommune.dk", code=1)
    assert "nobody" not in said.err
    assert people.json("citizen", "show", citizen)["caseworker"] == METTE
    assert people.waiting() == []


@pytest.mark.parametrize(("moment", "sent"), [
    (TUESDAY, TUESDAY),
    ("2026-06-02T20:00:00+02:00", "2026-06-03T08:00:00+02:00"),
    ("2026-06-02T07:59:59+02:00", "2026-06-02T08:00:00+02:00"),
    ("2026-06-02T19:59:59+02:00", "2026-06-02T19:59:59+02:00"),
    ("2026-06-05T21:00:00+02:00", "2026-06-08T08:00:00+02:00"),  # Friday evening
    ("2026-06-06T12:00:00+02:00", "2026-06-08T08:00:00+02:00"),  # Saturday noon
    ("2026-03-28T12:00:00+01:00", "2026-03-30T08:00:00+02:00"),  # the weekend in which summer time begins
])  # fmt: skip
def test_an_unasked_message_waits_for_waking_hours_on_a_weekday(moment: str, sent: str) -> None:
    found = Hours.of(Municipality()).next_allowed(datetime.fromisoformat(moment))
    assert found == datetime.fromisoformat(sent)


@pytest.mark.parametrize(("moment", "sent"), [
    ("2026-06-06T12:00:00+02:00", "2026-06-06T13:30:00+02:00"),
    ("2026-06-06T13:30:00+02:00", "2026-06-06T13:30:00+02:00"),
    ("2026-06-06T23:00:00+02:00", "2026-06-06T23:00:00+02:00"),
])  # fmt: skip
def test_quiet_hours_within_a_day_and_weekends_let_out_are_kept(moment: str, sent: str) -> None:
    municipality = Municipality.model_validate({"weekends": True, "quiet_hours": {"from": "12:00", "to": "13:30"}})
    assert Hours.of(municipality).next_allowed(datetime.fromisoformat(moment)) == datetime.fromisoformat(sent)
