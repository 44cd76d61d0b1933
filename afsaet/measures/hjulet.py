"""The wheel as a round: a citizen's own areas in the place of those in the file, in their words.

In the file the questions that hang on an area say what is asked after every area whose number has moved so. Citizens
whose wheels hold the same areas share one machine (`flows.machine`), and none of their words is in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from afsaet.flows.definition import Many, Option, Question, Scale, Section
from afsaet.flows.dialogue import Dialogue
from afsaet.flows.language import mark as _
from afsaet.flows.machine import build
from afsaet.measures.areas import DEFAULTS, Area
from afsaet.measures.wheel import Wheel, sensitivity

ROUND, CHOICE = "hjulet", "hjul_vaelg"
_SHIPPED = {area.id: (area.label, area.question) for area in DEFAULTS}


def personal(shared: Dialogue, wheel: Wheel) -> Dialogue:
    """The round about this wheel. shared: the dialogue of the file, of which the first section is about the areas."""
    first, *others = shared.definition.sections
    asked = tuple(question for area in wheel.active for question in _about(area, first))
    return _of(shared, (first.model_copy(update={"questions": asked}), *others))


def choosing(shared: Dialogue, wheel: Wheel) -> Dialogue:
    """The choice among all areas of this wheel, those made up among them. The file's option for own words stays."""
    first, *others = shared.definition.sections
    question, *more = first.questions
    assert isinstance(question.answer, Many)
    known = {option.id: option for option in question.answer.options}
    shipped = {area.id for area in wheel.areas if _as_shipped(area)} & known.keys()
    options = [known[area.id] if area.id in shipped else Option(id=area.id, text=as_text(area.label))
               for area in wheel.areas]
    options += [option for option in known.values() if option.free]
    question = question.model_copy(update={"answer": Many(kind="many", options=tuple(options))})
    return _of(shared, (first.model_copy(update={"questions": (question, *more)}), *others))


def _about(area: Area, section: Section) -> Iterator[Question]:
    """The question for the number, and what follows when it has moved."""
    areas = {question.id for question in section.questions if isinstance(question.answer, Scale)}
    yield _number(area, next((each for each in section.questions if each.id == area.id), None))
    for question in section.questions:
        ways = {way for parent, way in question.when.items() if parent in areas}
        for way in ways:
            yield question.model_copy(update={
                "id": f"{area.id}_{question.id}", "when": {area.id: way}, "sensitivity": sensitivity(area),
            })


def _number(area: Area, shipped: Question | None) -> Question:
    if shipped is not None and _as_shipped(area):
        return shipped
    own = {
        "ask": as_text(area.question or area.label), "label": as_text(area.label),
        "help": as_text(area.label) if area.question else _("Hvordan går det med det for tiden?"),
        "answer": Scale(kind="scale", low=area.low, high=area.high), "sensitivity": sensitivity(area),
    }
    if shipped is not None:
        return shipped.model_copy(update=own)
    return Question.model_validate({"id": area.id, "required": True, "heading": "B", **own})


def _as_shipped(area: Area) -> bool:
    return _SHIPPED.get(area.id) == (area.label, area.question)


def as_text(text: str) -> str:
    """What somebody has written, as a text of a dialogue: a brace in it is a brace and no placeholder."""
    return text.replace("{", "{{").replace("}", "}}") if "{" in text else text


def _of(shared: Dialogue, sections: tuple[Section, ...]) -> Dialogue:
    definition = shared.definition.model_copy(update={"sections": sections})
    # Whoever changes their wheel is asked something else from then on: that is another revision.
    said = json.dumps([shared.revision, definition.model_dump(mode="json")], sort_keys=True, ensure_ascii=False)
    return Dialogue(definition, hashlib.sha256(said.encode()).hexdigest()[:12], build(definition))
