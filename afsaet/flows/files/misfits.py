"""What in a dialogue file does not fit the schema, in plain sentences, and spares that let the rest be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from copy import deepcopy
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from afsaet.flows.definition import AnswerKind, Definition, Heading, Option, Question, Section, Sensitivity
from afsaet.flows.files.checks import TEXTS
from afsaet.flows.files.faults import SPARE, Loc, hint, shown

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
    "help": "the help under the question", "example": "an example of an answer",
    "label": "what the answer is called in a short list", "without": "the words of the button for no number",
    "open_days": "a number of days from 1 to 60", "remark": "a short remark",
    "answer": "a kind, such as {kind: text}", "kind": f"one of: {', '.join(KINDS)}",
    "text": "the words on the button", "low": "the words for 0", "high": "the words for 10",
    "most": "a number from 1 to 9", **dict.fromkeys(("required", "short", "free", "alone"), "true or false"),
    "sensitivity": f"one of: {', '.join(get_args(Sensitivity))}",
    "heading": f"one of: {', '.join(get_args(Heading))}",
    "when": "an earlier question and its options, such as {tolk: [ja]}",
    "only_if": "the name of one of the municipality's choices", "front": "one of: maal, vigtigst",
    "suggest": "a list of questions of the first dialogue or of the goals, such as [hovedmaal, maal_droem]",
}


def misfits(error: ValidationError) -> dict[Loc, ErrorDetails]:
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


def sentence(loc: Loc, details: ErrorDetails) -> str:
    """What is wrong with the part at that place."""
    key, value, error = str(loc[-1]), details["input"], details["type"]
    if error == "extra_forbidden":
        return _unknown_key(details)
    if isinstance(loc[-1], int):
        return f'Number {loc[-1] + 1} of "{loc[-2]}" needs names and colons of its own, such as "id: …".'
    if loc[4:5] == ("when",) and len(loc) == 6:
        return f'The condition on "{shown(key)}" needs its options in brackets, such as [ja, nej], or any.'
    if error.startswith("union_tag"):
        value = value.get("kind")
    if loc == ("kind",) and not value:
        return '"kind" is empty; write plan or round, or leave the line out.'
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


def mended(data: dict[str, Any], wrong: Mapping[Loc, ErrorDetails]) -> Any:
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
    name = f"{SPARE}{number}"
    answer = {"kind": "text"}
    question = {"id": name, "ask": "–", "help": "–", "answer": answer, "sensitivity": "alm", "heading": "B"}
    section = {"id": name, "title": "–", "why": "–", "questions": [question]}
    options = [{"id": name, "text": "–"}]
    spares = {**question, "options": options, "questions": [question], "sections": [section]}
    return spares.get(str(key), "–")


def unsure(data: dict[str, Any], wrong: Mapping[Loc, ErrorDetails]) -> Set[str]:
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
