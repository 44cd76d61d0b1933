from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from afsaet.assistant.unasked import announcing
from afsaet.store import meetings, outbox, versions
from tests.cli.program import JENS, METTE, SNAPSHOT, Afsaet

pytestmark = pytest.mark.usefixtures("november")
THURSDAY = "2026-12-03 10:00"


@pytest.fixture
def citizen(people: Afsaet) -> str:
    return people.citizen("Kirsten Lund", "--reference", "2026-1234")


def read(afsaet: Afsaet) -> list[str]:
    """What waits for the citizen arrives; its texts."""
    waiting = afsaet.waiting()
    with closing(afsaet.database()) as database, database.write() as tx:
        outbox.done(tx, [item.id for item in waiting], datetime.fromisoformat("2026-11-24T12:00:00+01:00"))
    return [str(item.payload["message"].get("text")) for item in waiting]


def test_an_added_meeting_is_answered_with_what_is_kept(people: Afsaet, citizen: str) -> None:
    added = people.json("meeting", "add", citizen, "--at", THURSDAY, "--kind", "samtale", "--minutes", 45,
                        "--place", "Rådhuset", "--room", "2.14", "--with", "Din læge", "--arrive", 5,
                        "--agenda", "Hvem er med?", "--agenda", "Praktik")
    assert added == {
        "id": added["id"], "citizen": citizen, "kind": "samtale", "at": "2026-12-03T10:00:00+01:00", "minutes": 45,
        "place": "Rådhuset", "room": "2.14", "with": "Din læge", "arrive": 5, "agenda": ["Hvem er med?", "Praktik"],
        "version": 0, "cancelled": False, "answer": None, "answered_at": None, "told_at": None,
        "untold": announcing.NOT_YET, "remarks": [], "changed": True}


def test_a_meeting_is_listed_and_shown_with_its_reminders(people: Afsaet, citizen: str) -> None:
    which = people.json("meeting", "add", citizen, "--at", THURSDAY, "--kind", "samtale")["id"]
    [meeting] = people.json("citizen", "show", citizen)["meetings"]
    assert (meeting["id"], meeting["answer"], meeting["words"], meeting["told"]) == (which, None, None, [])
    assert meeting["reminders"] == [
        {"days": 3, "kind": "reminder", "version": 0, "state": "planned", "at": "2026-11-30T10:00:00+01:00",
         "why": None},
        {"days": 1, "kind": "reminder", "version": 0, "state": "planned", "at": "2026-12-02T10:00:00+01:00",
         "why": None}]
    listed = {**meeting, "citizen": citizen, "name": "Kirsten Lund"}
    assert people.json("meeting", "list", citizen) == {"items": [listed]}
    assert people.json("meeting", "list") == {"items": [listed]}
    shown = people("citizen", "show", citizen).out
    assert "3d is to go 2026-11-30 10:00; 1d is to go 2026-12-02 10:00" in shown


def test_the_list_is_in_the_order_of_time_and_can_be_of_one_caseworker(people: Afsaet, citizen: str) -> None:
    his = people.json("citizen", "add", "--name", "Bo Vang", "--caseworker", JENS)["id"]
    for whose, at in ((citizen, "2026-12-08 10:00"), (his, "2026-12-04 10:00"), (citizen, THURSDAY)):
        people("meeting", "add", whose, "--at", at, "--kind", "samtale")
    assert [each["citizen"] for each in people.json("meeting", "list")["items"]] == [citizen, his, citizen]
    assert [each["at"][:10] for each in people.json("meeting", "list", "--caseworker", METTE)["items"]] == [
        "2026-12-03", "2026-12-08"]
    assert people.json("meeting", "list", his, "--caseworker", METTE) == {"items": []}
    assert "no citizen" in people("meeting", "list", "nobody", code=1).err


def test_a_meeting_is_moved_cancelled_and_moved_again(people: Afsaet, citizen: str) -> None:
    people.joins(citizen)
    read(people)
    which = people.json("meeting", "add", citizen, "--at", THURSDAY, "--kind", "rehabiliteringsmoede")["id"]
    assert len(read(people)) == 1
    moved = people.json("meeting", "move", which, "--at", "2026-12-10 09:30", "--room", "7")
    assert (moved["at"], moved["room"], moved["version"]) == ("2026-12-10T09:30:00+01:00", "7", 1)
    assert (moved["told_at"], moved["untold"]) == ("2026-11-24T12:00:00+01:00", None)
    assert people.json("meeting", "cancel", which)["cancelled"] is True
    assert people.json("meeting", "cancel", which)["changed"] is False
    again = people.json("meeting", "move", which, "--at", THURSDAY)
    assert (again["cancelled"], again["version"]) == (False, 3)
    assert [text.split(" t")[0].split(" o")[0] for text in read(people)] == [
        "Din aftale med kommunen er flyttet", "Din aftale med kommunen", "Du har fået en aftale med kommunen"]


