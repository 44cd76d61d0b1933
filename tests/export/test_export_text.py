from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from afsaet.export import document_of, render
from afsaet.export.text import LIMIT, blocks, size

Snapshot = dict[str, Any]


def test_there_is_a_block_for_the_overview_and_for_each_heading(snapshot: Snapshot, headings: dict[str, str]) -> None:
    found = [block.heading for block in blocks(document_of(snapshot, headings))]
    official = [headings[code] for code in ("O1", "O2", "O3", "O4", "O5", "O6", "O8", "B")]
    assert found == [snapshot["title"], *official, "Bilag: Mine forslag"]


def test_answers_are_copied_line_for_line(snapshot: Snapshot, headings: dict[str, str]) -> None:
    everything = render(snapshot, "txt", headings).decode()
    for section in snapshot["sections"]:
        for answer in section["answers"]:
            assert f"{answer['question']}" in everything
            assert answer["text"] in everything


def test_the_overview_counts_in_words(snapshot: Snapshot, headings: dict[str, str]) -> None:
    snapshot["sections"] = [s for s in snapshot["sections"] if s["id"] != "indsats"]
    overview = blocks(document_of(snapshot, headings))[0].text
    assert f"- {headings['O3']}: besvaret 3, sprunget over 1, tages med sagsbehandler 1" in overview
    assert "- Erfaringer med den hidtidige hjælp: ikke med i det sendte" in overview
    assert "Teksten er borgerens egne ord. Programmet har ikke ændret den." in overview


def test_a_long_heading_becomes_numbered_blocks_cut_between_answers(
    saying: Callable[[str], Snapshot], headings: dict[str, str]
) -> None:
    snapshot = saying("Kort svar.")
    for answer in snapshot["sections"][5]["answers"]:
        answer["text"] = "Jeg prøvede noget. " * 110
    parts = [b for b in blocks(document_of(snapshot, headings)) if b.heading == headings["O8"]]
    assert [(b.part, b.parts) for b in parts] == [(1, 3), (2, 3), (3, 3)]
    assert [b.text.split("\n")[0] for b in parts] == [a["question"] for a in snapshot["sections"][5]["answers"]]
    assert f"===== {headings['O8']} (2 af 3) =====" in render(snapshot, "txt", headings).decode()


@given(text=st.text(st.sampled_from("ab \n😀æ"), min_size=3000, max_size=3500), repeat=st.integers(1, 5))
def test_blocks_are_short_enough_and_lose_nothing(text: str, repeat: int) -> None:
    answer = {"id": "a", "heading": "O1", "question": "Hvad?", "state": "answered", "value": None,
              "text": text * repeat, "answered_at": None, "front": "", "remark": ""}  # fmt: skip
    snapshot = {"schema": "afsaet-plan-1", "dialogue": "d", "title": "T", "reference": None, "version": 1,
                "sent_at": "2026-12-01T10:00:00+01:00", "revision": "r", "goals": [], "rounds": [],
                "sections": [{"id": "s", "heading": "O1", "title": "S", "answers": [answer]}]}  # fmt: skip
    found = [b for b in blocks(document_of(snapshot, {})) if b.heading == "O1"]
    assert "".join(b.text for b in found) == f"Hvad?\n{text * repeat}"
    assert all(size(b.text) < LIMIT for b in found)


def test_a_line_break_and_a_rare_character_count_as_two() -> None:
    assert size("a\n😀") == 5
