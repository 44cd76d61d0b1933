"""The catalogues: complete, true to their sources, and enough for a whole walk without a word of Danish.

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
from typing import Any

import pytest
from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po

import afsaet
from afsaet.assistant import shelf
from afsaet.channels.telegram.render import pieces
from afsaet.flows import checks, welcome
from afsaet.flows.conversation import Library
from afsaet.flows.converse import begin, converse, opening
from afsaet.flows.definition import Definition
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text, Unreadable
from afsaet.flows.message import Button, Message
from afsaet.flows.pages import PAGES
from afsaet.flows.setting import Setting
from afsaet.flows.unreadable import cannot_read
from afsaet.locales import FILE, translator
from afsaet.locales.catalogue import FOLDER, languages, read, updated
from afsaet.locales.extraction import TEXTS, template, texts_of_yaml
from afsaet.meetings import wording
from afsaet.meetings.meeting import Meeting
from afsaet.municipality import Municipality

MUNICIPALITY = Municipality()
DEFINITIONS = shelf.read_definitions(None)
PACKAGE = Path(afsaet.__file__).parent
LONGEST_BUTTON = 64
# The same word in both languages, or nothing but a name.
SAME = {"en": {"Menu", "Pause", "Mentor", "LÆ265", "{laegeattest}"}}


def source() -> Catalog:
    return template()


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
    ends = ".:?!"
    assert [danish for danish, other in pairs(language).items() if (danish[-1] in ends) != (other[-1] in ends)] == []


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


@pytest.mark.parametrize("profile", ["rehabiliteringsteam", "samlet_beskrivelse"])
def test_the_names_a_profile_puts_into_texts_are_found(profile: str, texts: Catalog) -> None:
    names = MUNICIPALITY.names(profile)
    assert [name for name, value in names.items() if not value.isdecimal() and value not in texts] == []


def test_ids_and_remarks_are_left_and_no_and_numbers_are_texts() -> None:
    file = io.BytesIO(b"- id: ja\n  remark: Bem.\n  text: no\n- {options: [{id: nej, text: 10}]}\n- why: |-\n    A.\n\n    B.\n")
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
@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_translated_dialogue_keeps_the_limits_of_a_dialogue(language: str, name: str) -> None:
    setting = Setting(NOW, names=MUNICIPALITY.names(), translate=translator(language), language=language)
    filled = Definition.model_validate(translated(DEFINITIONS[name].model_dump(), setting.tr))
    assert checks.faults(filled) == []
    assert [section.title for section in filled.sections if len(f"☑ {section.title}") > LONGEST_BUTTON] == []


def labels() -> Iterator[str]:
    """Every marked text that stands on a button."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Button":
                for each in ast.walk(node.args[0]):
                    if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "_":
                        yield ast.literal_eval(each.args[0])


@pytest.mark.parametrize("language", languages())
def test_a_button_has_room_for_its_words(language: str) -> None:
    found = {*labels(), *(word.word for word in shelf.read_words(checks.FLAGS))}
    assert len(found) > 60
    assert [text for text in found if len(translator(language)(text)) > LONGEST_BUTTON] == []


@pytest.mark.parametrize("language", languages())
def test_what_is_sent_unasked_fits_one_sms_and_tells_nothing(language: str) -> None:
    meeting = Meeting("1", "1", "rehabiliteringsmoede", datetime(2026, 9, 30, 10, 30), "Europe/Copenhagen")
    setting = Setting(NOW, names=MUNICIPALITY.names(), translate=translator(language), language=language)
    for notice in wording.NOTICES:
        assert wording.faults(wording.notice(notice, setting, meeting), meeting) == [], notice


# A whole walk in English

NOW = datetime(2026, 12, 1, 10, tzinfo=MUNICIPALITY.zone)
OWN = "1234567"  # what the citizen writes: no letters, so that every letter shown is the assistant's
CPR = "010170-1234"
NAMES = {"sagsbehandler": "Mette Holm", "sagsbehandler_telefon": "12 34 56 78", "sagsbehandler_tid": "9-14"}
# Not from the catalogue: the languages' own names for themselves, the caseworker, and the mark left for a number.
ELSEWHERE = {"Dansk", "English", "Mette", "Holm", "CPR", "nummer", "fjernet"}
CALENDAR = {word for form in ("days", "months") for word in getattr(Locale("en"), form)["format"]["wide"].values()}
DOORS = (
    welcome.stranger, welcome.only_alone, welcome.moved_away, welcome.agreed,
    *(lambda setting, why=why: welcome.closed_door(setting, why) for why in ("used", "expired", "revoked")),
    *(lambda setting, page=page: page(setting, "CODE") for page in (welcome.invited, welcome.more, welcome.declined)),
)  # fmt: skip


