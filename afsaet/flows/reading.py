"""A dialogue file becomes a definition, or every mistake in it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from copy import deepcopy
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from afsaet.flows.checks import FLAGS, NAMES, TEXTS, Fault, Loc, findings, hint, place, shown
from afsaet.flows.definition import AnswerKind, Definition, Heading, Option, Question, Section, Sensitivity

__all__ = ["BrokenDialogue", "Fault", "read_dialogue"]

LARGEST_FILE = 256 * 1024
DEEPEST = 20
UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
EMPTY = frozenset({"", "~", "null", "Null", "NULL"})

KINDS: dict[str, type[BaseModel]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(get_args(AnswerKind)[0])
}
PARTS: dict[str, type[BaseModel]] = {
    "the dialogue": Definition, "a section": Section, "a question": Question, "an option": Option,
    **{f"an answer of the kind {kind}": model for kind, model in KINDS.items()},
}
REQUIRED = frozenset(name for model in PARTS.values() for name, info in model.model_fields.items()
                     if info.is_required())
EXPECTED = {
    "id": "a name of at most 32 characters from a to z, 0 to 9 and _ (not first)",
    "title": "the title", "intro": "the words that open the dialogue", "outro": "the words above the summary",
    "sections": "a list of sections", "questions": "a list of questions", "options": "a list of options",
    "why": "what the citizen is told when asking why", "ask": "the question itself",
    "help": "the help under the question", "example": "an example of an answer", "remark": "a short remark",
    "answer": "a kind, such as {kind: text}", "kind": f"one of: {', '.join(KINDS)}",
    "text": "the words on the button", "low": "the words for 0", "high": "the words for 10",
    "most": "a number from 1 to 9", **dict.fromkeys(("required", "short", "free", "alone"), "true or false"),
    "sensitivity": f"one of: {', '.join(get_args(Sensitivity))}",
    "heading": f"one of: {', '.join(get_args(Heading))}",
    "when": "an earlier question and its options, such as {tolk: [ja]}",
    "only_if": "the name of one of the municipality's choices", "front": "one of: maal, vigtigst",
    "suggest": "a list of questions of the first dialogue, such as [maal_droem]",
}
# What PyYAML says, and what it means to someone who writes a dialogue. The first that fits is told.
SYNTAX = {
    "mapping values are not allowed": "There is a colon where none can stand; put quotes round a text that "
    "holds a colon, or check how far this line and the one above are moved in.",
    "found character '\\t'": "There is a tab before the words; use spaces.",
    "cannot start any token": "A text cannot begin with this character; put quotes round the text.",
    "unknown escape character": "A backslash cannot stand between double quotes; leave it out.",
    "scanning a quoted scalar": "A quotation mark begins a text here, and none ends it.",
    "scanning an a": "A text cannot begin with * or &; put quotes round the text.",
    "scanning a tag": "A text cannot begin with !; put quotes round the text.",
    "could not find expected ':'": "There is no colon after the name that begins this line.",
    "expected ',' or": "A list in brackets lacks a comma or its closing bracket here.",
    "expected <block end>": "The line does not fit those above it; check how far it is moved in, and put "
    "quotes round a text that begins with a bracket or a quotation mark.",
}
UNREADABLE = "The line cannot be read; check how far it is moved in, its colon and its quotes."


class BrokenDialogue(Exception):  # noqa: N818 - named for what the file is
    """A dialogue file with mistakes; `faults` holds all of them in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class _UnreadableError(Exception):
    """Nothing can be told of the file's parts. line is 0 for the file as a whole."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


def read_dialogue(path: Path | Traversable, *, names: Set[str] = NAMES,
                  flags: Set[str] = FLAGS) -> Definition:
    """The dialogue in a YAML file.

    names: the placeholders that texts may use. flags: what `only_if` may name.
    Raises BrokenDialogue with every mistake of the file, also when it is missing or is not YAML; of a file
    that is not YAML, only the first place that cannot be read.
    """
    try:
        source = _Source(_text(path))
    except _UnreadableError as error:
        raise BrokenDialogue([Fault(path.name, error.line, "", error.sentence)]) from None
    wrong: dict[Loc, ErrorDetails] = {}
    try:
        definition = Definition.model_validate(source.data)
    except ValidationError as error:
        wrong = _wrong(error)
        definition = Definition.model_validate(_mended(source.data, wrong))
    mistakes = [(loc, _sentence(loc, error)) for loc, error in wrong.items() if loc not in source.withheld]
    mistakes += [(loc, sentence)
                 for loc, sentence in findings(definition, names, flags, _unsure(source.data, wrong))
                 if not any(loc[:length] in wrong for length in range(len(loc) + 1))]
    told = source.told + [(source.line(loc), loc, sentence) for loc, sentence in mistakes]
    if told:
        told.sort(key=lambda mistake: mistake[0])
        raise BrokenDialogue([Fault(path.name, line, place(source.data, loc), sentence)
                              for line, loc, sentence in told])
    return definition


def _text(path: Path | Traversable) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError:
        raise _UnreadableError(0, "The file cannot be opened; check that it exists.") from None
    if len(raw) > LARGEST_FILE:
        size = LARGEST_FILE // 1024
        raise _UnreadableError(0, f"The file is larger than {size} kB; divide it into several dialogues.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(line, "The file is not saved as UTF-8; choose UTF-8 when saving.") from None


class _Source:
    """What a file says, with the line of each part, and the mistakes that only its writing shows.

    Every value stays text until the schema asks for more: an id such as `1_5` or an option `no`, which YAML
    takes for a number and for false, is what was written. Places in `withheld` have no value to judge.
    """

    def __init__(self, text: str) -> None:
        self.lines: dict[Loc, int] = {}
        self.told: list[tuple[int, Loc, str]] = []
        self.withheld: set[Loc] = set()
        try:
            self.events: Iterator[Any] = yaml.parse(text, yaml.SafeLoader)
            self.data = self._document()
        except yaml.MarkedYAMLError as error:
            raise _UnreadableError(*_syntax(error)) from None
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise _UnreadableError(line, "There is an invisible character here; write the line again.") from None
        except (ValueError, OverflowError):
            # PyYAML lets chr() and int() refuse an escape or a version number that is too large.
            raise _UnreadableError(0, "A number in the file is too large to read.") from None

    def line(self, loc: Loc) -> int:
        """The line of a part, or of the nearest part around it when it is missing."""
        while loc not in self.lines:
            loc = loc[:-1]
        return self.lines[loc]

    def _document(self) -> dict[str, Any]:
        data = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.lines:
                    raise _UnreadableError(_line(event), "A second dialogue begins here; a file holds only one.")
                data = self._value(next(self.events), ())
        if data is None:
            raise _UnreadableError(0, "The file is empty.")
        if not isinstance(data, dict):
            begins = 'A dialogue begins with lines such as "id: forberedelse" and "title: …".'
            raise _UnreadableError(self.lines[()], begins)
        return data

    def _value(self, event: Any, loc: Loc) -> Any:
        line = self.lines.setdefault(loc, _line(event))
        if len(loc) > DEEPEST:
            raise _UnreadableError(line, "Too many parts stand inside each other here; check the brackets.")
        if isinstance(event, yaml.AliasEvent):
            self._tell(event, loc, "A text cannot begin with *; put quotes round the text.")
            self.withheld.add(loc)
            return None
        if event.anchor or event.tag:
            sign = "&" if event.anchor else "!"
            self._tell(event, loc, f"A text cannot begin with {sign}; put quotes round the text.")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(loc)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(loc)
        if UNSHOWABLE.search(event.value):
            self._tell(event, loc, "The text holds a character that cannot be shown; write it again.")
        return None if event.style is None and event.value in EMPTY else UNSHOWABLE.sub("?", event.value)

    def _list(self, loc: Loc) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*loc, len(values))))
        return values

    def _mapping(self, loc: Loc) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            aside = (*loc, "")
            if not isinstance(event, yaml.ScalarEvent):
                self._tell(event, loc, "A name and a colon should stand here; put quotes round a text that "
                                       "begins with a bracket or a star.")
                self._value(event, aside)
                self._value(next(self.events), aside)
                continue
            key = UNSHOWABLE.sub("?", event.value)
            if key in values:
                self._tell(event, loc, f'"{shown(key)}" stands twice in the same part; keep one of them.')
                self._value(next(self.events), aside)
                continue
            self.lines[*loc, key] = _line(event)
            values[key] = self._value(next(self.events), (*loc, key))
        return values

    def _tell(self, event: Any, loc: Loc, sentence: str) -> None:
        self.told.append((_line(event), loc, sentence))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _syntax(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    said = f"{error.context} {error.problem}"
    key = next((key for key in SYNTAX if key in said), "")
    # What was begun and never ended is noticed far below the place where it began.
    begun = "scanning a" in key or "could not find" in key
    mark = error.context_mark if begun and error.context_mark else error.problem_mark
    return mark.line + 1 if mark else 0, SYNTAX.get(key, UNREADABLE)


def _wrong(error: ValidationError) -> dict[Loc, ErrorDetails]:
    """One error for each part that breaks the schema, by its place in the file."""
    wrong: dict[Loc, ErrorDetails] = {}
    for details in error.errors(include_url=False):
        loc = details["loc"]
        if details["type"] == "too_short" and details["input"]:
            continue  # pydantic leaves broken members out of a list, and then finds it empty
        if details["type"].startswith("union_tag"):
            loc = (*loc, "kind")
        elif loc[4:5] == ("answer",):
            loc = loc[:5] + loc[6:]  # without the kind, which pydantic puts between
        elif loc[4:5] == ("when",):
            loc = loc[:6]  # without the alternatives it tried
        wrong.setdefault(loc, details)
    return wrong


def _sentence(loc: Loc, details: ErrorDetails) -> str:
    key, value, error = str(loc[-1]), details["input"], details["type"]
    if error == "extra_forbidden":
        return _unknown_key(details)
    if isinstance(loc[-1], int):
        return f'Number {loc[-1] + 1} of "{loc[-2]}" needs names and colons of its own, such as "id: …".'
    if loc[4:5] == ("when",) and len(loc) == 6:
        return f'The condition on "{shown(key)}" needs its options in brackets, such as [ja, nej], or any.'
    if error.startswith("union_tag"):
        value = value.get("kind")
    if error in ("missing", "union_tag_not_found"):
        return f'"{key}" is missing; write {EXPECTED[key]}.'
    if not value:
        return f'"{key}" is empty; write {EXPECTED[key]}.'
    if isinstance(value, dict) and key in TEXTS:
        return f'"{key}" should be a text; put quotes round a text that begins with a bracket.'
    what = f'"{shown(value)}"' if isinstance(value, str) else "a list" if isinstance(value, list) else "a part"
    context = details.get("ctx", {})
    choices = re.findall("'([^']+)'", str(context.get("expected_tags", context.get("expected"))))
    return f'"{key}" cannot be {what}{hint(str(value), choices) if choices else f"; write {EXPECTED[key]}."}'


def _unknown_key(details: ErrorDetails) -> str:
    path = details["loc"]
    key = str(path[-1])
    # By the length of the path: the keys of a dialogue, a section, a question, an answer, an option.
    part = KINDS[str(path[5])] if len(path) == 7 else PARTS[{1: "the dialogue", 3: "a section", 5: "a question"}
                                                           .get(len(path), "an option")]
    if homes := [name for name, model in PARTS.items() if key in model.model_fields]:
        return f'"{key}" belongs to {" or ".join(homes)}; check how far the line is moved in.'
    if details["input"] is None and not get_close_matches(key, part.model_fields):
        return f'"{shown(key)}" is not known here; if it ends a text, put quotes round the whole text.'
    return f'"{shown(key)}" is not known here{hint(key, part.model_fields)}'


def _mended(data: dict[str, Any], wrong: Mapping[Loc, ErrorDetails]) -> Any:
    """A copy that fits the schema, with a spare for all that is wrong, so that the rest can be checked."""
    data = deepcopy(data)
    for number, (loc, details) in enumerate(wrong.items()):
        *way, key = loc[:5] if loc[4:] == ("answer", "kind") else loc
        part: Any = data
        for step in way:
            part = part[step]
        if isinstance(key, int):
            part[key] = _spare(way[-1], number)[0]
        elif details["type"] == "extra_forbidden" or way[4:] == ["when"] or key not in REQUIRED or loc == ("kind",):
            part.pop(key, None)
        else:
            part[key] = _spare(key, number)
    return data


def _spare(key: str | int, number: int) -> Any:
    name = f"mended_{number}"
    answer = {"kind": "text"}
    question = {"id": name, "ask": "–", "help": "–", "answer": answer, "sensitivity": "alm", "heading": "B"}
    section = {"id": name, "title": "–", "why": "–", "questions": [question]}
    options = [{"id": name, "text": "–"}]
    spares = {**question, "options": options, "questions": [question], "sections": [section]}
    return spares.get(str(key), "–")


def _unsure(data: dict[str, Any], wrong: Mapping[Loc, ErrorDetails]) -> Set[str]:
    """The ids of questions whose id or answer is wrong, or that stand in a list that cannot be read."""
    ids: set[str] = set()
    for loc in wrong:
        around: Any = None
        if len(loc) == 4 or loc[4:5] in (("id",), ("answer",)):
            around = data["sections"][loc[1]]["questions"][loc[3]]
        elif loc[0] == "sections" and loc[2:] in ((), ("questions",)):
            around = data["sections"][loc[1]] if loc[1:] else data
        ids.update(_ids(around))
    return ids


def _ids(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("id"), str):
            yield part["id"]
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _ids(inner)
