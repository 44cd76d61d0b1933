"""Mistakes in a dialogue that show only when its parts are held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from afsaet.flows.definition import Definition, Many, One, Points, Question, Scale, Text
from afsaet.flows.files.branches import Asked, conditions
from afsaet.flows.files.faults import Fault, Finding, Loc, hint, place, shown
from afsaet.flows.machine import START, STOPS
from afsaet.flows.paging import short_label

NAMES = frozenset({"moedenavn", "plannavn", "forloebsnavn", "laegeattest", "ankomst_minutter", "kommune",
                   "kontakt"})
FLAGS = frozenset({"laegeattest", "ressourceforloeb"})
TEXTS = frozenset({"title", "intro", "outro", "why", "ask", "help", "label", "example", "text", "low", "high",
                   "without", "remark"})

# The words of the buttons that stand under every question, or under some.
BUTTONS = frozenset({"tilbage", "spring over", "pause", "hjælp til spørgsmålet", "færdig", "behold svaret",
                     "slet svaret", "flere ›", "‹ forrige"})

# Telegram carries 4,096 characters in a message; the rest is for progress, headings and what is added.
LONGEST_MESSAGE = 3500
LONGEST_TITLE = 120
LONGEST_BUTTON = 64
LONGEST_END = 60
MOST_OPTIONS = 60


def faults(definition: Definition, *, names: Set[str] = NAMES, flags: Set[str] = FLAGS,
           file: str = "") -> list[Fault]:
    """Every mistake between the parts of a definition that did not come straight from a file.

    names: the placeholders that texts may use. flags: what `only_if` may name. A definition knows nothing
    of lines, so every fault has line 0; `read_dialogue` tells the line.
    """
    data = definition.model_dump()
    found = findings(definition, names, flags)
    return [Fault(file, 0, place(data, loc), sentence) for loc, sentence in found]


def findings(definition: Definition, names: Set[str], flags: Set[str],
             unsure: Set[str] = frozenset()) -> Iterator[Finding]:
    """Where each mistake stands, as keys and list numbers from the top, and its sentence.

    unsure: ids of questions known to be broken in themselves; conditions on them are not judged.
    """
    asked: list[Asked] = [
        (("sections", i, "questions", j), question)
        for i, section in enumerate(definition.sections) for j, question in enumerate(section.questions)
    ]
    sections: list[Finding] = [(("sections", i, "id"), part.id) for i, part in enumerate(definition.sections)]
    yield from _repeated(sections, "section")
    yield from _repeated([((*loc, "id"), question.id) for loc, question in asked], "question")
    yield from _read_the_same(definition)
    for loc, text in _texts(definition.model_dump()):
        yield from _words(loc, text, names)
    yield from _lengths(definition)
    for loc, question in asked:
        yield from _question(loc, question, flags)
        if isinstance(question.answer, One | Many):
            yield from _options((*loc, "answer", "options"), question.answer)
    yield from conditions(asked, unsure)


def _repeated(ids: Iterable[Finding], noun: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for loc, name in ids:
        if name in seen:
            yield loc, f'Another {noun} has the id "{name}" too; give each its own.'
        seen.add(name)


def _read_the_same(definition: Definition) -> Iterator[Finding]:
    """Sections, and questions of one section, whose buttons nobody could tell apart in the lists to choose from."""
    titles: set[str] = set()
    for i, section in enumerate(definition.sections):
        if (title := _plain(section.title)) in titles:
            yield ("sections", i, "title"), f'Another section reads the same: "{shown(section.title)}".'
        titles.add(title)
        asked: set[str] = set()
        for j, question in enumerate(section.questions):
            button = short_label(question.label or question.ask)
            if (words := _plain(button)) in asked:
                key = "label" if question.label else "ask"
                yield ("sections", i, "questions", j, key), (
                    f'Another question of this section has the same button to change its answer: "{shown(button)}"; '
                    'give it a "label" of its own.')
            asked.add(words)


def _plain(words: str) -> str:
    """The words as they are compared when somebody writes them, without capitals and further spaces."""
    return " ".join(words.casefold().split())


def _texts(data: Any, loc: Loc = ()) -> Iterator[Finding]:
    """Every text that someone may read, with its place."""
    for key, value in data.items() if isinstance(data, Mapping) else enumerate(data):
        if key in TEXTS:
            yield (*loc, key), value
        elif isinstance(value, Mapping | tuple) and key != "when":
            yield from _texts(value, (*loc, key))


def _words(loc: Loc, text: str, names: Set[str]) -> Iterator[Finding]:
    what = f'"{loc[-1]}"'
    if text and not text.strip():
        yield loc, f"{what} is empty."
    for name in re.findall(r"\{([^{}]*)\}", text):
        if name not in names:
            yield loc, f'{what} uses "{{{shown(name)}}}", which is not known{hint(name, names)}'
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", text)):
        yield loc, f'{what} has a curly bracket without its partner; write both, as in "{{moedenavn}}".'


def _lengths(definition: Definition) -> Iterator[Finding]:
    yield from _length(("title",), '"title"', definition.title, LONGEST_TITLE)
    for key in ("intro", "outro"):
        yield from _length((key,), f'"{key}"', getattr(definition, key), LONGEST_MESSAGE)
    for i, section in enumerate(definition.sections):
        # The citizen picks the sections to send from a list of buttons.
        yield from _length(("sections", i, "title"), '"title"', section.title, LONGEST_BUTTON)
        for j, question in enumerate(section.questions):
            loc: Loc = ("sections", i, "questions", j)
            words = "\n\n".join((question.ask, question.help, question.example, question.why or section.why))
            yield from _length(loc, "The question with its help, example and why", words, LONGEST_MESSAGE)
            if isinstance(question.answer, Scale):
                for end in ("low", "high", "without"):
                    text = getattr(question.answer, end)
                    yield from _length((*loc, "answer", end), f'"{end}"', text, LONGEST_END)


def _length(loc: Loc, what: str, text: str, most: int) -> Iterator[Finding]:
    length = len(text.encode("utf-16-le")) // 2  # as Telegram counts, where an emoji is two or more
    if length > most:
        yield loc, f"{what} is {length} characters long; there is room for {most}."


def _question(loc: Loc, question: Question, flags: Set[str]) -> Iterator[Finding]:
    if question.id in (START, *STOPS):
        yield (*loc, "id"), f'A question cannot have the id "{question.id}": the assistant uses it itself.'
    if question.sensitivity == "følsom" and not question.why.strip():
        yield loc, 'A question that is følsom needs a "why" of its own; write why it is asked.'
    if question.only_if and question.only_if not in flags:
        name = question.only_if
        yield (*loc, "only_if"), f'"only_if" names "{shown(name)}", which is not known{hint(name, flags)}'
    if question.front == "vigtigst" and not isinstance(question.answer, Text | Points):
        yield (*loc, "front"), '"front: vigtigst" is only for questions of the kinds text and points.'


def _options(loc: Loc, choice: One | Many) -> Iterator[Finding]:
    options = choice.options
    if len(options) < 2:
        has = "only one" if options else "none"
        yield loc, f"A choice needs at least two options, and this one has {has}."
    if len(options) > MOST_OPTIONS:
        yield loc, f"The choice has {len(options)} options; there is room for {MOST_OPTIONS}."
    yield from _repeated([((*loc, k, "id"), option.id) for k, option in enumerate(options)], "option")
    read: set[str] = set()
    free = ""
    for k, option in enumerate(options):
        here = (*loc, k)
        words = _plain(option.text)
        if words in read:
            yield (*here, "text"), f'Two options of this question read the same: "{shown(option.text)}".'
        if words in BUTTONS:
            yield (*here, "text"), (f'The option reads "{shown(option.text)}", as a button of the assistant\'s own '
                                    'does; word it otherwise.')
        read.add(words)
        yield from _length((*here, "text"), f'The option "{option.id}"', option.text.strip(), LONGEST_BUTTON)
        for key in ("free", "alone"):
            if isinstance(choice, One) and getattr(option, key):
                yield (*here, key), f'"{key}" is only for options of a question of the kind many.'
        if isinstance(choice, Many) and option.free:
            if free:
                yield (*here, "free"), f'Only one option can have "free", and "{free}" has it already.'
            free = free or option.id