class English:
    """One citizen who goes through everything in English. `shown`: each message, with the answered questions."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        library = shelf.build(MUNICIPALITY, DEFINITIONS)
        self.library: Library = replace(library, translators={"da": str, "en": translate})
        names = {**MUNICIPALITY.names(), **NAMES}
        self.setting = Setting(NOW, flags=checks.FLAGS, names=names)
        self.spoken = self.library.spoken(self.setting, "en")
        self.conversation = replace(begin(self.library, "forberedelse"), language="en")
        self.shown: list[Message] = []
        self.live: list[Button] = []
        self._take(opening(self.library, self.conversation, self.setting))

    def give(self, given: Input) -> None:
        self._take(converse(self.library, self.conversation, given, self.setting))

    def tap(self, action: str) -> bool:
        """Press the first button whose action begins so; False where there is none."""
        button = next((button for button in self.live if button.action.startswith(action)), None)
        if button is not None:
            self.give(Tap(button.action, self.conversation.ask))
        return button is not None

    def _take(self, turn: Any) -> None:
        self.conversation = turn.conversation
        if turn.settled:
            self.shown.append(Message(turn.settled.answer, turn.settled.lead))
        for message in (*([turn.redraw] if turn.redraw else []), *turn.say):
            self.shown.append(message)
            self.live = [button for row in message.rows for button in row] or self.live

    def answer(self) -> None:
        """Help, a stop that was not meant, a word that fits nothing, and the nearest answer to the question."""
        kind = self.library.dialogues["forberedelse"].questions[self.conversation.session.state].answer.kind
        before = self.conversation.session.state
        self.tap("help")
        self.tap("unhelp")
        self.give(Text("stop", "s"))
        self.tap("stop.no")
        self.give(Command("fortsaet"))
        if kind == "date":
            for words in ("31/2", "1/1 2020", "mandag den 2/12", "næste tirsdag"):
                self.give(Text(words, "d"))
        for action in ("page.", "a.", "t.", "day."):
            if self.conversation.session.state == before:
                self.tap(action)
        if self.conversation.session.state == before:
            self.give(Text(OWN, f"o{before}"))
        if self.conversation.session.state == before:
            self.tap("done")
        assert self.conversation.session.state != before or kind in ("text", "points")
        if self.conversation.session.state == before:
            self.tap("keep")

    def walk(self) -> None:
        """All the questions, changing and choosing, sending twice, and every page there is."""
        self.tap("begin")
        while self.conversation.session.state in self.library.dialogues["forberedelse"].questions:
            self.answer()
        for action in ("edit", "es.", "eq.", "withworker", "edit", "leave", "choose", "off.", "on.", "off.", "send"):
            assert self.tap(action), action
        for action in ("leave", "send", "confirm", "copy", "edit", "es.", "page.", "eq.", "drop", "back"):
            self.tap(action)
        assert self.conversation.session.versions == 1
        self.around()

    def around(self) -> None:
        """The menu's pages and their buttons, and what a citizen should not have to know."""
        for page in PAGES:
            self.give(Command(page))
        for word in self.library.words:
            self.give(Tap(f"m.ord.{word.id}", self.conversation.ask))
        for action in ("ord.page.1", "kontakt.ring", "paamindelser.fra", "paamindelser.til", "sprog.en"):
            self.give(Tap(f"m.{action}", self.conversation.ask))
        for command in ("start", "mine_svar", "fortsaet", "nothing"):
            self.give(Command(command))
        for text in (OWN, "hello", "mentor", "pause", CPR, "I want to die"):
            self.give(Text(text, text))
        self.give(Edited(OWN * 2, "omaal_droem"))
        self.give(Edited(OWN, "unknown"))
        self.give(Edited("9" * 30_000, "omaal_droem"))
        self.give(Tap("old", 0))
        for kind in ("voice", "sticker", "file"):
            self.give(Unreadable(kind))
        self.give(Tap("m.slet", self.conversation.ask))
        self.give(Tap("m.slet.ja", self.conversation.ask))


def shown_in_english(translate: Callable[[str], str]) -> list[Message]:
    english = English(translate)
    english.walk()
    return english.shown + [door(english.spoken) for door in DOORS]


def words_shown(messages: list[Message]) -> Iterator[str]:
    """Every text and label; the calendar's headings and the narrow names of its days are left out."""
    for message in messages:
        yield from (message.note, message.lead, message.text)
        yield from (button.label for row in message.rows for button in row if button.action != "stay")


def test_a_whole_walk_in_english_shows_nothing_that_is_not_from_the_catalogue() -> None:
    catalogue = pairs("en")
    shown = shown_in_english(lambda text: f"⟦{catalogue[text]}⟧" if text in catalogue else text)
    assert len(shown) > 200
    strange = set()
    for text in words_shown(shown):
        # A label that was cut has lost the end of its mark.
        while (rest := re.sub(r"⟦[^⟦⟧]*(?:⟧|$)", "", text)) != text:
            text = rest
        strange |= {word for word in re.findall(r"[^\W\d_]+", text)} - ELSEWHERE - CALENDAR
    assert strange == set()


def test_a_whole_walk_in_english_holds_no_danish_word() -> None:
    """What is put into a text may come from elsewhere: every word must be one that some translation has."""
    english = {word.casefold() for text in pairs("en").values() for word in re.findall(r"[^\W\d_]+", text)}
    english |= {word.casefold() for word in ELSEWHERE | CALENDAR | {"a", "b", "x", "menu"}}
    found = {word for text in words_shown(shown_in_english(translator("en"))) for word in re.findall(r"[^\W\d_]+", text)}
    assert {word for word in found if word.casefold() not in english} == set()


def test_every_message_of_the_walk_fits_one_of_telegrams() -> None:
    for message in shown_in_english(translator("en")):
        if message.text.count("\n\n") < 8:  # the summary holds all the answers, and may take several
            assert len(pieces(message, 1)) == 1
