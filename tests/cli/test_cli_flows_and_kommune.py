from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from afsaet.cli.faults import FAULT
from tests.cli.program import Afsaet

SHIPPED = Path(str(files("afsaet.flows").joinpath("definitions")))
BROKEN = Path(__file__).parents[1] / "flows" / "broken" / "unknown_kind_near.yaml"


def test_the_shipped_dialogues_are_without_mistakes(afsaet: Afsaet) -> None:
    checked = afsaet.json("flows", "check")
    assert (checked["ok"], checked["items"]) == (True, [])
    assert "forberedelse.yaml" in checked["files"]
    assert "forberedelse.yaml: no mistakes\n" in afsaet("flows", "check").out


def test_every_mistake_is_told_with_its_file_and_line(afsaet: Afsaet) -> None:
    checked = afsaet.json("flows", "check", BROKEN, code=FAULT)
    assert not checked["ok"]
    mistake = checked["items"][0]
    assert mistake["file"] == BROKEN.name
    assert mistake["line"] > 1
    said = afsaet("flows", "check", BROKEN, code=FAULT)
    assert f"{BROKEN.name}, line {mistake['line']}" in said.out
    assert mistake["text"] in checked["error"]


def test_a_municipality_folder_is_checked_by_its_dialogues(afsaet: Afsaet) -> None:
    own = afsaet.folder / "kommune" / "dialogues"
    own.mkdir(parents=True)
    shutil.copy(SHIPPED / "forberedelse.yaml", own)
    assert afsaet.json("flows", "check", own.parent)["files"] == ["forberedelse.yaml"]
    shutil.copy(own / "forberedelse.yaml", own / "naesten.yaml")
    assert "forberedelse.yaml has" in afsaet.json("flows", "check", own.parent, code=FAULT)["items"][0]["text"]


def test_a_file_in_the_place_of_a_shipped_one_must_be_that_dialogue(
    afsaet: Afsaet, municipality: Callable[[str], Path]
) -> None:
    own = municipality("") / "dialogues"
    own.mkdir()
    text = (SHIPPED / "forberedelse.yaml").read_text(encoding="utf-8")
    (own / "forberedelse.yaml").write_text(text.replace("id: forberedelse", "id: vores_egen", 1), encoding="utf-8")
    for words in ((), (own,)):
        [mistake] = afsaet.json("flows", "check", *words, code=FAULT)["items"]
        assert mistake["text"].endswith('in the place of the shipped forberedelse.yaml it must have the id "forberedelse".')
    assert "forberedelse.yaml" in afsaet("flows", "list", code=FAULT).err


def test_a_question_of_the_months_four_in_a_round_too_is_a_mistake(
    afsaet: Afsaet, municipality: Callable[[str], Path]
) -> None:
    """The round would come to it again and again, and never to its end."""
    own = municipality("") / "dialogues"
    own.mkdir()
    text = (SHIPPED / "status.yaml").read_text(encoding="utf-8")
    (own / "trivselstjek.yaml").write_text(text.replace("id: status", "id: trivselstjek", 1), encoding="utf-8")
    mistakes = afsaet.json("flows", "check", code=FAULT)["items"]
    assert {item["file"] for item in mistakes} == {"trivselstjek.yaml"}
    assert "once a month already" in mistakes[0]["text"]
    assert "trivselstjek.yaml" in afsaet("doctor", code=FAULT).out


def test_a_folder_without_dialogues_is_refused(afsaet: Afsaet) -> None:
    assert "no dialogue file" in afsaet("flows", "check", afsaet.folder, code=1).err
    afsaet("flows", "check", "no-such-folder", code=2)


def test_a_broken_dialogue_of_the_municipalitys_is_found_where_it_is_in_use(
    afsaet: Afsaet, municipality: Callable[[str], Path]
) -> None:
    own = municipality("") / "dialogues"
    own.mkdir()
    (own / "forberedelse.yaml").write_text("id: forberedelse\n")
    checked = afsaet.json("flows", "check", code=FAULT)
    assert {item["file"] for item in checked["items"]} == {"forberedelse.yaml"}
    assert "forberedelse.yaml" in afsaet("flows", "list", code=FAULT).err


def test_dialogues_are_listed_with_the_municipalitys_names_in_their_titles(afsaet: Afsaet) -> None:
    item = next(item for item in afsaet.json("flows", "list")["items"] if item["id"] == "forberedelse")
    assert item["title"] == "Forberedelse til mødet i rehabiliteringsteamet"
    assert item["questions"] > item["sections"] > 1
    assert item["revision"] in afsaet("flows", "list").out


def test_a_dialogue_is_drawn_as_mermaid(afsaet: Afsaet) -> None:
    drawn = afsaet.json("flows", "diagram", "forberedelse")
    assert drawn["id"] == "forberedelse"
    assert "stateDiagram-v2" in drawn["mermaid"]
    assert "maal_retning" in drawn["mermaid"]
    assert afsaet("flows", "diagram", "forberedelse").out == drawn["mermaid"] + "\n"
    assert "forberedelse" in afsaet("flows", "diagram", "velkommen", code=1).err


def test_looking_at_dialogues_and_settings_makes_no_database(afsaet: Afsaet) -> None:
    for words in (("flows", "list"), ("flows", "check"), ("kommune", "check"), ("kommune", "show")):
        afsaet(*words)
    assert not (afsaet.folder / "data").exists()


def test_a_municipality_without_mistakes_is_told_so(afsaet: Afsaet, municipality: Callable[[str], Path]) -> None:
    assert "default" in afsaet("kommune", "check").out
    folder = municipality('name = "Hedelund Kommune"')
    assert afsaet.json("kommune", "check") == {"ok": True, "items": []}
    assert afsaet("kommune", "check", folder).out == "kommune.toml: no mistakes\n"


def test_every_mistake_in_kommune_toml_is_told(afsaet: Afsaet, municipality: Callable[[str], Path]) -> None:
    folder = municipality('nme = "Hedelund"\ninvite_days = 0\n')
    checked = afsaet.json("kommune", "check", folder, code=FAULT)
    assert len(checked["items"]) == 2
    assert all(item["text"] in checked["error"] for item in checked["items"])
    said = afsaet("kommune", "check", code=FAULT)
    assert said.out.count("\n") == 2


def test_what_is_set_is_shown_with_its_defaults(afsaet: Afsaet, municipality: Callable[[str], Path]) -> None:
    municipality('name = "Hedelund Kommune"\n[quiet_hours]\nfrom = "21:00"\n')
    shown = afsaet.json("kommune", "show")
    assert shown["name"] == "Hedelund Kommune"
    assert shown["quiet_hours"] == {"from": "21:00:00", "to": "08:00:00"}
    assert shown["zone"] == "Europe/Copenhagen"
    table = afsaet("kommune", "show").out
    assert "name\tHedelund Kommune\n" in table
    assert "quiet_hours.from\t21:00:00\n" in table
    assert "languages\tda, en\n" in table
    assert "weekends\tfalse\n" in table


@pytest.mark.parametrize("words", [("flows", "diagram"), ("kommune", "check", "a", "b"), ("flows",)])
def test_wrong_usage_is_explained(afsaet: Afsaet, words: tuple[str, ...]) -> None:
    said = afsaet(*words, code=2)
    assert "Usage" in said.err + said.out
