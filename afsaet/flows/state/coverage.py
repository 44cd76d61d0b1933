"""How far a citizen has come: the state of every question, and honest progress."""

from __future__ import annotations

from typing import Literal

from afsaet.flows.definition import Question
from afsaet.flows.state.session import Answer
from afsaet.flows.state.walk import Walk

CHOSEN = frozenset({"one", "scale", "yesno"})  # kinds of which one choice is the answer
State = Literal["answered", "skipped", "med_sagsbehandler", "missing", "later", "hidden"]


def state_of(walk: Walk, question: Question) -> State:
    """What stands for this question in the summary and in what is sent.

    A question this channel may not carry is one to take up with the caseworker; one outside the short set,
    or optional and not reached, can come later; only a required one is missing.
    """
    if not walk.branch_open(question):
        return "hidden"
    answer = walk.session.answers.get(question.id)
    if answer is not None:
        return answer.state
    if not walk.allowed(question):
        return "med_sagsbehandler"
    if walk.session.short and not question.short:
        return "later"
    return "missing" if question.required else "later"


def told(walk: Walk) -> dict[str, Answer]:
    """The answers that are the citizen's now, by question: what is sent, or what a round is made of."""
    return {name: answer for name, answer in walk.session.answers.items()
            if name in walk.dialogue.questions and state_of(walk, walk.dialogue.questions[name]) == "answered"}


def closed_here(walk: Walk) -> list[Question]:
    """The questions that are open to this citizen but may not pass this channel, and have no answer."""
    return [question for question in walk.dialogue.questions.values()
            if walk.branch_open(question) and not walk.allowed(question)
            and question.id not in walk.session.answers]


def missing(walk: Walk) -> list[Question]:
    """The required questions that are open to this citizen, here or elsewhere, and have no answer."""
    return [question for question in walk.dialogue.questions.values()
            if question.required and walk.branch_open(question) and _lacks(walk, question)]


def _lacks(walk: Walk, question: Question) -> bool:
    """In a round own words beside a choice are no answer: it is the choice that is followed over time."""
    answer = walk.session.answers.get(question.id)
    if answer is None or answer.state != "answered":
        return True
    return walk.dialogue.definition.kind == "round" and answer.value is None and question.answer.kind in CHOSEN


def progress(walk: Walk) -> tuple[int, int]:
    """Which of the visible questions this is, and how many they are, both counted from 1."""
    visible = [question.id for question in walk.visible_questions()]
    here = visible.index(walk.state) + 1 if walk.state in visible else len(visible)
    return here, len(visible)
