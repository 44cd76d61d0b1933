"""Small dialogues of every kind of answer, and what may become of a dialogue while people are in it.

Ids and wordings carry a number that is never used twice, as the rule for dialogue files is. Every text of a
question and of its options holds the question's id, so that a test can see whose words it meets in a message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from itertools import count
from typing import Any

from hypothesis import strategies as st

from afsaet.flows.definition import Definition
from afsaet.flows.files.reading import read_dialogue

Data = dict[str, Any]
Numbers = Iterator[int]

KINDS = ("text", "one", "many", "scale", "yesno", "date", "points")
SENSITIVITIES = ("alm", "alm", "fortrolig", "følsom")
FLAG = "laegeattest"


def shipped() -> Mapping[str, Definition]:
    """Every dialogue that comes with the product, by its id."""
    folder = files("afsaet.flows") / "definitions"
    read = [read_dialogue(file) for file in folder.iterdir() if file.name.endswith(".yaml")]
    return {definition.id: definition for definition in read}


def numbers() -> Numbers:
    """Numbers for new ids and wordings; one source for a dialogue and all its revisions."""
    return count(1)


@st.composite
def definitions(draw: st.DrawFn, fresh: Numbers) -> Definition:
    """A dialogue of up to three sections with up to four questions each, some behind branches."""
    sections = [_section(draw, fresh) for _ in range(draw(st.integers(1, 3)))]
    data = {"id": "small", "title": "Om {moedenavn}", "intro": "Hej.", "outro": "Det var det.", "sections": sections}
    for _ in range(draw(st.integers(0, 3))):
        _add_branch(draw, data, fresh)
    return _checked(data)


@st.composite
def revised(draw: st.DrawFn, definition: Definition, fresh: Numbers) -> Definition:
    """The dialogue after one to three changes of the kinds that happen to such files."""
    data = definition.model_dump()
    for _ in range(draw(st.integers(1, 3))):
        draw(st.sampled_from(CHANGES))(draw, data, fresh)
    return _checked(data)


def _checked(data: Data) -> Definition:
    """The definition without conditions that name what is no longer there, or no longer asked earlier."""
    earlier: dict[str, set[str]] = {}
    for question in _questions(data):
        kept = {}
        for parent, wanted in question["when"].items():
            known = earlier.get(parent)
            options = wanted if isinstance(wanted, str) else [name for name in wanted if name in (known or ())]
            if known is not None and options:
                kept[parent] = options
        question["when"] = kept
        earlier[question["id"]] = _choices(question)
    return Definition.model_validate(data)


def _questions(data: Data) -> list[Data]:
    for section in data["sections"]:
        section["questions"] = list(section["questions"])
    return [question for section in data["sections"] for question in section["questions"]]


def _choices(question: Data) -> set[str]:
    answer = question["answer"]
    return {"ja", "nej"} if answer["kind"] == "yesno" else {option["id"] for option in answer.get("options", ())}


def _section(draw: st.DrawFn, fresh: Numbers) -> Data:
    number = next(fresh)
    title = f"Afsnit {number}" if draw(st.booleans()) else f"Afsnit {number} ".ljust(64, "m")
    questions = [_question(draw, fresh) for _ in range(draw(st.integers(1, 4)))]
    return {"id": _id(draw, f"s{number:03}"), "title": title, "why": "Fordi.", "questions": questions}


def _question(draw: st.DrawFn, fresh: Numbers) -> Data:
    name = _id(draw, f"q{next(fresh):03}")
    sensitivity = draw(st.sampled_from(SENSITIVITIES))
    help_ = f"Hjælp til {name}." if draw(st.booleans()) else f"Hjælp til {name}. ".ljust(3_200, "å")
    return {
        "id": name, "ask": _wording(name, fresh), "help": help_, "example": f"Eksempel til {name}.",
        "why": f"Derfor {name}.", "answer": _answer(draw, name, fresh), "required": draw(st.booleans()),
        "short": draw(st.booleans()), "sensitivity": sensitivity, "heading": "O1", "when": {},
        "only_if": draw(st.sampled_from(("", "", "", FLAG))),
    }  # fmt: skip


def _id(draw: st.DrawFn, name: str) -> str:
    """The id as it is, or as long as one may be."""
    return name.ljust(draw(st.sampled_from((0, 0, 32))), "x")


def _wording(name: str, fresh: Numbers) -> str:
    return f"Hvad med {name} og {{moedenavn}}, {next(fresh)}. udgave?"


def _answer(draw: st.DrawFn, name: str, fresh: Numbers) -> Data:
    kind = draw(st.sampled_from(KINDS))
    if kind == "scale":
        return {"kind": kind, "low": f"lidt {name}", "high": f"meget {name}"}
    if kind == "points":
        return {"kind": kind, "most": draw(st.integers(1, 3))}
    if kind not in ("one", "many"):
        return {"kind": kind}
    options = [_option(draw, name, fresh) for _ in range(draw(st.sampled_from((2, 3, 4, 12))))]
    if kind == "many" and draw(st.booleans()):
        options[-1]["free"] = True
        options[0]["alone"] = draw(st.booleans())
    return {"kind": kind, "options": options}


def _option(draw: st.DrawFn, name: str, fresh: Numbers) -> Data:
    number = next(fresh)
    text = f"Valg {number} i {name}"
    return {"id": _id(draw, f"o{number:03}"), "text": text if draw(st.booleans()) else f"{text} ".ljust(64, "m")}


def _pick(draw: st.DrawFn, data: Data) -> Data:
    question: Data = draw(st.sampled_from(_questions(data)))
    return question


def _remove_question(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    gone = _pick(draw, data)
    if len(_questions(data)) > 1:
        for section in data["sections"]:
            section["questions"] = [question for question in section["questions"] if question is not gone]
        data["sections"] = [section for section in data["sections"] if section["questions"]]


def _reword_question(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    question = _pick(draw, data)
    question["ask"] = _wording(question["id"], fresh)


def _rename_question(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    """A new id is a new question, whatever its author meant."""
    question = _pick(draw, data)
    question["id"] = f"q{next(fresh):03}"
    question["ask"] = _wording(question["id"], fresh)


def _move_question(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    moved = _pick(draw, data)
    places = [section for section in data["sections"] if any(each is not moved for each in section["questions"])]
    if places:
        for section in data["sections"]:
            section["questions"] = [question for question in section["questions"] if question is not moved]
        questions = draw(st.sampled_from(places))["questions"]
        questions.insert(draw(st.integers(0, len(questions))), moved)
        data["sections"] = [section for section in data["sections"] if section["questions"]]


def _move_section(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    data["sections"] = draw(st.permutations(data["sections"]))


def _add_question(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    section = draw(st.sampled_from(data["sections"]))
    section["questions"] = list(section["questions"])
    section["questions"].insert(draw(st.integers(0, len(section["questions"]))), _question(draw, fresh))


def _add_section(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    data["sections"] = [*data["sections"], _section(draw, fresh)]


def _remove_section(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    if len(data["sections"]) > 1:
        gone = draw(st.sampled_from(data["sections"]))
        data["sections"] = [section for section in data["sections"] if section is not gone]


def _add_branch(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    order = _questions(data)
    if len(order) > 1:
        place = draw(st.integers(1, len(order) - 1))
        parent = draw(st.sampled_from(order[:place]))
        choices = sorted(_choices(parent))
        wanted: Any = "any"
        if choices and draw(st.booleans()):
            wanted = draw(st.lists(st.sampled_from(choices), min_size=1, max_size=2, unique=True))
        order[place]["when"] = {**order[place]["when"], parent["id"]: wanted}


def _remove_branch(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    branches = [question for question in _questions(data) if question["when"] or question["only_if"]]
    if branches:
        draw(st.sampled_from(branches)).update(when={}, only_if="")


def _change_options(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    """An option is removed, added, reworded, or given a new id."""
    lists = [question for question in _questions(data) if "options" in question["answer"]]
    if not lists:
        return
    question = draw(st.sampled_from(lists))
    options = [dict(option) for option in question["answer"]["options"]]
    place = draw(st.integers(0, len(options) - 1))
    change = draw(st.sampled_from(("remove", "add", "reword", "rename")))
    if change == "remove" and len(options) > 2:
        options.pop(place)
    elif change == "add":
        options.insert(place, _option(draw, question["id"], fresh))
    elif change == "reword":
        options[place]["text"] = _option(draw, question["id"], fresh)["text"]
    elif change == "rename":
        options[place]["id"] = _option(draw, question["id"], fresh)["id"]
    question["answer"] = {**question["answer"], "options": options}


def _change_kind(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    question = _pick(draw, data)
    question["answer"] = _answer(draw, question["id"], fresh)


def _change_marks(draw: st.DrawFn, data: Data, fresh: Numbers) -> None:
    _pick(draw, data).update(sensitivity=draw(st.sampled_from(SENSITIVITIES)), short=draw(st.booleans()),
                             required=draw(st.booleans()), only_if=draw(st.sampled_from(("", FLAG))))


Change = Callable[[st.DrawFn, Data, Numbers], None]
CHANGES: tuple[Change, ...] = (
    _remove_question, _reword_question, _rename_question, _move_question, _move_section, _add_question, _add_section,
    _remove_section, _add_branch, _remove_branch, _change_options, _change_kind, _change_marks,
)  # fmt: skip
