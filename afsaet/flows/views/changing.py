"""Finding the answer to change: first the section, then the question."""

from __future__ import annotations

from afsaet.flows.definition import Question, Section
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.paging import fitting, page_of, short_label, turn_buttons
from afsaet.flows.state.walk import Walk
from afsaet.flows.views.others import OTHERS, opened_other, other_answers, others_view


def opened_section(walk: Walk) -> Section | None:
    """The section that is looked into; None where the list of sections is shown. In a round the only one with
    answers always is."""
    sections = _sections(walk)
    alone = sections[0] if walk.dialogue.definition.kind == "round" and len(sections) == 1 else None
    return next((section for section in sections if section.id == walk.session.section), alone)


def _sections(walk: Walk) -> list[Section]:
    return [section for section in walk.dialogue.definition.sections if _answered(walk, section)]


def _answered(walk: Walk, section: Section) -> list[Question]:
    """What there is to change in a section."""
    answers = walk.session.answers
    return [question for question in section.questions if question.id in answers and walk.visible(question)]


def edit_view(walk: Walk) -> Message:
    """Which answer to change: first the section, then the question. Those that can only be deleted come last."""
    if _in_others(walk):
        return others_view(walk)
    tr = walk.setting.tr
    leave = Button(tr(_("Tilbage")), "leave")
    opened = opened_section(walk)
    if opened is not None:
        asked = _answered(walk, opened)
        rows = tuple((Button(short_label(tr(question.label or question.ask)), f"eq.{question.id}"),)
                     for question in page_of(asked, walk.session.page))
        last = (leave, *turn_buttons(len(asked), walk.session.page, walk.setting))
        return Message("", tr(_("Hvilket svar vil du rette?")), tr(opened.title), (*rows, last))
    sections = _sections(walk)
    rows = tuple((Button(fitting(tr(section.title)), f"es.{section.id}"),)
                 for section in page_of(sections, walk.session.page))
    last = (leave, *turn_buttons(len(sections), walk.session.page, walk.setting))
    others = ((Button(tr(_("Andre svar, jeg har gemt")), f"es.{OTHERS}"),),) if other_answers(walk) else ()
    if not sections:
        return Message(tr(_("Der er ingen svar at rette her.")), tr(_("Ret et svar")), rows=(*others, last))
    return Message("", tr(_("Hvor står det svar, du vil rette?")), rows=(*rows, *others, last))


def left_list(walk: Walk) -> str | None:
    """The list that the citizen comes back to from where they look; None where it is the first of the lists."""
    if opened_other(walk):
        return OTHERS
    inside = _in_others(walk) or (bool(walk.session.section) and opened_section(walk) is not None)
    return "" if inside else None


def _in_others(walk: Walk) -> bool:
    return walk.session.section.partition(".")[0] == OTHERS and bool(other_answers(walk))
