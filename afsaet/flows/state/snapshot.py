"""The version a citizen sends: everything in the chosen sections as it stands at that moment, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from afsaet.flows.definition import Question, Scale, Section
from afsaet.flows.state.coverage import state_of
from afsaet.flows.state.session import Answer
from afsaet.flows.state.walk import Walk

SCHEMA = "afsaet-plan-1"


def snapshot(walk: Walk) -> dict[str, Any]:
    """The next version as JSON-able data (`export/afsaet-plan-1.schema.json`), without the case reference,
    which the store adds. Hidden and deleted answers are not in it, nor the text of one that is to be spoken."""
    session = walk.session
    chosen = session.chosen
    sections = [_section(walk, section) for section in walk.dialogue.definition.sections
                if chosen is None or section.id in chosen]
    return {
        "schema": SCHEMA,
        "dialogue": session.dialogue,
        "title": walk.setting.danish(walk.dialogue.definition.title),
        "version": session.versions + 1,
        "sent_at": walk.setting.now.isoformat(timespec="seconds"),
        "revision": session.revision,
        "sections": [section for section in sections if section["answers"]],
        "goals": [],
        "rounds": [],
    }


def _section(walk: Walk, section: Section) -> dict[str, Any]:
    answers = [_answer(walk, question, walk.session.answers.get(question.id)) for question in section.questions
               if state_of(walk, question) != "hidden"]
    return {
        "id": section.id,
        "heading": section.questions[0].heading,
        "title": walk.setting.danish(section.title),
        "answers": answers,
    }


def _answer(walk: Walk, question: Question, answer: Answer | None) -> dict[str, Any]:
    state = state_of(walk, question)
    told = answer if state == "answered" else None
    return {
        "id": question.id,
        "heading": question.heading,
        "question": answer.question if answer else walk.setting.danish(question.ask),
        "state": state,
        "value": _value(question, told),
        "text": _text(walk, question, told) if told else "",
        "answered_at": answer.at if answer else None,
        "front": question.front,
        "remark": walk.setting.danish(question.remark),
    }


def _value(question: Question, answer: Answer | None) -> Any:
    if answer is None:
        return None
    if question.answer.kind == "points":
        return [part.text for part in answer.parts]
    return list(answer.value) if isinstance(answer.value, tuple) else answer.value


def _text(walk: Walk, question: Question, answer: Answer) -> str:
    """The answer as it reads on paper."""
    if isinstance(question.answer, Scale) and isinstance(answer.value, int):
        answer = replace(answer, text=with_ends(answer.value, question.answer, walk.setting.danish))
    return answer.words


def with_ends(value: int, scale: Scale, say: Callable[[str], str]) -> str:
    """A number on a scale with its ends beside it: a bare one would say nothing on paper. say: puts an end in words."""
    return f"{value} (0 = {say(scale.low)}, 10 = {say(scale.high)})"
