from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import docx
import pypdf
import pytest

from afsaet.export import document_of, render

Snapshot = dict[str, Any]


def test_answers_stand_under_the_official_headings_in_their_order(snapshot: Snapshot, headings: dict[str, str]) -> None:
    document = document_of(snapshot, headings)
    official = [headings[code] for code in ("O1", "O2", "O3", "O4", "O5", "O6", "O8", "B")]
    assert [chapter.heading for chapter in document.chapters] == official
    assert "Der var for meget larm" in document.chapters[2].entries[0].text  # asked in the section of O1


def test_the_citizens_own_proposals_stand_in_the_annex_only(snapshot: Snapshot, headings: dict[str, str]) -> None:
    document = document_of(snapshot, headings)
    assert document.annex is not None
    assert document.annex.heading == "Mine forslag"
    assert "Mine forslag" not in [chapter.heading for chapter in document.chapters]


def test_every_question_is_counted_once_in_its_state(snapshot: Snapshot, headings: dict[str, str]) -> None:
    document = document_of(snapshot, headings)
    assert document.total.counts == (32, 1, 1, 1, 2)
    rows = {row.heading: row.counts for row in document.coverage}
    assert rows["Udfordringer i forhold til job og uddannelse"] == (3, 1, 1, 0, 0)
    assert tuple(map(sum, zip(*(c for c in rows.values() if c), strict=True))) == document.total.counts


def test_a_heading_nobody_sent_is_shown_as_not_sent(snapshot: Snapshot, headings: dict[str, str]) -> None:
    snapshot["sections"] = [s for s in snapshot["sections"] if s["id"] != "indsats"]
    document = document_of(snapshot, headings)
    assert {row.heading: row.counts for row in document.coverage}[headings["O8"]] is None
    assert headings["O8"] not in [chapter.heading for chapter in document.chapters]


def test_a_heading_without_a_name_stands_as_its_code(snapshot: Snapshot) -> None:
    assert [c.heading for c in document_of(snapshot, {}).chapters][:2] == ["O1", "O2"]


def test_the_first_page_has_goals_with_their_remark_and_each_important_point(
    snapshot: Snapshot, headings: dict[str, str]
) -> None:
    document = document_of(snapshot, headings)
    assert [goal.remark for goal in document.goals] == ["", "", "Borgerens eget bud", ""]
    assert [point.text for point in document.important] == [
        "Jeg vil gerne arbejde, men jeg kan ikke starte på fuld tid.",
        "Jeg har brug for ro og en fast person.",
        "Spørg mig direkte, så svarer jeg ærligt.",
    ]


def test_an_unanswered_goal_shows_its_state(snapshot: Snapshot, headings: dict[str, str]) -> None:
    snapshot["sections"][0]["answers"][0] |= {"state": "med_sagsbehandler", "text": ""}
    assert document_of(snapshot, headings).goals[0].note == "Tages med sagsbehandler"


def test_a_long_goal_is_cut_on_the_first_page_and_whole_under_its_heading(
    saying: Callable[[str], Snapshot], headings: dict[str, str]
) -> None:
    long = "Jeg vil gerne arbejde med dyr. " * 100
    document = document_of(saying(long), headings)
    assert document.goals[0].text.endswith(" …")
    assert long.startswith(document.goals[0].text.removesuffix(" …"))
    assert any("forkortet" in note for note in document.notes)
    assert long in [entry.text for chapter in document.chapters for entry in chapter.entries]


def test_last_updated_is_the_newest_answer(snapshot: Snapshot, headings: dict[str, str]) -> None:
    facts = document_of(snapshot, headings).facts
    assert facts["Sidst opdateret"] == "mandag den 30. november 2026 kl. 08.41"
    assert facts["Sendt"] == "den 1. december 2026"


def test_the_id_stands_where_the_case_has_no_reference(snapshot: Snapshot, headings: dict[str, str]) -> None:
    snapshot["reference"] = None
    assert document_of(snapshot, headings, citizen="17").reference == "17"


def test_the_reader_is_told_when_characters_were_replaced(
    saying: Callable[[str], Snapshot], headings: dict[str, str]
) -> None:
    assert not document_of(saying("Helt\r\nalmindeligt 😀"), headings).replaced
    assert document_of(saying("a\x00b"), headings).replaced


@pytest.mark.parametrize("change", [{"schema": "afsaet-plan-2"}, {"sent_at": "2026-12-01T10:00:00"}])
def test_what_is_not_a_snapshot_is_refused(
    snapshot: Snapshot, headings: dict[str, str], change: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="snapshot"):
        document_of(snapshot | change, headings)


def test_an_unknown_state_is_refused_without_the_answers_words(snapshot: Snapshot, headings: dict[str, str]) -> None:
    snapshot["sections"][0]["answers"][0]["state"] = "hidden"
    with pytest.raises(ValueError, match="unknown state") as error:
        document_of(snapshot, headings)
    assert "dyr" not in str(error.value)


@pytest.mark.parametrize("fmt", ["txt", "docx", "pdf"])
def test_what_was_sent_before_a_meeting_is_not_said_to_lack_the_rest_of_a_plan(
    snapshot: Snapshot, headings: dict[str, str], fmt: str
) -> None:
    answer = next(each for each in snapshot["sections"][0]["answers"] if each["state"] == "answered")
    words = {**answer, "heading": "B", "front": "", "text": "Praktik"}
    sent = {**snapshot, "dialogue": "moede_samtale", "sections": [
        {"id": "samtale", "heading": "B", "title": "Samtalen", "answers": [words]}]}
    document = document_of(sent, headings)
    assert ([row.heading for row in document.coverage], document.says_none) == ([headings["B"]], False)
    assert len(render(sent, fmt, headings)) < len(render({**sent, "dialogue": "forberedelse"}, fmt, headings))
    if fmt == "txt":
        text = render(sent, fmt, headings).decode()
        assert "Praktik" in text
        assert "ikke sendt noget svar" not in text
        assert "ikke med i det sendte" not in text


def test_that_nothing_important_was_said_is_not_numbered_as_a_point_of_the_citizen_s(
    snapshot: Snapshot, headings: dict[str, str]
) -> None:
    for section in snapshot["sections"]:
        for answer in section["answers"]:
            if answer.get("front") == "vigtigst":
                answer.update(state="med_sagsbehandler", value=None, text="")
    said = {
        "txt": render(snapshot, "txt", headings).decode(),
        "pdf": pypdf.PdfReader(io.BytesIO(render(snapshot, "pdf", headings))).pages[0].extract_text(),
        "docx": "\n".join(
            f"{'1. ' if part.style and part.style.name == 'List Number' else ''}{part.text}"
            for part in docx.Document(io.BytesIO(render(snapshot, "docx", headings))).paragraphs),
    }
    for kind, text in said.items():
        assert re.search(r"Det vigtigste:?\s+Tages med sagsbehandler", text), kind
