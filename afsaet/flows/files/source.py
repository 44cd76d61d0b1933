"""What a dialogue file says as it is written: its values with their lines, before anybody asks what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from afsaet.flows.files.faults import Loc, shown

LARGEST_FILE = 256 * 1024
DEEPEST = 20
UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
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
# libyaml reads ten times as fast; where it is not built in, or stumbles, PyYAML's own reader says what is wrong.
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNREADABLE = "The line cannot be read; check how far it is moved in, its colon and its quotes."


class UnreadableError(Exception):
    """Nothing can be told of the file's parts. line is 0 for the file as a whole."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


def text_of(path: Path | Traversable) -> str:
    """The text of a file. Raises UnreadableError."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError:
        raise UnreadableError(0, "The file cannot be opened; check that it exists.") from None
    if len(raw) > LARGEST_FILE:
        size = LARGEST_FILE // 1024
        raise UnreadableError(0, f"The file is larger than {size} kB; divide it into several dialogues.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(line, "The file is not saved as UTF-8; choose UTF-8 when saving.") from None


class Source:
    """What a file says, with the line of each part, and the mistakes that only its writing shows.

    Every value stays text until the schema asks for more: an id such as `1_5` or an option `no`, which YAML
    takes for a number and for false, is what was written. Places in `withheld` have no value to judge.
    """

    def __init__(self, text: str) -> None:
        try:
            self._read(text, FAST)
        except (yaml.YAMLError, ValueError, OverflowError):
            self._read_slowly(text)

    def _read(self, text: str, loader: type) -> None:
        self.lines: dict[Loc, int] = {}
        self.told: list[tuple[int, Loc, str]] = []
        self.withheld: set[Loc] = set()
        self.events: Iterator[Any] = yaml.parse(text, loader)
        self.data = self._document()

    def _read_slowly(self, text: str) -> None:
        try:
            self._read(text, yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            raise UnreadableError(*_syntax(error)) from None
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise UnreadableError(line, "There is an invisible character here; write the line again.") from None
        except (ValueError, OverflowError):
            # PyYAML lets chr() and int() refuse an escape or a version number that is too large.
            raise UnreadableError(0, "A number in the file is too large to read.") from None

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
                    raise UnreadableError(_line(event), "A second dialogue begins here; a file holds only one.")
                data = self._value(next(self.events), ())
        if data is None:
            raise UnreadableError(0, "The file is empty.")
        if not isinstance(data, dict):
            begins = 'A dialogue begins with lines such as "id: forberedelse" and "title: …".'
            raise UnreadableError(self.lines[()], begins)
        return data

    def _value(self, event: Any, loc: Loc) -> Any:
        line = self.lines.setdefault(loc, _line(event))
        if len(loc) > DEEPEST:
            raise UnreadableError(line, "Too many parts stand inside each other here; check the brackets.")
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
        return None if not event.style and event.value in EMPTY else UNSHOWABLE.sub("?", event.value)

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
