"""What a citizen has shared of rounds and goals, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pypdf
import pytest

import afsaet.export
from afsaet.export import development_files, document_of, render, render_development
from afsaet.export.shared import Shared
from afsaet.measures import wheel
from afsaet.measures.goals import Goal, PartGoal, note
from afsaet.measures.items import HOURS
from afsaet.measures.pictures import Mark
from afsaet.measures.wheel import Wheel
from tests.measures.making import day, four, made

Headings = dict[str, str]
NAMED = wheel.rename(wheel.choose(Wheel(), ["hjul_tro", "hjul_retning", "hjul_kunnen", "hjul_ro"]), "hjul_ro", "ringe selv")  # type: ignore[arg-type]
GOALS = (Goal("g1", "Et job i et gartneri", (
    note(PartGoal("d1", "Ringe til Hansen", date(2026, 9, 1), does="Jeg øver mig"), "paa_vej", date(2026, 9, 20)),)),)
ROUNDS = (
    made("hjulet", 1, {"hjul_ro": 6, "hjul_tro": 0}, shared=True),
    four("trivselstjek", 2, 6, "ikke_aktuelt", 5, 6, shared=True),
    made("hjulet", 30, {"hjul_ro": 4, "hjul_tro": 3}, words={"hjul_ro.hjaelp_til": "=at finde ro"}, shared=True),
    four("trivselstjek", 31, 6, 7, 5, 6, shared=True),
    made("status", 32, {"status_tro": 3, "status_helbred": 4, "status_socialt": 4, "status_timer": "over_20"}, shared=True),
    four("samtaletjek", 40, 1, 2, 3, 4),  # not shared
)
SHARED = Shared(day(41), ROUNDS, NAMED, GOALS)  # type: ignore[arg-type]
NOTHING = Shared(day(41))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_it_is_as_the_schema_says(snapshot: dict[str, Any], headings: Headings) -> None:
    schema = json.loads(Path(afsaet.export.__file__).with_name("afsaet-plan-1.schema.json").read_text("utf-8"))
    data = json.loads(render(snapshot, "json", headings, shared=SHARED))
    jsonschema.validate(data, schema)
    assert [(each["measure"], each["total"]) for each in data["rounds"]] == [
        ("hjulet", None), ("trivselstjek", None), ("hjulet", None), ("trivselstjek", 24), ("status", None)]
    first = data["rounds"][0]["items"][-1]
    assert first == {"id": "hjul_ro", "label": "ringe selv", "value": 6, "text": "6"}
    assert data["goals"][0]["as_of"] == "2026-10-12T10:00:00+02:00"
    assert data["goals"][0]["parts"][0]["next_check"] == "2026-12-01"


@pytest.mark.parametrize("fmt", ["json", "csv", "txt"])
def test_what_is_not_shared_is_in_no_format(snapshot: dict[str, Any], headings: Headings, fmt: str) -> None:
    assert b"amtaletjek" not in render(snapshot, fmt, headings, shared=SHARED)


def said_in(fmt: str, content: bytes) -> str:
    if fmt == "pdf":
        return flat(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))
    if fmt == "docx":
        return flat(" ".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs))
    return flat(content.decode())


@pytest.mark.parametrize("fmt", ["pdf", "docx", "txt"])
def test_documents_have_a_chapter_with_numbers_goals_and_rounds_and_say_of_which_day(
    snapshot: dict[str, Any], headings: Headings, fmt: str
) -> None:
    said = said_in(fmt, render(snapshot, fmt, headings, shared=SHARED))
    for expected in (
        "Udvikling siden sidst", "Her står det, borgeren har delt indtil den 12. oktober 2026.",
        "ringe selv: først 6, forrige gang 6, nu 4 (-2, -33,3 %)", "Mit mål: Et job i et gartneri",
        "Delmål: Ringe til Hansen", "De seneste runder",
        "den 2. oktober 2026, Trivselstjek: Mig selv 6, Mine nærmeste 7, Blandt andre 5, Det hele 6, i alt 24 af 40",
        "Mine nærmeste ikke aktuelt", "Timer i job over 20",
    ):
        assert expected in said


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_the_citizen_signs_under_their_own_words_and_not_under_what_the_program_has_drawn_up(
    snapshot: dict[str, Any], headings: Headings, fmt: str
) -> None:
    said = said_in(fmt, render(snapshot, fmt, headings, shared=SHARED))
    annex, signature, shared = map(said.index, ("Bilag: Mine forslag", "Borgerens underskrift", "borgeren har delt"))
    assert annex < signature < shared


ALT = "Mine nærmeste, 0 til 10: ikke aktuelt, 7"


def figures(node: Any) -> Iterator[str]:
    """The alternative texts below a node of a PDF's structure."""
    node = node.get_object()
    for child in node if isinstance(node, list) else [node.get("/K", [])] if isinstance(node, dict) else []:
        yield from figures(child)
    if isinstance(node, dict) and node.get("/S") == "/Figure":
        yield str(node["/Alt"])


