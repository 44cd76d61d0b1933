"""A definition becomes one `transitions` machine, shared by every citizen and by every dialogue of the same shape.

A state is a question's id, or one of the stops around the questions. The machine says which step may follow
which; the session remembers where one citizen is. It is by far the dearest part of a dialogue, and knows ids and
conditions only: no word of a definition's is in it. Models are never registered with the machine, which would keep
each of them: an event is fired on a short-lived walk instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, cast

from transitions import EventData, Machine
from transitions.extensions import GraphMachine

from afsaet.flows.definition import Definition, Question

START, SUMMARY, EDIT, SECTIONS, CONFIRM, SENT = "start", "summary", "edit", "sections", "confirm", "sent"
STOPS = (SUMMARY, EDIT, SECTIONS, CONFIRM, SENT)


MACHINES = 128  # kept at a time, each of up to one MiB


class Place(NamedTuple):
    """A question as the machine knows it. condition: what opens it, as it reads in a drawing; "" for nothing."""

    id: str
    condition: str


class Walk(Protocol):
    """What the machine moves: something with a state that can tell whether a question's branch is open."""

    state: str

    def opens(self, name: str) -> bool: ...


class Opens:
    """The condition on a branch, named as it reads in a drawing."""

    def __init__(self, place: Place) -> None:
        self._id = place.id
        self.__name__ = place.condition

    def __call__(self, event: EventData) -> bool:
        return cast(Walk, event.model).opens(self._id)


def questions_of(definition: Definition) -> tuple[Question, ...]:
    """All the questions in the order they are asked."""
    return tuple(question for section in definition.sections for question in section.questions)


def _places(definition: Definition) -> tuple[Place, ...]:
    return tuple(Place(question.id, _condition(question)) for question in questions_of(definition))


def _condition(question: Question) -> str:
    clauses = [f"{parent} = {options if isinstance(options, str) else ' / '.join(options)}"
               for parent, options in question.when.items()]
    return " and ".join([*clauses, *([question.only_if] if question.only_if else [])])


def _steps(order: tuple[Place, ...], end: str) -> Iterator[tuple[str, str, Opens | None]]:
    """From each question to what may come next: past every branch up to the first question always asked."""
    for index, place in enumerate(order):
        for candidate in order[index + 1:]:
            yield place.id, candidate.id, Opens(candidate) if candidate.condition else None
            if not candidate.condition:
                break
        else:
            yield place.id, end, None


def _plan(order: tuple[Place, ...]) -> dict[str, Any]:
    first = order[0].id
    ids = [place.id for place in order]
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
    return _built(_places(definition))


@lru_cache(maxsize=MACHINES)
def _built(order: tuple[Place, ...]) -> Machine:
    return Machine(None, **_plan(order), auto_transitions=True)


def draw(definition: Definition) -> str:
    """The same machine as a Mermaid state diagram, with the conditions on its branches."""
    title = f"title: {json.dumps(definition.title, ensure_ascii=False)}"  # Mermaid reads it as YAML
    machine = GraphMachine(**_plan(_places(definition)), auto_transitions=False, graph_engine="mermaid",
                           show_conditions=True, title=title)
    return str(machine.get_graph().source)
