"""The catalogues: complete, true to their sources, and no longer than there is room for.

After a change of texts: `.venv/bin/python -m afsaet.locales`, then translate what is empty in the catalogues.
"""

from __future__ import annotations

import ast
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

import afsaet
from afsaet.assistant import shelf
from afsaet.flows.definition import Definition, Question
from afsaet.flows.files import checks
from afsaet.flows.files.reading import read_dialogue
from afsaet.flows.kinds import chosen_words
from afsaet.flows.library import Library
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer
from afsaet.locales import FILE, translator
from afsaet.locales.catalogue import FOLDER, languages, read, updated
from afsaet.locales.extraction import TEXTS, template, texts_of_yaml
from afsaet.meetings import wording
from afsaet.meetings.meeting import Meeting
from afsaet.municipality import Municipality, ProfileName

MUNICIPALITY = Municipality()
PACKAGE = Path(afsaet.__file__).parent
DEFINITIONS = {file.stem: read_dialogue(file) for file in sorted(PACKAGE.rglob("*.yaml"))
               if "\nsections:" in file.read_text(encoding="utf-8")}  # fmt: skip
PROFILES = get_args(ProfileName)
LONGEST_BUTTON = 64
NOW = datetime(2026, 12, 1, 10, tzinfo=MUNICIPALITY.zone)
# The same word in both languages, or nothing but a name.
SAME = {"en": {"Menu", "Pause", "Mentor", "LÆ265", "{laegeattest}"}}


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """Every text in Danish, as it stands in the sources now."""
    return template()


def pairs(language: str) -> dict[str, str]:
    """The catalogue as it stands, by the Danish text."""
    return {str(message.id): str(message.string) for message in read(language) if message.id}


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _before, name, _format, _how in Formatter().parse(text) if name is not None)


# Whole and true


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_holds_just_the_texts_there_are(language: str, texts: Catalog) -> None:
    assert {message.id for message in texts if message.id} == pairs(language).keys()
    assert updated(read(language), texts) == (FOLDER / language / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", languages())
def test_every_text_is_translated_and_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in read(language) if message.id and (not message.string or message.fuzzy)] == []


@pytest.mark.parametrize("language", languages())
def test_a_translation_has_the_same_placeholders_paragraphs_and_commands(language: str) -> None:
    for danish, other in pairs(language).items():
        assert placeholders(danish) == placeholders(other), danish
        assert danish.count("\n") == other.count("\n"), danish
        assert re.findall(r"(?<!\w)/[a-z_]+", danish) == re.findall(r"(?<!\w)/[a-z_]+", other), danish
        assert other == other.strip(), danish


@pytest.mark.parametrize("language", languages())
def test_a_sentence_stays_a_sentence_and_a_label_a_label(language: str) -> None:
    ends = (".", ":", "?", "!")
    found = [danish for danish, other in pairs(language).items() if danish.endswith(ends) != other.endswith(ends)]
    assert found == []


@pytest.mark.parametrize("language", languages())
def test_nothing_is_left_in_danish(language: str) -> None:
    assert {danish for danish, other in pairs(language).items() if danish == other} == SAME[language]


def test_every_language_that_is_offered_has_a_catalogue() -> None:
    assert {*MUNICIPALITY.languages} == {"da", *languages()}
    assert [translator(code)("Læs mere") for code in MUNICIPALITY.languages] == ["Læs mere", "Read more"]


def test_a_text_without_a_translation_is_said_in_danish() -> None:
    assert translator("en")("Kommunens eget spørgsmål?") == "Kommunens eget spørgsmål?"


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        translator("eo")


# Finding the texts