def test_an_overlap_is_said_beside_the_answer(people: Afsaet, citizen: str) -> None:
    first, second = (people.json("meeting", "add", citizen, "--at", THURSDAY, "--kind", kind)["id"]
                     for kind in ("samtale", "opstart"))
    said = people("meeting", "add", citizen, "--at", "2026-12-03 10:30", "--kind", "netvaerk")
    assert f"another meeting at that time: samtale {first}, which begins 2026-12-03 10:00" in said.err
    assert f"another meeting at that time: opstart {second}, which begins 2026-12-03 10:00" in said.err
    assert "is added" in said.out


@pytest.mark.parametrize(("at", "why"), [
    ("2026-11-24 11:00", "past"), ("2062-12-03 10:00", "written right"), ("9999-12-31 23:59", "written right"),
    ("0001-01-01 00:00", "written right"), ("2027-03-28 02:30", "no such time"),
])
def test_a_time_that_cannot_be_is_refused_in_one_sentence(people: Afsaet, citizen: str, at: str, why: str) -> None:
    said = people.json("meeting", "add", citizen, "--at", at, "--kind", "samtale", code=1)
    assert why in said["error"]
    assert people.json("meeting", "list") == {"items": []}


@pytest.mark.parametrize("words", [
    ("--at", "1/12 kl. 10", "--kind", "samtale"), ("--at", "2026-02-29 10:00", "--kind", "samtale"),
    ("--at", THURSDAY, "--kind", "kaffe"), ("--at", THURSDAY, "--kind", "samtale", "--minutes", "0"),
    ("--at", THURSDAY), ("--kind", "samtale"),
])
def test_what_is_written_wrongly_is_wrong_usage(people: Afsaet, citizen: str, words: tuple[str, ...]) -> None:
    people("meeting", "add", citizen, *words, code=2)


def test_a_move_to_nothing_is_wrong_usage_and_an_unknown_meeting_is_refused(people: Afsaet, citizen: str) -> None:
    which = people.json("meeting", "add", citizen, "--at", THURSDAY, "--kind", "samtale")["id"]
    people("meeting", "move", which, code=2)
    assert "no meeting" in people("meeting", "move", "nothing", "--at", THURSDAY, code=1).err
    assert "no meeting" in people("meeting", "cancel", "nothing", code=1).err


@pytest.mark.parametrize("kind", ["opstartssamtale", "Netværksmøde", "opfølgning", "rehabiliteringsteammøde"])
def test_a_kind_may_be_said_as_people_say_it(people: Afsaet, citizen: str, kind: str) -> None:
    added = people.json("meeting", "add", citizen, "--at", THURSDAY, "--kind", kind)
    assert added["kind"] in ("opstart", "netvaerk", "opfoelgning", "rehabiliteringsmoede")


def test_a_cpr_number_is_kept_nowhere(people: Afsaet, citizen: str) -> None:
    said = people("meeting", "add", citizen, "--at", THURSDAY, "--kind", "samtale", "--with", "010170-1234", code=1)
    assert "CPR" in said.err
    assert "010170" not in said.err


def test_the_answer_and_the_words_that_were_sent_are_shown(people: Afsaet, citizen: str) -> None:
    which = people.json("meeting", "add", citizen, "--at", THURSDAY, "--kind", "samtale")["id"]
    agenda = {"id": "dagsorden", "heading": "B", "question": "Hvad vil du tale om?", "state": "answered",
              "value": None, "text": "Praktik\nKørsel", "answered_at": None, "front": "", "remark": ""}
    sent_at = datetime.fromisoformat("2026-11-24T11:00:00+01:00")
    snapshot = {**SNAPSHOT, "dialogue": "moede_samtale", "title": "Klar til samtalen", "version": 1, "sections": [
        {"id": "samtale", "heading": "B", "title": "Samtalen", "answers": [agenda]}]}
    with closing(people.database()) as database, database.write() as tx:
        versions.add(tx, citizen, "moede_samtale", snapshot, sent_at)
        meetings.answer(tx, citizen, which, 0, "talk", sent_at)
    [meeting] = people.json("citizen", "show", citizen)["meetings"]
    assert (meeting["answer"], meeting["words"]) == ("talk", {
        "dialogue": "moede_samtale", "version": 1, "sent_at": "2026-11-24T11:00:00+01:00",
        "agenda": "Praktik\nKørsel"})
    shown = people("meeting", "list").out
    assert "wants to talk to somebody" in shown
    assert "Praktik / Kørsel" in shown

    for fmt in ("txt", "csv", "json"):
        assert "Kørsel" in people("export", citizen, "--dialogue", "moede_samtale", "--format", fmt).out
    for fmt in ("pdf", "docx"):
        made = people.json("export", citizen, "--dialogue", "moede_samtale", "--format", fmt)
        assert made["file"] == f"2026-12-01_moede_samtale_2026-1234.{fmt}"
        assert (people.folder / made["file"]).stat().st_size > 1000
    assert "not sent anything" in people("export", citizen, "--format", "txt", code=1).err
    assert people.json("citizen", "filed", citizen, "--dialogue", "moede_samtale")["version"] == 1
    assert "nothing of that dialogue" in people("export", citizen, "--dialogue", "x", "--format", "txt", code=1).err


