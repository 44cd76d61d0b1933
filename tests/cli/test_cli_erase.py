from __future__ import annotations

import sqlite3
from contextlib import closing

from afsaet.flows.inputs import Text
from afsaet.store.tables import metadata
from tests.cli.program import Afsaet


def kept_of(afsaet: Afsaet, citizen: str) -> list[str]:
    """The tables with a row that names the citizen."""
    with closing(sqlite3.connect(afsaet.folder / "data" / "afsaet.sqlite3")) as conn:
        found = []
        for table in metadata.sorted_tables:
            column = {"citizens": "id"}.get(table.name, "citizen_id")
            if column in table.c:
                row = conn.execute(f"SELECT 1 FROM {table.name} WHERE {column} = ?", [citizen]).fetchone()
                found += [table.name] if row else []
        return found


def used_up(people: Afsaet) -> str:
    """A citizen with something in every table."""
    citizen = people.citizen()
    people.joins(citizen)
    people.answers("Jeg vil gerne arbejde med heste")
    people.sends(citizen)
    return citizen


def test_without_yes_nothing_is_erased_and_what_would_go_is_told(people: Afsaet) -> None:
    citizen = used_up(people)
    before = kept_of(people, citizen)
    said = people("citizen", "erase", citizen, code=1)
    assert "versions: 1, not filed: 1" in said.err
    assert "--yes" in said.err
    assert "Kirsten" not in said.err
    assert kept_of(people, citizen) == before


def test_everything_goes_but_the_note_that_it_happened(people: Afsaet) -> None:
    citizen = used_up(people)
    assert {"citizens", "chats", "answers", "conversations", "versions", "consents"} <= set(kept_of(people, citizen))
    erased = people.json("citizen", "erase", citizen, "--yes")
    assert kept_of(people, citizen) == ["events"]
    assert people.waiting() == []
    assert (erased["id"], erased["erased"]) == (citizen, True)
    assert "no citizen with that id" in people("citizen", "show", citizen, code=1).err


def test_the_write_ahead_log_is_emptied_and_what_is_beyond_reach_is_named(people: Afsaet) -> None:
    citizen = used_up(people)
    said = people("citizen", "erase", citizen, "--yes").out
    assert "Backups made before now" in said
    assert "could not be emptied" not in said
    log = people.folder / "data" / "afsaet.sqlite3-wal"
    assert not log.exists() or log.stat().st_size == 0


def test_the_chat_of_one_erased_belongs_to_nobody(people: Afsaet) -> None:
    citizen = used_up(people)
    people("citizen", "erase", citizen, "--yes")
    answers = people.comes("111", Text("Hej igen"))
    assert "inviteret" in answers[0].message.text


def test_one_who_is_not_there_cannot_be_erased(people: Afsaet) -> None:
    for more in ((), ("--yes",)):
        assert "no citizen with that id" in people("citizen", "erase", "nobody", *more, code=1).err