def marks() -> Iterator[tuple[str, ast.expr]]:
    """Every marked text in the code, with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                (argument,) = node.args
                yield f"{path.relative_to(PACKAGE)}, line {node.lineno}", argument


def test_no_marked_text_is_hidden_from_babel(texts: Catalog) -> None:
    """Babel sees no mark inside an f-string, and a text put together of parts has no translation."""
    found = [place for place, text in marks() if not isinstance(text, ast.Constant) or text.value not in texts]
    assert found == []


def test_all_that_a_citizen_reads_of_a_dialogue_is_found(texts: Catalog) -> None:
    assert "forberedelse" in DEFINITIONS
    for definition in DEFINITIONS.values():
        for text in read_in(definition.model_dump()):
            assert text in texts
    for word in shelf.read_words(checks.FLAGS):
        assert word.word in texts
        assert word.text in texts


def read_in(data: Any) -> Iterator[str]:
    for key, value in data.items() if isinstance(data, Mapping) else enumerate(data):
        if key in TEXTS and value:
            yield value
        elif isinstance(value, Mapping | tuple | list) and key != "when":
            yield from read_in(value)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_names_a_profile_puts_into_texts_are_found(profile: str, texts: Catalog) -> None:
    names = MUNICIPALITY.names(profile)
    assert [name for name, value in names.items() if not value.isdecimal() and value not in texts] == []


def test_ids_and_remarks_are_left_and_no_and_numbers_are_texts() -> None:
    options = b"- id: ja\n  remark: Bem.\n  text: no\n- {options: [{id: nej, text: 10}]}\n"
    file = io.BytesIO(options + b"- why: |-\n    A.\n\n    B.\n")
    assert [text for _line, _function, text, _comments in texts_of_yaml(file, {}, (), {})] == ["no", "10", "A.\n\nB."]


def test_an_update_keeps_translations_leaves_out_what_is_gone_and_has_new_texts_empty() -> None:
    old = Catalog(locale="en")
    old.add("Ja", "Yes", locations=[("afsaet/gone.py", 7)])
    old.add("Bort", "Gone")
    new = Catalog()
    new.add("Nej", locations=[("afsaet/flows/two.py", 0)])
    new.add("Ja", locations=[("afsaet/flows/one.py", 0), ("afsaet/flows/two.py", 0)])
    written = updated(old, new)
    assert written == (
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '#: afsaet/flows/two.py\nmsgid "Nej"\nmsgstr ""\n\n'
        '#: afsaet/flows/one.py afsaet/flows/two.py\nmsgid "Ja"\nmsgstr "Yes"\n\n'
    )
    assert updated(read_po(io.BytesIO(written.encode()), locale="en"), new) == written


# Room enough


def translated(data: Any, tr: Callable[[str], str]) -> Any:
    """A dialogue's data with every text that a citizen reads in another language."""
    if isinstance(data, Mapping):
        return {key: tr(value) if key in TEXTS and value else value if key == "when" else translated(value, tr)
                for key, value in data.items()}  # fmt: skip
    return [translated(each, tr) for each in data] if isinstance(data, tuple | list) else data


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_translated_dialogue_keeps_the_limits_of_a_dialogue(language: str, profile: str, name: str) -> None:
    setting = Setting(NOW, names=MUNICIPALITY.names(profile), translate=translator(language), language=language)
    filled = Definition.model_validate(translated(DEFINITIONS[name].model_dump(), setting.tr))
    assert checks.faults(filled) == []
    assert [section.title for section in filled.sections if len(f"☑ {section.title}") > LONGEST_BUTTON] == []


def labels() -> Iterator[str]:
    """Every marked text that stands on a button."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Button":
                for each in (part for argument in node.args[:1] for part in ast.walk(argument)):
                    if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "_":
                        yield ast.literal_eval(each.args[0])


@pytest.mark.parametrize("language", languages())
def test_a_button_has_room_for_its_words(language: str) -> None:
    found = {*labels(), *(word.word for word in shelf.read_words(checks.FLAGS))}
    assert len(found) > 60
    assert [text for text in found if len(translator(language)(text)) > LONGEST_BUTTON] == []


@pytest.mark.parametrize("language", languages())
def test_what_is_sent_unasked_fits_one_sms_and_tells_nothing(language: str) -> None:
    meeting = Meeting("1", "1", "rehabiliteringsmoede", datetime.fromisoformat("2026-09-30T10:30"), "Europe/Copenhagen",
                      arrival_minutes=15)
    setting = Setting(NOW, names=MUNICIPALITY.names(), translate=translator(language), language=language)
    for notice in wording.NOTICES:
        assert wording.faults(wording.notice(notice, setting, meeting), meeting) == [], notice


# What is put into a text

WORDS = {"Klar til {moedenavn}": "Ready for {moedenavn}", "Kom til {moedenavn}": "Come to {moedenavn}",
         "mødet": "the meeting"}  # fmt: skip
ENGLISH = Setting(NOW, names={"moedenavn": "mødet"}, translate=lambda text: WORDS.get(text, text), language="en")


def test_a_name_with_a_translation_is_translated_and_a_municipalitys_own_is_not() -> None:
    assert ENGLISH.tr("Klar til {moedenavn}") == "Ready for the meeting"
    own = replace(ENGLISH, names={"moedenavn": "Solvangsmødet"})
    assert own.tr("Klar til {moedenavn}") == "Ready for Solvangsmødet"


def test_what_somebody_wrote_is_never_translated() -> None:
    assert ENGLISH.tr("Klar til {moedenavn}", moedenavn="mødet") == "Ready for mødet"


def test_a_choice_with_a_name_in_it_is_read_in_the_other_language() -> None:
    options = ({"id": "klar", "text": "Klar til {moedenavn}"}, {"id": "kom", "text": "Kom til {moedenavn}"})
    question = Question.model_validate({"id": "q", "ask": "Hvad?", "help": "Vælg.", "sensitivity": "alm", "heading": "B",
                                        "answer": {"kind": "many", "options": options}})  # fmt: skip
    kept = Answer("answered", "Hvad?", NOW.isoformat(), "1", ("klar", "ud"), "Klar til mødet\nEt valg {fra før}")
    assert chosen_words(question, kept, ENGLISH) == ["Ready for the meeting", "Et valg {fra før}"]


def test_a_language_that_is_no_longer_offered_is_danish_with_its_dates_too() -> None:
    library = Library({}, translators={"da": str})
    assert library.spoken(ENGLISH, "en").language == "da"
    assert library.spoken(ENGLISH, "en").tr("Klar til {moedenavn}") == "Klar til mødet"
