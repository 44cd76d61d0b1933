"""The documents say what is so: settings, columns, keys of dialogue files, numbers, links and the picture."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from html import unescape
from pathlib import Path
from types import ModuleType

import pytest
import typer.main
from prometheus_client.metrics import MetricWrapperBase
from sqlalchemy import LargeBinary
from typer.core import TyperGroup

from afsaet import metrics
from afsaet.assistant.shelf import read_definitions
from afsaet.cli import app
from afsaet.flows.definition import Definition, Option, Question, Section
from afsaet.flows.files.checks import FLAGS, NAMES
from afsaet.flows.files.misfits import KINDS
from afsaet.flows.files.reading import read_dialogue
from afsaet.flows.machine import questions_of
from afsaet.measures.figures import TARGETS
from afsaet.measures.prompts import TEXTS
from afsaet.municipality import Municipality
from afsaet.settings import SECRETS, Settings
from afsaet.store.tables import metadata

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
README, DATA, OPERATIONS, DIALOGUES = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "docs/data-protection.md", "docs/operations.md", "docs/dialogues.md")
)
SETTINGS = {f"AFSAET_{name}".upper() for name in (*Settings.model_fields, *(f"{name}_file" for name in SECRETS))}
QUESTIONS = questions_of(read_definitions(None)["forberedelse"])


def rows(page: str, under: str) -> list[list[str]]:
    """The cells of the first table after this heading, without its own headings."""
    lines = page[page.index(under) :].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|--"))
    table = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


def coded(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


# Measures


def test_the_page_on_numbers_has_every_line_and_target_as_it_is() -> None:
    page = (ROOT / "docs/measures.md").read_text(encoding="utf-8")
    lines = {f"{name} = {number}" for name, number in Municipality().measures.model_dump().items()}
    assert {code for code in coded(page) if " = " in code} == lines
    held = {row[0].strip("`"): row[2] for row in rows(page, "## Group figures")}
    assert held == {name: f"{target.percent} %" for name, target in TARGETS.items()}
    assert {row[0] for row in rows(page, "## When a question")} == {
        "the support card", *(text.partition(".")[0] for text in TEXTS.values())}  # fmt: skip


# Settings


def test_the_readme_lists_every_setting_and_no_other() -> None:
    assert {name for row in rows(README, "## Settings") for name in coded(row[0])} == SETTINGS


def test_every_default_in_the_readme_is_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    shipped = Settings.load()
    told = {name: default.strip("`") for name, default, _ in rows(README, "## Settings") if default.startswith("`")}
    for name, default in told.items():
        monkeypatch.setenv(name.strip("`"), default)
    assert told and Settings.load() == shipped
    unset = {name for row in rows(README, "## Settings") if row[1] == "–" for name in coded(row[0])}
    assert unset & {f"AFSAET_{name}".upper() for name, value in shipped if value is not None} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_setting_that_is_not_there(page: Path) -> None:
    assert set(re.findall(r"AFSAET_[A-Z_]*[A-Z]", page.read_text(encoding="utf-8"))) <= SETTINGS


# Commands

PLACES = [*PAGES, ROOT / "deploy" / "compose.yaml", ROOT / "deploy" / "afsaet.env.example"]
BEFORE = r"(?:cd \S+ && )?(?:sudo -u afsaet |docker compose exec afsaet )?(?:/opt/afsaet/bin/)?"


@pytest.mark.parametrize("page", PLACES, ids=lambda page: page.name)
def test_every_command_shown_is_there_with_its_options(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    in_text = re.findall(rf"`{BEFORE}afsaet ([^`\n]+)`", text)
    for line in [*in_text, *re.findall(rf"^{BEFORE}afsaet (.+)$", text, re.MULTILINE)]:
        command, words = typer.main.get_command(app), line.replace("[", "").replace("]", "").split()
        while isinstance(command, TyperGroup) and words[0] != "COMMAND":
            command = command.commands[words.pop(0)]
        known = {"--help", *(option for parameter in command.params for option in parameter.opts)}
        assert {word for word in words if word.startswith("--")} <= known, line


# Numbers and names


def test_the_numbers_of_questions_are_right() -> None:
    of = Counter(question.sensitivity for question in QUESTIONS)
    assert f"`alm` questions: {of['alm']} of the {len(QUESTIONS)} shipped ones" in README
    numbers = f"has {of['alm']} that are `alm`, {of['fortrolig']} `fortrolig` and {of['følsom']} `følsom`."
    assert numbers in " ".join(DATA.split())


def test_every_metric_is_told_of() -> None:
    kept = [kind for kind in vars(metrics).values() if isinstance(kind, MetricWrapperBase)]
    names = {family.name for kind in kept for family in kind.describe()}
    told = {row[0].strip("`").partition("{")[0].removesuffix("_total") for row in rows(OPERATIONS, "| metric |")}
    assert told == names


def test_every_column_that_is_kept_is_told_of_in_its_right_place() -> None:
    told = {}
    for table, *cells in rows(DATA, "column by column"):
        told[table.split("`")[1]] = [coded(cell) for cell in cells]
    assert told.keys() == metadata.tables.keys()
    for name, (sealed, other, clear) in told.items():
        columns = metadata.tables[name].columns
        opaque = {column.name for column in columns if isinstance(column.type, LargeBinary)}
        assert sealed | other == opaque and not sealed & other, name
        assert {column.endswith(("_key", "_hash")) or column == "mark" for column in other} <= {True}, name
        assert not any(column.endswith(("_key", "_hash")) for column in sealed), name
        assert clear == {column.name for column in columns} - opaque, name


# Dialogues

EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", DIALOGUES, re.DOTALL | re.MULTILINE)
AROUND = "id: x\ntitle: X\nintro: X.\noutro: X.\nsections:\n  - id: x\n    title: X\n    why: X.\n    questions:\n"


def as_dialogue(example: str) -> str:
    """The example itself, or its questions in a dialogue around them."""
    return example if example.startswith("id:") else AROUND + re.sub(r"^(?=.)", "      ", example, flags=re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_of_a_dialogue_is_without_mistakes(example: str, tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(as_dialogue(example), encoding="utf-8")
    assert read_dialogue(tmp_path / "example.yaml").sections


def test_the_examples_show_every_kind_of_answer(tmp_path: Path) -> None:
    shown = {kind for example in EXAMPLES for kind in re.findall(r"kind: (\w+)", example)}
    assert shown == KINDS.keys()


def test_every_key_of_a_dialogue_file_is_told_of() -> None:
    told = {name.strip("`"): need for name, need, _ in rows(DIALOGUES, "| of a question |")}
    assert told.keys() == Question.model_fields.keys()
    required = {name for name, field in Question.model_fields.items() if field.is_required()}
    assert {name for name, need in told.items() if need == "must"} == required
    for part, model in (("dialogue", Definition), ("section", Section)):
        (line,) = re.findall(rf"^\*\*\w+ {part}\*\*: (.*?)\.$", DIALOGUES, re.MULTILINE)
        assert coded(line) == model.model_fields.keys()
    (option,) = re.findall(r"^An option of a choice has.*?\n\n", DIALOGUES, re.DOTALL | re.MULTILINE)
    assert {name.partition(":")[0] for name in coded(option)} == Option.model_fields.keys()


def test_every_name_and_choice_that_texts_may_use_is_told_of() -> None:
    (under,) = re.findall(r"^## Names in texts$(.*?)^## ", DIALOGUES, re.DOTALL | re.MULTILINE)
    assert {name.strip("{}") for name in coded(under) if name.startswith("{")} == NAMES
    (choices,) = [row[2] for row in rows(DIALOGUES, "| of a question |") if row[0] == "`only_if`"]
    assert coded(choices) == FLAGS


# Links and the picture


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.fixture
def picture(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    return importlib.import_module("picture")


def test_the_picture_says_what_the_program_says(picture: ModuleType) -> None:
    """After a change of texts: `.venv/bin/python docs/picture.py`."""
    (said,) = re.findall(r"<desc>(.*?)</desc>", picture.PICTURE.read_text(encoding="utf-8"), re.DOTALL)
    assert unescape(said) == picture.words(picture.scenes())


def test_the_picture_can_be_drawn(picture: ModuleType) -> None:
    assert picture.drawn(picture.scenes()).endswith("</svg>")
