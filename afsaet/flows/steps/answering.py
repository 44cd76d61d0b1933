"""At a question: answering it, skipping, going back, asking for help, changing one's mind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from afsaet.flows.definition import Question
from afsaet.flows.inputs import Tap, Text
from afsaet.flows.kinds import WORDS_ARE_ANSWERS, Given, Reply, Turned, Unclear, date, kind_of
from afsaet.flows.kinds.naming import NO, YES, spoken
from afsaet.flows.language import mark as _
from afsaet.flows.machine import SUMMARY
from afsaet.flows.state.session import Answer, Part
from afsaet.flows.state.step import Step
from afsaet.flows.state.walk import Walk
from afsaet.flows.steps.recording import already_sent, answered, moved_on, record
from afsaet.flows.views.suggesting import MOST, offered


def tapped(walk: Walk, question: Question, tap: Tap) -> Step:
    """A press of a button under the question or its help."""
    act = _CONTROLS.get(tap.action)
    if act is not None:
        return act(walk, question)
    answer = walk.session.answers.get(question.id)
    return _replied(walk, question, kind_of(question).tap(question, answer, tap.action, walk.setting), by_tap=True)


def written(walk: Walk, question: Question, text: Text) -> Step:
    """A text while the question stands open. A lone "stop" is asked about before it becomes an answer."""
    part = Part(text.text, text.ref)
    if walk.session.showing == "stop" and (act := _said_to_stopping(walk, text.text)):
        return act(walk, question)
    if text.text.strip().strip(".!").casefold() == "stop" and question.answer.kind in WORDS_ARE_ANSWERS:
        return Step(replace(walk.session, showing="stop", doubt=part))
    answer = walk.session.answers.get(question.id)
    reply = (_said_to_a_day(walk, question, text.text)
             or kind_of(question).write(question, answer, part, walk.setting))
    if text.behind:
        return _quietly(walk, answer, question, reply) or _replied(walk, question, reply, by_tap=False)
    return _replied(walk, question, reply, by_tap=False)


def _quietly(walk: Walk, before: Answer | None, question: Question, reply: Reply) -> Step | None:
    """What was written while something else was on its way: the question is not sent yet again for each of a row.

    before: what is answered already. None where the question must be seen: it is answered, asks something about what
    was written, or has nothing of its answer yet, so that what is on its way has no button to say that this was all.
    """
    if isinstance(reply, Unclear) and not reply.offers:
        return Step(walk.session, notes=(walk.setting.tr(reply.sentence, **reply.values),), show="nothing")
    if not isinstance(reply, Given) or not reply.stay or before is None or not before.parts:
        return None
    note = "" if walk.session.hushed else walk.setting.tr(_("Det har jeg også gemt."))
    kept = replace(record(walk, question, reply), showing="question", doubt=None, offered=(), hushed=True)
    return Step(kept, notes=(note,), show="nothing")


def _said_to_a_day(walk: Walk, question: Question, said: str) -> Reply | None:
    """What a yes or a no means while the citizen is asked whether they mean a certain day."""
    if question.answer.kind != "date":
        return None
    return date.agreed(walk.session.offered, walk.session.answers.get(question.id), said, walk.setting)


def _said_to_stopping(walk: Walk, said: str) -> Callable[[Walk, Question], Step] | None:
    """What a yes or a no, or stop once more, means while the citizen is asked whether they want to stop."""
    said, tr = spoken(said), walk.setting.tr
    if said in {"stop", "pause", *YES, spoken(tr(_("Ja"))), spoken(tr(_("Ja, hold pause")))}:
        return _pause
    return _meant_it if said in {*NO, spoken(tr(_("Nej"))), spoken(tr(_("Nej, det er mit svar")))} else None


def meant_as_an_answer(walk: Walk, said: str) -> bool:
    """Whether these words say that what the citizen is asked about was their answer, and no wish to stop."""
    return _said_to_stopping(walk, said) is _meant_it


def _replied(walk: Walk, question: Question, reply: Reply, *, by_tap: bool) -> Step:
    if isinstance(reply, Unclear):
        asked = replace(walk.session, showing="question", offered=reply.offers)
        return Step(asked, notes=(walk.setting.tr(reply.sentence, **reply.values),))
    if isinstance(reply, Turned):
        return Step(replace(walk.session, page=reply.page), show="same")
    if not reply.stay:
        return answered(walk, question, reply)
    kept = replace(record(walk, question, reply), showing="question", doubt=None, offered=())
    notes = (walk.setting.tr(reply.note),) if reply.note else ()
    return Step(kept, notes=notes, show="same" if by_tap and not notes else "new")


def _back(walk: Walk, question: Question) -> Step:
    if walk.session.returning:
        walk.go(SUMMARY)
    else:
        walk.backward()
    return Step(walk.arrived(), show="same")


def _skip(walk: Walk, question: Question) -> Step:
    if question.id in walk.session.answers:
        return _keep(walk, question)
    return answered(walk, question, Given(), "skipped")


def _keep(walk: Walk, question: Question) -> Step:
    return moved_on(walk, question)


def _with_worker(walk: Walk, question: Question) -> Step:
    """To be spoken: what was written stays with the citizen, and is not sent."""
    answer = walk.session.answers.get(question.id)
    kept = Given(answer.value, answer.text, answer.parts) if answer else Given()
    return answered(walk, question, kept, "med_sagsbehandler")


def _use(walk: Walk, question: Question, number: int = 0) -> Step:
    """What was written before is the answer, the one of this number. Of several points more may come, so the question
    stays open."""
    found = offered(question, walk.session.answers.get(question.id), walk.setting)
    if number >= len(found):
        return _show(walk, question)
    parts = tuple(Part(words) for words in found[number].parts)
    if question.answer.kind == "points":
        given = Given(parts=parts, stay=True, note=_("Det er gemt. Tryk på Færdig."))
        return _replied(walk, question, given, by_tap=True)
    return answered(walk, question, Given(parts=parts))


def _drop(walk: Walk, question: Question) -> Step:
    if question.id not in walk.session.answers:
        return _show(walk, question)
    notes = (walk.setting.tr(_("Dit svar er slettet.")), already_sent(walk))
    return Step(walk.session.without_answer(question.id), notes, show="same")


def _pause(walk: Walk, question: Question) -> Step:
    return Step(replace(walk.session, showing="question", doubt=None), leave="pause")


def _help(walk: Walk, question: Question) -> Step:
    return Step(replace(walk.session, showing="help"), show="same")


def _show(walk: Walk, question: Question) -> Step:
    return Step(replace(walk.session, showing="question", doubt=None), show="same")


def _stay(walk: Walk, question: Question) -> Step:
    return Step(walk.session, show="nothing")


def _meant_it(walk: Walk, question: Question) -> Step:
    doubt = walk.session.doubt
    if doubt is None:
        return _show(walk, question)
    answer = walk.session.answers.get(question.id)
    walk.session = replace(walk.session, showing="question", doubt=None)
    return _replied(walk, question, kind_of(question).write(question, answer, doubt, walk.setting), by_tap=True)


_CONTROLS: dict[str, Callable[[Walk, Question], Step]] = {
    "back": _back, "skip": _skip, "keep": _keep, "drop": _drop, "withworker": _with_worker, "pause": _pause,
    "use": _use, "help": _help, "unhelp": _show, "stay": _stay, "stop.yes": _pause, "stop.no": _meant_it,
    **{f"use.{number}": partial(_use, number=number) for number in range(1, MOST)},
}
