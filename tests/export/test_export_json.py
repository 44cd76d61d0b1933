from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import afsaet.export
from afsaet.export import render

Snapshot = dict[str, Any]


@pytest.fixture
def schema() -> dict[str, Any]:
    file = Path(afsaet.export.__file__).with_name("afsaet-plan-1.schema.json")
    content: dict[str, Any] = json.loads(file.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    return content


def test_it_is_as_the_schema_says_and_nothing_is_lost(
    snapshot: Snapshot, headings: dict[str, str], schema: dict[str, Any]
) -> None:
    data = json.loads(render(snapshot, "json", headings))
    jsonschema.validate(data, schema)
    assert data == snapshot


def test_what_is_no_part_of_the_format_stays_behind(
    snapshot: Snapshot, headings: dict[str, str], schema: dict[str, Any]
) -> None:
    snapshot["name"] = "Hanne"
    snapshot["sections"][0]["answers"][0]["parts"] = ["kladde"]
    content = render(snapshot, "json", headings)
    jsonschema.validate(json.loads(content), schema)
    assert b"Hanne" not in content
    assert b"kladde" not in content


def test_the_schema_refuses_another_state(snapshot: Snapshot, schema: dict[str, Any]) -> None:
    snapshot["sections"][0]["answers"][0]["state"] = "hidden"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(snapshot, schema)


def test_steering_characters_are_escaped_and_read_back_the_same(
    saying: Callable[[str], Snapshot], headings: dict[str, str]
) -> None:
    text = "a\x00b\x1bc\x9bd\u202ee\u2028f\u200dg\U000e0041h æøå 😀"
    content = render(saying(text), "json", headings).decode()
    assert json.loads(content)["sections"][0]["answers"][0]["text"] == text
    assert not set("\x00\x1b\x9b\u202e\u2028\U000e0041") & set(content)
    assert "æøå 😀" in content


def test_half_a_character_is_shown_by_number(saying: Callable[[str], Snapshot], headings: dict[str, str]) -> None:
    data = json.loads(render(saying("a\ud800b\ud83d\ude00"), "json", headings))
    assert data["sections"][0]["answers"][0]["text"] == "a[U+D800]b😀"