def alternatives(fmt: str, content: bytes) -> list[str]:
    """What is read aloud in the place of each picture."""
    if fmt == "docx":
        shapes = docx.Document(io.BytesIO(content)).inline_shapes
        return [shape._inline.docPr.get("descr") for shape in shapes]
    return list(figures(pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_the_wheel_and_the_lines_are_drawn_with_everything_in_them_as_words(
    snapshot: dict[str, Any], headings: Headings, fmt: str
) -> None:
    content = render(snapshot, fmt, headings, shared=SHARED)
    found = alternatives(fmt, content)
    assert sorted(alt.partition("\n")[0] for alt in found) == ["Mit hjul", "Trivselstjek"]  # no Samtaletjek: not shared
    assert any(ALT in alt for alt in found) and any("ringe selv: fra 6 til 4" in alt for alt in found)
    assert content == render(snapshot, fmt, headings, shared=SHARED)


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_talks_and_meetings_are_marked_in_the_pictures(fmt: str) -> None:
    been = replace(SHARED, marks=(Mark(date(2026, 9, 20), "talk"), Mark(date(2026, 9, 27), "meeting")))
    [lines_] = [alt for alt in alternatives(fmt, render_development(been, fmt)) if alt.startswith("Trivselstjek")]
    assert "Samtale: 20. september 2026" in lines_ and "Møde: 27. september 2026" in lines_


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_pictures_of_an_area_with_any_name_are_in_a_whole_file(
    snapshot: dict[str, Any], headings: Headings, fmt: str
) -> None:
    odd = wheel.rename(NAMED, "hjul_ro", "漢字 \u202e\ud83d سلام 🙂")  # type: ignore[arg-type]
    own = Shared(day(41), ROUNDS[:1], odd)  # type: ignore[arg-type]
    [alt] = alternatives(fmt, render(snapshot, fmt, headings, shared=own))
    assert "[U+202E]" in alt and "سلام" in alt


@pytest.mark.parametrize("fmt", ["pdf", "docx", "txt", "csv", "json"])
def test_one_who_has_shared_nothing_gets_the_document_they_always_got(
    snapshot: dict[str, Any], headings: Headings, fmt: str
) -> None:
    snapshot |= {"goals": [], "rounds": []}
    assert render(snapshot, fmt, headings, shared=NOTHING) == render(snapshot, fmt, headings)


def test_the_chapter_is_made_fit_for_where_it_is_shown(snapshot: dict[str, Any], headings: Headings) -> None:
    hidden = Shared(day(41), (made("hjulet", 1, {"hjul_ro": 1}, words={"hjul_ro.ogsaa": "a\u202eb"}, shared=True),))
    document = document_of(snapshot, headings, shared=hidden)
    assert document.replaced
    assert document.shared is not None
    assert "»a[U+202E]b«" in document.shared.chapter.entries[-1].text


def test_rounds_and_goals_are_rows_of_the_same_table(snapshot: dict[str, Any], headings: Headings) -> None:
    text = render(snapshot, "csv", headings, shared=SHARED).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    found = [(row["section"], row["question_id"], row["value"], row["text"]) for row in rows]
    assert ("trivselstjek", "trivsel_naere", "ikke_aktuelt", "ikke aktuelt") in found
    assert ("hjulet", "hjul_ro.hjaelp_til", "", "'=at finde ro") in found
    assert ("maal", "g1", "", "Et job i et gartneri") in found
    assert ("delmaal", "d1", "paa_vej", "Ringe til Hansen") in found


# By itself


def test_the_text_to_paste_is_the_block_itself() -> None:
    text = development_files.write(SHARED, "txt").decode()
    assert text == SHARED.development + "\n"
    assert text.startswith("Udvikling siden sidst\nTallene er borgerens egne.")


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_the_document_alone_has_the_chapter_and_its_pictures_and_nothing_that_belongs_to_a_plan(fmt: str) -> None:
    content = render_development(SHARED, fmt, reference="2026-0001", citizen="c1")
    said = said_in(fmt, content)
    for expected in ("Runder og mål", "Udvikling siden sidst", "delt indtil den 12. oktober 2026. Tallene er",
                     "ringe selv: først 6, forrige gang 6, nu 4 (-2, -33,3 %)", "Delmål: Ringe til Hansen"):
        assert expected in said
    for other in ("Overblik", "underskrift", "Version", "efter at resten blev sendt", "afsnit"):
        assert other not in said
    assert len(alternatives(fmt, content)) == 2
    assert content == render_development(SHARED, fmt, reference="2026-0001", citizen="c1")


def test_the_document_alone_shows_what_cannot_be_printed_by_number_and_names_the_case() -> None:
    hidden = Shared(day(41), (made("hjulet", 1, {"hjul_ro": 1}, words={"hjul_ro.ogsaa": "a\u202eb"}, shared=True),))
    said = said_in("pdf", render_development(hidden, "pdf", citizen="c1"))
    assert "a[U+202E]b" in said and "tegnets nummer" in said and "Reference c1 · Taget ud den 12. oktober 2026" in said
    with pytest.raises(ValueError, match="pdf, docx"):
        render_development(SHARED, "odt")


def test_the_table_opens_right_in_danish_excel() -> None:
    content = development_files.write(SHARED, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    first = content.decode("utf-8-sig").split("\r\n")[0]
    assert first == '"round";"measure";"at";"item_id";"item";"value";"text";"points";"percent"'
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    fell = next(row for row in rows if row["item_id"] == "hjul_ro" and row["value"] == "4")
    assert (fell["at"], fell["item"], fell["points"], fell["percent"]) == ("2026-10-01 10:00", "ringe selv", "-2", "-33,3")
    rose = next(row for row in rows if row["item_id"] == "hjul_tro" and row["value"] == "3")
    assert (rose["points"], rose["percent"]) == ("3", "")
    said = next(row for row in rows if row["item_id"] == "hjul_ro.hjaelp_til")
    assert said["text"] == "'=at finde ro"
    total = [(row["value"], row["text"], row["points"]) for row in rows if row["item_id"] == "trivselstjek_i_alt"]
    assert total == [("24", "24", "0")]  # the round with an item that was not relevant has none


def test_the_table_has_the_goals_with_how_they_go() -> None:
    content = development_files.write(SHARED, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    goals = [tuple(row[name] for name in ("round", "measure", "at", "item_id", "item", "text")) for row in rows[-4:]]
    assert goals == [
        ("g1", "maal", "", "text", "Mit mål", "Et job i et gartneri"),
        ("d1", "delmaal", "", "text", "Delmål", "Ringe til Hansen"),
        ("d1", "delmaal", "2026-09-20", "status", "Hvordan det går", "På vej"),
        ("d1", "delmaal", "", "does", "Det gør jeg", "Jeg øver mig"),
    ]


@pytest.mark.parametrize("hours", HOURS)
def test_no_word_of_ours_is_a_day_to_excel(snapshot: dict[str, Any], headings: Headings, hours: str) -> None:
    values = {"status_tro": 3, "status_helbred": 4, "status_socialt": 4, "status_timer": hours}
    own = Shared(day(41), (made("status", 32, values, shared=True),))
    for content in (development_files.write(own, "csv"), render(snapshot, "csv", headings, shared=own)):
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
        said = next(row["text"] for row in rows if "status_timer" in row.values())
        assert said and not re.fullmatch(r"\d+[-/.]\d+", said)


def test_the_data_alone_are_those_of_the_plan(snapshot: dict[str, Any], headings: Headings) -> None:
    plan = json.loads(render(snapshot, "json", headings, shared=SHARED))
    data = json.loads(development_files.write(SHARED, "json"))
    assert (data["rounds"], data["goals"]) == (plan["rounds"], plan["goals"])
    assert datetime.fromisoformat(data["taken_at"]) == SHARED.taken_at


def test_what_was_asked_stands_in_the_order_it_was_asked_in_and_each_answer_once_with_its_name(
    snapshot: dict[str, Any], headings: Headings
) -> None:
    said = made("tilfredshed", 33, {"tilfreds_hoert": "ja", "tilfreds_moede": "tilfreds"}, shared=True,
                words={"tilfreds_bedre": "en pause", "tilfreds_vigtigst": "at jeg valgte"})
    wheel_round = made("hjulet", 34, {"hjul_ro": 4, "hjul_tro": 3}, shared=True,
                       words={"hjul_ro.hjaelp_til": "ro", "hjul_tro.ogsaa": "søvn", "hjul_tro.hjalp": "et besøg"})
    own = Shared(day(41), (said, wheel_round), NAMED)  # type: ignore[arg-type]
    assert [item["id"] for item in own.rounds_data()[0]["items"]] == [
        "tilfreds_moede", "tilfreds_hoert", "tilfreds_vigtigst", "tilfreds_bedre"]
    assert list(own.latest(1)) == [
        "den 5. oktober 2026, Hjulet: Tro på job 3, ringe selv 4, "
        "Tro på job: Hvad tror du, der har hjulpet? »et besøg«, "
        "Tro på job: Har det også gjort noget godt for andre dele af dit liv? »søvn«, "
        "ringe selv: Hvad vil du gerne have hjælp til? »ro«"]
    expected = [
        ("Mødet", "tilfreds"), ("Blev jeg hørt?", "ja"), ("Det vigtigste i planen", "at jeg valgte"),
        ("Det kunne have været bedre", "en pause"), ("Tro på job", "3"), ("ringe selv", "4"),
        ("Tro på job: Hvad tror du, der har hjulpet?", "et besøg"),
        ("Tro på job: Har det også gjort noget godt for andre dele af dit liv?", "søvn"),
        ("ringe selv: Hvad vil du gerne have hjælp til?", "ro"),
    ]
    for content, name in ((development_files.write(own, "csv"), "item"),
                          (render(snapshot, "csv", headings, shared=own), "question")):
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
        found = [(row[name], row["text"]) for row in rows if row.get("measure", row.get("section")) in ("tilfredshed", "hjulet")]
        assert found == expected
