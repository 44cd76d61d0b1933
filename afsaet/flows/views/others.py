"""Answers with no question here to change them at: their branch is closed, their question has left the dialogue, or
this channel may not carry it. They can be deleted one by one, and read where they may be shown."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.paging import fitting, page_of, turn_buttons
from afsaet.flows.setting import ALL_SENSITIVITIES
from afsaet.flows.state.walk import Walk
from afsaet.flows.views.question import answer_words

OTHERS = "_andre"  # as the section looked into; no section of a dialogue can have this id


def other_answers(walk: Walk) -> list[str]:
    """The questions of these answers, in the dialogue's order; those that have left it come last."""
    questions = walk.dialogue.questions
    kept = {name for name, answer in walk.session.answers.items() if answer.state == "answered" or answer.words}
    closed = [name for name, question in questions.items() if name in kept and not walk.visible(question)]
    return [*closed, *sorted(kept - questions.keys())]


def opened_other(walk: Walk) -> str:
    """The one of them that is looked at; "" where it is none."""
    name = walk.session.section.removeprefix(f"{OTHERS}.")
    return name if name in other_answers(walk) else ""


def others_view(walk: Walk) -> Message:
    """All of them, or the one that is looked at."""
    if name := opened_other(walk):
        return _other_view(walk, name)
    tr = walk.setting.tr
    labels = [(f"{number}. {_title(walk, name)}", name) for number, name in enumerate(other_answers(walk), 1)]
    rows = tuple((Button(fitting(label), f"eo.{name}"),) for label, name in page_of(labels, walk.session.page))
    last = (Button(tr(_("Tilbage")), "leave"), *turn_buttons(len(labels), walk.session.page, walk.setting))
    return Message(tr(_("Tryk på et svar, hvis du vil slette det.")), tr(_("Andre svar, jeg har gemt")),
                   rows=(*rows, last))


def _other_view(walk: Walk, name: str) -> Message:
    """One answer, as far as it may be shown, and whether to delete it."""
    tr = walk.setting.tr
    answer, question = walk.session.answers[name], walk.dialogue.questions.get(name)
    words = answer_words(question, answer, walk.setting)
    text = [tr(_("Dit svar: {answer}"), answer=words) if _may_be_shown(walk, name)
            else tr(_("Jeg har gemt dit svar, men viser det ikke her."))]
    if question is None or not walk.branch_open(question):
        text.append(tr(_("Det sender jeg ikke.")))
    rows = ((Button(tr(_("Slet svaret")), f"ed.{name}"),), (Button(tr(_("Behold svaret")), "leave"),))
    return Message("\n\n".join(text), tr(_("Vil du slette det her svar?")), _title(walk, name), rows)


def _title(walk: Walk, name: str) -> str:
    """What tells one from another without telling more than this channel may carry: the question, or its section."""
    if _may_be_shown(walk, name):
        return walk.setting.translate(walk.session.answers[name].question)
    if name in walk.dialogue.sections:
        return walk.setting.tr(walk.dialogue.sections[name].title)
    return walk.setting.tr(_("Et spørgsmål, jeg ikke stiller mere"))


def _may_be_shown(walk: Walk, name: str) -> bool:
    """Of a question that has left the dialogue nobody can tell how private it was."""
    question = walk.dialogue.questions.get(name)
    return walk.allowed(question) if question else walk.setting.open_to >= ALL_SENSITIVITIES
