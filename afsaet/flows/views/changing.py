"""Finding the answer to change: first the section, then the question."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.paging import fitting, page_of, turn_buttons
from afsaet.flows.views.overview import shortened
from afsaet.flows.walk import Walk

SHORT_LABEL = 42  # characters of a question on a button


def edit_view(walk: Walk) -> Message:
    """Which answer to change: first the section, then the question."""
    tr = walk.setting.tr
    answered = {question.id for question in walk.visible_questions()} & walk.session.answers.keys()
    sections = [section for section in walk.dialogue.definition.sections
                if any(question.id in answered for question in section.questions)]
    leave = Button(tr(_("Tilbage")), "leave")
    opened = next((section for section in sections if section.id == walk.session.section), None)
    if opened is not None:
        asked = [question for question in opened.questions if question.id in answered]
        rows = tuple((Button(shortened(tr(question.ask), SHORT_LABEL), f"eq.{question.id}"),)
                     for question in page_of(asked, walk.session.page))
        last = (leave, *turn_buttons(len(asked), walk.session.page, walk.setting))
        return Message("", tr(_("Hvilket svar vil du rette?")), tr(opened.title), (*rows, last))
    rows = tuple((Button(fitting(tr(section.title)), f"es.{section.id}"),)
                 for section in page_of(sections, walk.session.page))
    last = (leave, *turn_buttons(len(sections), walk.session.page, walk.setting))
    if not sections:
        return Message(tr(_("Der er ingen svar at rette her.")), tr(_("Ret et svar")), rows=(last,))
    return Message("", tr(_("Hvor står det svar, du vil rette?")), rows=(*rows, last))
