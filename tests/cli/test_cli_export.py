from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from jsonschema import validate

from tests.cli.program import SNAPSHOT, Afsaet

SCHEMA = Path(__file__).parents[2] / "afsaet" / "export" / "afsaet-plan-1.schema.json"


@pytest.fixture
def citizen(people: Afsaet) -> str:
    """One who has sent two versions."""
    citizen = people.citizen()
    people.sends(citizen, title="Den første")
    people.sends(citizen)
    return citizen


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_json_is_the_plan_itself_with_and_without_the_option(people: Afsaet, citizen: str, more: list[str]) -> None:
    plan = json.loads(people("export", citizen, "--format", "json", *more).out)
    validate(plan, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert plan["schema"] == "afsaet-plan-1"
    assert plan["version"] == 2
    assert [section["id"] for section in plan["sections"]] == [section["id"] for section in SNAPSHOT["sections"]]


def test_an_earlier_version_can_be_taken_out(people: Afsaet, citizen: str) -> None:
    assert json.loads(people("export", citizen, "--format", "json", "--version", 1).out)["title"] == "Den første"
    assert "no version" in people("export", citizen, "--format", "json", "--version", 3, code=1).err


def test_text_goes_to_standard_output_as_it_is(people: Afsaet, citizen: str) -> None:
    said = people("export", citizen, "--format", "txt")
    assert "Jeg vil gerne arbejde med dyr. Helst heste 🐴" in said.out
    assert list(people.folder.iterdir()) == [people.folder / "data"]
    assert people.json("export", citizen, "--format", "txt") == {
        "format": "txt", "version": 2, "text": said.raw.decode()}


def test_csv_goes_out_byte_for_byte(people: Afsaet, citizen: str) -> None:
    raw = people("export", citizen, "--format", "csv").raw
    file = people.folder / "plan.csv"
    people("export", citizen, "--format", "csv", "--out", file)
    assert raw == file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert not people.json("export", citizen, "--format", "csv")["text"].startswith("\ufeff")


@pytest.mark.parametrize(("fmt", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_document_becomes_a_file_named_by_day_and_reference(
    people: Afsaet, citizen: str, fmt: str, start: bytes
) -> None:
    name = f"2026-12-01_forberedende-del_2026-1234.{fmt}"
    assert people.json("export", citizen, "--format", fmt) == {"file": name, "format": fmt, "version": 2}
    assert (people.folder / name).read_bytes().startswith(start)
    assert people("export", citizen, "--format", fmt).out == f"{name}\n"


def test_without_a_reference_the_file_is_named_by_the_id(people: Afsaet) -> None:
    citizen = people.citizen()
    people.sends(citizen, reference=None)
    assert people.json("export", citizen, "--format", "pdf")["file"] == f"2026-12-01_forberedende-del_{citizen}.pdf"


def test_out_may_be_a_folder_or_a_file_that_is_overwritten(people: Afsaet, citizen: str) -> None:
    folder = people.folder / "to file"
    folder.mkdir()
    file = Path(people.json("export", citizen, "--format", "txt", "--out", folder)["file"])
    assert file == folder / "2026-12-01_forberedende-del_2026-1234.txt"
    file.write_text("old")
    said = people.json("export", citizen, "--format", "json", "--out", file)
    assert said == {"file": str(file), "format": "json", "version": 2}
    assert json.loads(file.read_text(encoding="utf-8"))["schema"] == "afsaet-plan-1"


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_no_document_is_written_over_another_of_the_same_day_and_reference(people: Afsaet, fmt: str) -> None:
    """Two citizens may have been given the same reference, and two versions may have been sent on one day."""
    first, second = people.citizen(), people.citizen("Omar Dal")
    people.sends(first)
    people.sends(second, title="En andens")
    people.sends(second)
    stem = "2026-12-01_forberedende-del_2026-1234"
    wanted = [(first, 1), (second, 1), (second, 2), (first, 1), (second, 1)]
    names = [people.json("export", who, "--format", fmt, "--version", number)["file"] for who, number in wanted]
    assert names == [f"{stem}{more}.{fmt}" for more in ("", "_2", "_3", "", "_2")]
    assert len({(people.folder / name).read_bytes() for name in names}) == 3


def test_a_file_that_others_could_read_is_its_owner_s_alone_afterwards(people: Afsaet, citizen: str) -> None:
    file = people.folder / "plan.txt"
    file.touch(0o644)
    people("export", citizen, "--format", "txt", "--out", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_standard_output_may_be_named(people: Afsaet, citizen: str) -> None:
    for more in ([], ["--json"]):
        named = people("export", citizen, "--format", "txt", "--out", "-", *more).out
        assert named == people("export", citizen, "--format", "txt", *more).out


def test_a_file_that_cannot_be_written_is_told(people: Afsaet, citizen: str) -> None:
    said = people("export", citizen, "--format", "pdf", "--out", "no/such/folder.pdf", code=1)
    assert "cannot be written" in said.err


def test_nothing_sent_yet_is_refused(people: Afsaet) -> None:
    citizen = people.citizen()
    sentence = "The citizen has not sent anything yet."
    assert people("export", citizen, "--format", "pdf", code=1).err == f"{sentence}\n"
    assert people.json("export", citizen, "--format", "pdf", code=1) == {"error": sentence}


def test_an_unknown_format_is_wrong_usage(people: Afsaet, citizen: str) -> None:
    people("export", citizen, "--format", "odt", code=2)
    people("export", citizen, code=2)


def test_the_headings_are_those_of_the_citizens_profile(people: Afsaet) -> None:
    citizen = people.citizen("Kirsten", "--profile", "samlet_beskrivelse")
    people.sends(citizen)
    # Headings may be written in capitals, and long ones are broken over lines.
    assert "mål for job og uddannelse" in people("export", citizen, "--format", "txt").out.lower()
