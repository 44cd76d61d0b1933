"""Choosing what to send, the last question before it leaves, and the receipt."""

from __future__ import annotations

from afsaet.flows.definition import Section
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.paging import fitting, page_of, turn_buttons
from afsaet.flows.state.snapshot import snapshot
from afsaet.flows.state.walk import Walk
from afsaet.flows.views.overview import more, sent_when

ASKED = _("Vil du sende nu?")
YES = _("Ja, send")


def sections_view(walk: Walk) -> Message:
    """Which sections to send, with the ones chosen last time ticked."""
    tr = walk.setting.tr
    sections = walk.dialogue.definition.sections
    chosen = chosen_sections(walk)
    rows = tuple((Button(fitting(f"☑ {tr(section.title)}"), f"off.{section.id}") if section.id in chosen
                  else Button(fitting(f"☐ {tr(section.title)}"), f"on.{section.id}"),)
                 for section in page_of(sections, walk.session.page))
    last = (*turn_buttons(len(sections), walk.session.page, walk.setting), Button(tr(_("Færdig")), "send"))
    text = tr(_("Jeg sender kun de afsnit, du har sat flueben ved."))
    return Message(text, tr(_("Hvad vil du sende?")), rows=(*rows, last, (Button(tr(_("Tilbage")), "leave"),)))


def chosen_sections(walk: Walk) -> tuple[str, ...]:
    """The sections that would be sent now, in their order. A section new to the dialogue is not among chosen ones."""
    chosen = walk.session.chosen
    return tuple(section.id for section in walk.dialogue.definition.sections if chosen is None or section.id in chosen)


def confirm_view(walk: Walk) -> Message:
    """The last question before anything leaves the citizen's hands."""
    tr = walk.setting.tr
    chosen = chosen_sections(walk)
    everything = len(chosen) == len(walk.dialogue.definition.sections)
    titles = [tr(section.title) for section in walk.dialogue.definition.sections
              if section.id in chosen and _is_begun(walk, section)]
    listed = "\n".join(f"• {title}" for title in titles)
    what = tr(_("Du sender alle dine svar.")) if everything else tr(_("Du sender det her:")) + f"\n{listed}"
    text = "\n\n".join((what, tr(_("Din sagsbehandler kan læse det og gemme det i din sag.")), *_also_sent(walk)))
    rows = ((Button(tr(YES), "confirm"),), (Button(tr(_("Nej, ikke endnu")), "leave"),))
    return Message(text, tr(ASKED), rows=rows)


def _is_begun(walk: Walk, section: Section) -> bool:
    """Whether the citizen has said anything in it: of the others nothing is sent but that there is no answer."""
    return any(question.id in walk.session.answers and walk.branch_open(question) for question in section.questions)


def _also_sent(walk: Walk) -> list[str]:
    """What goes along that the citizen might not think of."""
    tr = walk.setting.tr
    asked = [(walk.dialogue.questions[answer["id"]], answer["state"])
             for section in snapshot(walk)["sections"] for answer in section["answers"]]
    text = []
    if any(state == "answered" and not walk.allowed(question) for question, state in asked):
        text.append(tr(_("Jeg sender også de svar, du ikke kan se her.")))
    if any(state in ("missing", "later") for _question, state in asked):
        text.append(tr(_("Det, du ikke har svaret på, står uden svar. Det er helt i orden.")))
    elif any(state == "skipped" for _question, state in asked):
        text.append(tr(_("Det, du har sprunget over, står som sprunget over. Det er helt i orden.")))
    return text


def sent_view(walk: Walk) -> Message:
    """The receipt, with its date, and how to change something."""
    tr = walk.setting.tr
    lead = tr(_("Sendt {when}"), when=sent_when(walk))
    text = tr(_("Din sagsbehandler kan nu læse det, du har sendt. Vil du ændre noget? Ret svaret, og send igen."))
    rows = (
        (Button(tr(_("Få en kopi")), "copy"), Button(tr(_("Ret et svar")), "edit")),
        *((way,) for way in more(walk)),
        (Button(tr(_("Hvad nu?")), "m.hvadnu"), Button(tr(_("Menu")), "m.menu")),
    )
    return Message(text, lead, rows=rows)
