"""A definition becomes one `transitions` machine, built at load and shared by every citizen.

A state is a question's id, or one of the stops around the questions. The machine says which step may follow
which; the session remembers where one citizen is. Models are never registered with the machine, which would
keep each of them: an event is fired on a short-lived walk instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Protocol, cast

from transitions import EventData, Machine
from transitions.extensions import GraphMachine

from afsaet.flows.definition import Definition, Question

START, SUMMARY, EDIT, SECTIONS, CONFIRM, SENT = "start", "summary", "edit", "sections", "confirm", "sent"
STOPS = (SUMMARY, EDIT, SECTIONS, CONFIRM, SENT)


class Walk(Protocol):
    """What the machine moves: something with a state that can tell whether a question's branch is open."""

    state: str

    def branch_open(self, question: Question) -> bool: ...


class Opens:
    """The condition on a branch, named as it reads in a drawing."""

    def __init__(self, question: Question) -> None:
        self.question = question
        clauses = [f"{parent} = {options if isinstance(options, str) else ' / '.join(options)}"
                   for parent, options in question.when.items()]
        self.__name__ = " and ".join([*clauses, *([question.only_if] if question.only_if else [])])

    def __call__(self, event: EventData) -> bool:
        return cast(Walk, event.model).branch_open(self.question)


def questions_of(definition: Definition) -> tuple[Question, ...]:
    """All the questions in the order they are asked."""
    return tuple(question for section in definition.sections for question in section.questions)


def _is_branch(question: Question) -> bool:
    return bool(question.when or question.only_if)


def _steps(order: tuple[Question, ...], end: str) -> Iterator[tuple[str, str, Opens | None]]:
    """From each question to what may come next: past every branch up to the first question always asked."""
    for index, question in enumerate(order):
        for candidate in order[index + 1:]:
            yield question.id, candidate.id, Opens(candidate) if _is_branch(candidate) else None
            if not _is_branch(candidate):
                break
        else:
            yield question.id, end, None


def _plan(definition: Definition) -> dict[str, Any]:
    order = questions_of(definition)
    first = order[0].id
    ids = [question.id for question in order]
    moves: list[dict[str, Any]] = [{"trigger": "next", "source": START, "dest": first}]
    for trigger, line, end in (("next", order, SUMMARY), ("back", order[::-1], START)):
        moves += [{"trigger": trigger, "source": source, "dest": dest, "conditions": [condition] if condition else []}
                  for source, dest, condition in _steps(line, end)]
    moves += [
        {"trigger": "finish", "source": [START, *ids], "dest": SUMMARY},
        {"trigger": "answer_rest", "source": [SUMMARY, SENT], "dest": first},
        {"trigger": "edit", "source": [SUMMARY, SENT], "dest": EDIT},
        {"trigger": "choose", "source": [SUMMARY, SENT, CONFIRM], "dest": SECTIONS},
        {"trigger": "send", "source": [SUMMARY, SECTIONS, SENT], "dest": CONFIRM},
        {"trigger": "confirm", "source": CONFIRM, "dest": SENT},
        {"trigger": "complete", "source": SUMMARY, "dest": SENT},
        {"trigger": "leave", "source": [EDIT, SECTIONS, CONFIRM, SENT], "dest": SUMMARY},
    ]
    return {"states": [START, *ids, *STOPS], "transitions": moves, "initial": START, "send_event": True}


def build(definition: Definition) -> Machine:
    """The machine of a dialogue. `to_<state>` leads anywhere: changing one answer, and following a new revision."""
    return Machine(None, **_plan(definition), auto_transitions=True)


def draw(definition: Definition) -> str:
    """The same machine as a Mermaid state diagram, with the conditions on its branches."""
    title = f"title: {json.dumps(definition.title, ensure_ascii=False)}"  # Mermaid reads it as YAML
    machine = GraphMachine(**_plan(definition), auto_transitions=False, graph_engine="mermaid", show_conditions=True,
                           title=title)
    return str(machine.get_graph().source)
