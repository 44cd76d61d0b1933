"""Keeping an answer, and moving on from its question: to what it opened, to what is unanswered, or to the summary."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.definition import Question
from afsaet.flows.kinds import Given
from afsaet.flows.language import mark as _
from afsaet.flows.machine import SUMMARY
from afsaet.flows.state.coverage import told
from afsaet.flows.state.session import Answer, AnswerState, Session
from afsaet.flows.state.step import Settled, Step
from afsaet.flows.state.walk import Walk
from afsaet.flows.views.question import answer_line


def record(walk: Walk, question: Question, given: Given, state: AnswerState = "answered") -> Session:
    """The session with the answer kept, or with none where nothing is left of it."""
    if state == "answered" and not (given.parts or given.text) and given.value in (None, ()):
        return walk.session.without_answer(question.id)
    wording = walk.session.wording or walk.setting.danish(question.ask)
    at = walk.setting.now.isoformat(timespec="seconds")
    answer = Answer(state, wording, at, walk.dialogue.revision, given.value, given.text, given.parts)
    return walk.session.with_answer(question.id, answer)


def answered(walk: Walk, question: Question, given: Given, state: AnswerState = "answered") -> Step:
    """Keep the answer and move on: to what it opened, to the next unanswered question, or back to the summary."""
    before, returning = told(walk).keys(), walk.session.returning
    walk.session = record(walk, question, given, state)
    closed = before - told(walk).keys() - {question.id}
    step = moved_on(walk, question)
    notes = []
    if step.session.state == SUMMARY and returning and state == "answered":
        notes.append(walk.setting.tr(_("Dit svar er gemt.")))
    if closed:
        gone = _("Noget, du svarede før, passer ikke mere. Jeg gemmer det, men sender det ikke.")
        notes.append(walk.setting.tr(gone))
    return replace(step, notes=tuple(notes))


def moved_on(walk: Walk, question: Question) -> Step:
    """From the question to what comes after it; what is answered stands as it is."""
    settled = _settled(walk, question)
    return Step(replace(_onward(walk, question), last=question.id), settled=settled)


def settled_again(walk: Walk, name: str) -> Settled | None:
    """How a question answered earlier reads now that its answer has changed; None where it may not be shown here."""
    question = walk.dialogue.questions.get(name)
    if question is None or question.sensitivity not in walk.setting.open_to:
        return None
    settled = _settled(walk, question)
    return replace(settled, again=True) if settled else None


def _settled(walk: Walk, question: Question) -> Settled | None:
    answer = walk.session.answers.get(question.id)
    if answer is None:
        return None
    of = f"{walk.session.dialogue}.{question.id}"
    return Settled(walk.setting.tr(question.ask), answer_line(question, answer, walk.setting), of)


def _onward(walk: Walk, question: Question) -> Session:
    if not walk.session.returning:
        walk.forward()
        return walk.arrived()
    child = walk.opened_by({question.id, *question.when})
    walk.go(child.id if child else SUMMARY)
    return walk.arrived()


def already_sent(walk: Walk) -> str:
    """A reminder that a change does not reach what has been sent; empty where nothing has."""
    return walk.setting.tr(_("Det, du har sendt, er ikke ændret.")) if walk.session.sent_at else ""
