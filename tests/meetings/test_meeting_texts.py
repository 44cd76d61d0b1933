"""The texts about meetings: plain to read, and neutral where anybody may see them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import afsaet.meetings
from afsaet.flows.definition import Definition
from afsaet.flows.files.reading import read_dialogue
from afsaet.flows.plain import faults as plain_faults
from afsaet.flows.plain import lix
from afsaet.meetings.kinds import KINDS, Kind, kind_named, name_of, preparation_files, preparation_id, title_of
from afsaet.meetings.wording import NOTICES, Notice, faults, notice, septets
from tests.meetings.making import SHIPPED, TUESDAY, WALLS, meeting, setting, wall

FOLDER = Path(afsaet.meetings.__file__).parent
PROFILES = ["rehabiliteringsteam", "samlet_beskrivelse"]
EXAMPLES = {
    "when": "tirsdag den 1. december kl. 10.00", "day": "tirsdag den 1. december", "near": "om 7 dage",
    "clock": "kl. 09.45", "name": "Mødet med din sagsbehandler", "count": "12", "number": "3",
}  # fmt: skip
FILLED = defaultdict(str, {**SHIPPED.names(), **EXAMPLES})


def marked_texts() -> list[str]:
    """Every text of this room that a citizen may read."""
    found = set()
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                (argument,) = node.args
                assert isinstance(argument, ast.Constant), f"{path.name}, line {node.lineno}: not a plain text"
                found.add(argument.value)
    return sorted(found)


def process_texts(profile: str) -> list[str]:
    """Every text of a profile's steps, filled."""
    names = SHIPPED.names(profile)
    steps = SHIPPED.text_profile(profile).process.steps.values()
    texts = [text for step in steps for text in (step.name, step.next, step.expected, step.coming) if text]
    return [text.format_map(names) for text in texts]


TEXTS = [text.format_map(FILLED) for text in marked_texts()]
STEPS = [text for profile in PROFILES for text in process_texts(profile)]
PREPARATIONS = {name.removesuffix(".yaml"): read_dialogue(file) for name, file in preparation_files().items()}


def texts_of(definition: Definition) -> list[str]:
    texts = [definition.intro, definition.outro, *(section.why for section in definition.sections)]
    for section in definition.sections:
        for question in section.questions:
            texts += [text for text in (question.ask, question.help, question.why, question.example) if text]
    return texts


ASKED = [text for definition in PREPARATIONS.values() for text in texts_of(definition)]


def test_there_are_texts_to_read() -> None:
    assert len(TEXTS) > 40 and len(STEPS) > 80 and len(ASKED) > 60


@pytest.mark.parametrize("text", sorted({*TEXTS, *STEPS, *ASKED}))
def test_a_text_is_plain(text: str) -> None:
    assert plain_faults(text) == []


def test_all_texts_together_are_easy_to_read() -> None:
    running = [text for text in (*TEXTS, *STEPS, *ASKED) if text.endswith((".", "?"))]
    assert lix("\n".join(running)) <= 25


def test_nobody_is_blamed_or_spoken_to_in_the_language_of_machines() -> None:
    cold = r"\b(fejl|forkert|ugyldig\w*|skal du|du skal|glemt|desværre|input|brugere|brugeren|data|session)\b"
    assert [text for text in (*TEXTS, *STEPS, *ASKED) if re.search(cold, text, re.IGNORECASE)] == []


def test_the_assistant_speaks_as_one() -> None:
    said = [text for text in (*TEXTS, *STEPS) if re.search(r"\b(vi|os|vores|man)\b", text, re.IGNORECASE)]
    assert said == []


def test_no_text_promises_a_meeting_that_the_law_no_longer_asks_for() -> None:
    assert [text for text in (*TEXTS, *STEPS) if re.search(r"kommunen skal|ret til et møde", text)] == []


# Kinds


def test_there_are_the_six_kinds_with_names_of_their_own() -> None:
    assert tuple(KINDS) == get_args(Kind) and len(KINDS) == 6
    names = {name_of(kind, setting()) for kind in KINDS}
    assert len(names) == 6 and "mødet i rehabiliteringsteamet" in names
    assert title_of("rehabiliteringsmoede", setting(profile="samlet_beskrivelse")) == "Mødet om din samlede beskrivelse"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("rehabiliteringsmoede", "rehabiliteringsmoede"),
        ("Rehabiliteringsmøde", "rehabiliteringsmoede"),
        ("rehabiliteringsteammøde", "rehabiliteringsmoede"),
        ("SAMTALE", "samtale"),
        ("Overdragelsessamtale", "overdragelse"),
        ("opstarts-samtale", "opstart"),
        ("Opfølgning", "opfoelgning"),
        ("netværksmøde", "netvaerk"),
        ("kaffe", None),
        ("", None),
    ],
)
def test_a_kind_is_found_by_the_words_caseworkers_use(word: str, kind: str | None) -> None:
    assert kind_named(word) == kind


def test_every_kind_is_prepared_for_in_its_own_way() -> None:
    assert {preparation_id(kind) for kind in KINDS} == PREPARATIONS.keys()
    assert {definition.id for definition in PREPARATIONS.values()} == PREPARATIONS.keys()
    asked = [tuple(texts_of(definition)) for definition in PREPARATIONS.values()]
    assert len(set(asked)) == 6