CSV = """reference;dato;tid;type;minutter;sted;lokale;med
2026-1234;2026-12-03;10:00;samtale;45;Rådhuset;2;Din læge
2026-1234;2026-12-10;10:00;opstart;;;;
"""
BAD = CSV + """ukendt;2026-12-03;10:00;samtale;;;;
2026-1234;2026-11-01;10:00;samtale;;;;
2026-1234;2027-03-28;02:30;samtale;;;;
2026-1234;2026-12-03;10:15;netvaerk;;;;
2026-1234;2026-12-11;10:00;samtale;;010170-1234;;
"""
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//DA
BEGIN:VEVENT
UID:1
DTSTART;TZID=Europe/Copenhagen:20261203T100000
DTEND;TZID=Europe/Copenhagen:20261203T104500
SUMMARY:Samtale
DESCRIPTION:reference: 2026-1234
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;TZID=Europe/Copenhagen:20261204T100000
SUMMARY:Samtale
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def file(people: Afsaet) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = people.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_file_without_a_mistake_is_taken_whole(
    people: Afsaet, citizen: str, file: Callable[[str, str], Path]
) -> None:
    taken = people.json("meeting", "import", file("m.csv", CSV))
    assert (taken["taken"], taken["remarks"], [each["line"] for each in taken["items"]]) == (2, [], [2, 3])
    first, second = people.json("meeting", "list")["items"]
    assert (first["at"], first["minutes"], first["place"], first["room"], first["with"]) == (
        "2026-12-03T10:00:00+01:00", 45, "Rådhuset", "2", "Din læge")
    assert (second["kind"], second["minutes"], len(second["reminders"])) == ("opstart", 60, 2)


def test_every_bad_row_is_named_and_nothing_is_taken(
    people: Afsaet, citizen: str, file: Callable[[str, str], Path]
) -> None:
    path = file("m.csv", BAD)
    refused = people.json("meeting", "import", path, code=1)
    assert [remark["line"] for remark in refused["remarks"]] == [4, 5, 6, 7, 8]
    assert refused["error"] == "No meeting was added. Good rows: 2. Mend the others, or add --take-good-rows."
    assert people.json("meeting", "list") == {"items": []}
    said = people("meeting", "import", path, code=1).err
    assert "Line 4: There is no citizen with this reference." in said
    assert "Line 5: The meeting's time is past." in said
    assert "010170" not in said


def test_the_good_rows_are_taken_when_asked(people: Afsaet, citizen: str, file: Callable[[str, str], Path]) -> None:
    path = file("m.csv", BAD)
    taken = people.json("meeting", "import", path, "--take-good-rows")
    assert (taken["taken"], len(taken["remarks"])) == (2, 5)
    assert len(people.json("meeting", "list")["items"]) == 2
    again = people.json("meeting", "import", path, "--take-good-rows", code=1)
    assert (again["taken"], len(again["remarks"])) == (0, 7)
    assert len(people.json("meeting", "list")["items"]) == 2


def test_an_import_names_whoever_is_not_told_in_time(
    people: Afsaet, citizen: str, file: Callable[[str, str], Path]
) -> None:
    rows = "2026-1234;2026-11-25;07:30;samtale\n2026-1234;2026-11-26;07:30;samtale\n"
    with time_machine.travel("2026-11-24T21:00:00+01:00", tick=False):
        taken = people("meeting", "import", file("m.csv", f"reference;dato;tid;type\n{rows}"))
    assert "Meetings added: 2." in taken.out
    assert [line for line in taken.err.splitlines() if "Line" in line] == [
        "Line 2: The citizen is not told: it would be too late."]


def test_a_calendar_file_is_taken_in_the_same_way(
    people: Afsaet, citizen: str, file: Callable[[str, str], Path]
) -> None:
    path = file("m.ics", ICS)
    refused = people.json("meeting", "import", path, code=1)
    assert refused["remarks"] == [{"line": 11, "sentence": "The reference is missing."}]
    [meeting] = people.json("meeting", "import", path, "--take-good-rows")["items"]
    assert (meeting["at"], meeting["minutes"]) == ("2026-12-03T10:00:00+01:00", 45)


def test_a_file_that_is_no_list_of_meetings_is_refused_and_one_that_is_not_there_is_wrong_usage(
    people: Afsaet, file: Callable[[str, str], Path]
) -> None:
    assert "must have the headings" in people("meeting", "import", file("m.csv", "a;b\n1;2\n"), code=1).err
    people("meeting", "import", "nowhere.csv", code=2)


def test_a_file_of_any_length_is_refused_before_it_is_read(people: Afsaet, file: Callable[[str, str], Path]) -> None:
    path = file("m.csv", "")
    with path.open("wb") as opened:
        opened.truncate(1 << 40)  # takes no room on the disk, and all of it would not go into memory
    assert "too large" in people("meeting", "import", path, code=1).err
