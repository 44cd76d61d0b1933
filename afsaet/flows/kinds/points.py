"""A few points, a message each. Every point is kept at once; "Færdig" only moves on."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.definition import Points, Question
from afsaet.flows.kinds.reply import Given, Reply, Unclear, too_long
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Rows
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer, Part


def is_full(question: Question, answer: Answer | None) -> bool:
    """Whether there is no room for one more point. False for questions of other kinds."""
    return isinstance(question.answer, Points) and answer is not None and len(answer.parts) >= question.answer.most


def hint(question: Question, setting: Setting) -> str:
    return setting.tr(_("Skriv én ting ad gangen."))


def rows(question: Question, answer: Answer | None, page: int, setting: Setting) -> Rows:
    return ((Button(setting.tr(_("Færdig")), "done"),),) if answer and answer.parts else ()


def _given(answer: Answer | None, parts: tuple[Part, ...]) -> Given:
    """The points, beside a choice that was made when the question still offered one."""
    return Given(answer.value, answer.text, parts) if answer else Given(parts=parts)


def tap(question: Question, answer: Answer | None, action: str, setting: Setting) -> Reply:
    if action == "done" and answer and answer.parts:
        return _given(answer, answer.parts)
    return Unclear(_("Skriv den første ting som en besked."))


def write(question: Question, answer: Answer | None, part: Part, setting: Setting) -> Reply:
    parts = (*(answer.parts if answer else ()), part)
    if is_full(question, answer) or too_long(parts):
        return Unclear(_("Det sidste er ikke gemt, for der er ikke plads til flere. Tryk på Færdig."))
    assert isinstance(question.answer, Points)
    kept = replace(_given(answer, parts), stay=True, note=_("Det er gemt. Skriv en ting mere, eller tryk på Færdig."))
    if len(parts) == question.answer.most:
        return replace(kept, note=_("Det er gemt. Der er ikke plads til flere. Tryk på Færdig."))
    return kept