def test_every_preparation_asks_what_the_citizen_wants_on_the_agenda() -> None:
    questions = {name: [question.id for section in definition.sections for question in section.questions]
                 for name, definition in PREPARATIONS.items()}
    assert [name for name, ids in questions.items() if ids.count("dagsorden") != 1] == []


def test_my_words_for_the_meeting_are_three_points_a_goal_and_a_part_of_it() -> None:
    (section,) = PREPARATIONS["moede_rehabiliteringsmoede"].sections
    assert [(question.id, question.answer.kind) for question in section.questions] == [
        ("tre_ting", "points"), ("mit_maal", "text"), ("mit_delmaal", "text"), ("dagsorden", "text")]  # fmt: skip
    assert getattr(section.questions[0].answer, "most", 0) == 3


def test_a_meeting_has_the_agenda_the_sources_give_it() -> None:
    assert len(KINDS["opstart"].agenda) == 9
    assert KINDS["opstart"].agenda[1].startswith("Du har ordet")


# What may be said unasked


def test_the_reminder_reads_as_agreed() -> None:
    said = notice("reminder", setting(), meeting())
    assert said == "Du har en aftale med kommunen tirsdag den 1. december kl. 10.00. Skriv /moede for at se mere."


@pytest.mark.parametrize("which", get_args(Notice))
def test_nothing_said_unasked_tells_what_it_is_about(which: Notice) -> None:
    telling = meeting(kind="rehabiliteringsmoede", place="Misbrugscenteret", room="Venteværelset", people="Mette Holm",
                      agenda=("Fleksjob",))  # fmt: skip
    assert faults(notice(which, setting(), telling), telling) == []


@given(WALLS, WALLS, st.integers(0, 240))
def test_every_notice_of_every_meeting_fits_one_sms(begins: object, now: object, arrival: int) -> None:
    for which in NOTICES:
        said = notice(which, setting(str(now)), meeting(wall(str(begins)), arrival_minutes=arrival))
        assert faults(said) == []
        length = septets(said)
        assert length is not None and length <= 160


@pytest.mark.parametrize(
    ("text", "places"),
    [("", 0), ("Æble på ø", 9), ("[1]", 5), ("10 €", 5), ("ja…", None), ("ç", None), ("🙂", None), ("“", None)],
)
def test_the_places_of_an_sms_are_counted_as_phones_do(text: str, places: int | None) -> None:
    assert septets(text) == places


def test_161_places_are_too_many_and_160_are_not() -> None:
    assert faults("x" * 160) == []
    assert faults("x" * 161) == ["161 characters, at most 160"]
    assert faults("x" * 159 + "€") == ["161 characters, at most 160"]


@pytest.mark.parametrize(
    "text",
    [
        "Husk dit rehabiliteringsmøde",
        "Husk mødet i Teamet",
        "Din læge har en attest",
        "Sygedagpenge: se brevet",
        "Du har en tid på Jobcenter Syd",
        "Din sagsbehandler venter",
        "Din netværksaftale er i dag",
        "Mentor i dag kl. 10",
        "Nyt om dit fleksjob",
    ],
)
def test_a_word_that_gives_it_away_is_named(text: str) -> None:
    assert len(faults(text)) >= 1
    assert "tells what it is about" in faults(text)[0]


@pytest.mark.parametrize("text", ["Vi ses på Misbrugsvej", "Vi ses hos Kirsten", "Vi ses i Kælderen", "Om Havebrug"])
def test_the_meeting_s_own_words_are_found(text: str) -> None:
    own = meeting(place="Misbrugsvej 3", room="kælderen", people="Kirsten", agenda=("Havebrug",))
    assert faults(text, own) != []
    assert [fault for fault in faults(text, own) if "Kirsten" in fault or "Have" in fault or "ælder" in fault] == []


def test_ordinary_words_in_a_place_do_no_harm() -> None:
    own = meeting(place="Kommunen, Skriverstræde 1", agenda=("Aftale for december",))
    assert faults(notice("reminder", setting(), own), own) == []


@pytest.mark.parametrize("which", ["reminder", "ready", "added", "moved", "changed"])
def test_the_time_is_the_meeting_s_own_and_beside_it_when_to_come(which: Notice) -> None:
    said = notice(which, setting(), meeting(TUESDAY, arrival_minutes=15))
    assert "tirsdag den 1. december kl. 10.00. Kom kl. 09.45. Skriv /moede" in said


@pytest.mark.parametrize(
    ("which", "begins", "minutes", "now"),
    [
        ("cancelled", "2026-12-01 10:00", 15, "2026-11-24 09:00"),
        ("changed", "2026-12-01 10:00", 15, "2026-12-01 09:45"),
        ("reminder", "2026-12-01 00:10", 15, "2026-11-24 09:00"),
        ("reminder", "2026-12-01 10:00", 0, "2026-11-24 09:00"),
    ],
)
def test_nobody_is_asked_to_come_earlier_where_it_is_off_or_too_late_or_unclear_on_which_day(
    which: Notice, begins: str, minutes: int, now: str
) -> None:
    assert "Kom" not in notice(which, setting(now), meeting(begins, arrival_minutes=minutes))
