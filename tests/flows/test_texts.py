"""The assistant's own words, from the code: as plain as the dialogues are."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

import afsaet.flows
from afsaet.flows.plain import faults, lix
from tests.flows.transcript import NAMES

FOLDER = Path(afsaet.flows.__file__).parent
EXAMPLES = {
    "name": "Mette Holm", "dpo": "kommunen", "when": "den 1. december kl. 10.00", "day": "tirsdag den 1. december",
    "days": "den 1. eller den 2. december",
}  # fmt: skip
FILLED = defaultdict(lambda: "3", {**NAMES, **EXAMPLES})


def marked_texts() -> dict[str, str]:
    """Every text that a citizen may read, with the module it stands in."""
    found = {}
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                (argument,) = node.args
                assert isinstance(argument, ast.Constant), f"{path.name}, line {node.lineno}: not a plain text"
                found[argument.value] = path.name
    return found


TEXTS = marked_texts()


def test_there_are_texts_to_read() -> None:
    assert len(TEXTS) > 100
    assert "Hjælp til spørgsmålet" in TEXTS


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_plain(text: str) -> None:
    assert faults(text.format_map(FILLED)) == []


def test_all_texts_together_are_easy_to_read() -> None:
    sentences = [text.format_map(FILLED) for text in TEXTS if text.endswith((".", "?", ":"))]
    assert lix("\n".join(sentences)) <= 27


def test_nobody_is_blamed_or_spoken_to_in_the_language_of_machines() -> None:
    cold = r"\b(fejl|forkert|ugyldig\w*|skal du|du skal|glemt|desværre|input|brugere|brugeren|data|session|kommando)\b"
    found = [text for text in TEXTS if re.search(cold, text, re.IGNORECASE)]
    assert found == ["Det skal du vide"]


def test_the_assistant_speaks_as_one() -> None:
    assert [text for text in TEXTS if re.search(r"\b(vi|os|vores|man)\b", text, re.IGNORECASE)] == []
