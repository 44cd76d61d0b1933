"""A whole plan in Danish, as it would be sent, and the names of the official headings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HEADINGS = {
    "O1": "Erfaringer og ressourcer i forhold til job og uddannelse",
    "O2": "Personlige ressourcer, familie og netværk",
    "O3": "Udfordringer i forhold til job og uddannelse",
    "O4": "Ønsker til job og uddannelse",
    "O5": "Helbred, som borgeren selv oplever det",
    "O6": "Helbredets betydning for job og uddannelse",
    "O8": "Erfaringer med den hidtidige hjælp",
    "T": "Mine forslag",
    "B": "Til mødet",
}


@pytest.fixture
def headings() -> dict[str, str]:
    return dict(HEADINGS)


@pytest.fixture
def snapshot() -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(Path(__file__).with_name("snapshot.json").read_text("utf-8"))
    return plan


@pytest.fixture
def saying(snapshot: dict[str, Any]) -> Callable[[str], dict[str, Any]]:
    """Makes the plan in which one free-text answer, and one goal on the first page, reads as given."""

    def make(text: str) -> dict[str, Any]:
        for section in snapshot["sections"]:
            for answer in section["answers"]:
                if answer["id"] in ("maal_droem", "indsats_proevet"):
                    answer["text"] = text
        return snapshot

    return make
