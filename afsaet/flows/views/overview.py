"""Everything around the questions: the start, the summary, changing, choosing and sending."""

from __future__ import annotations

from datetime import datetime

from afsaet.flows.coverage import closed_here, state_of
from afsaet.flows.dates import danish_moment
from afsaet.flows.definition import Question, Section
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.paging import page_of, turn_buttons
from afsaet.flows.views.question import answer_words
from afsaet.flows.walk import Walk

MANY_MISSING = 5  # more than these are counted rather than listed: a list of all that is lacking helps nobody
SHORT_LABEL = 42  # characters of a question on a button
LONG = 400  # characters of one answer in the summary; the whole of it stands under "Ret et svar"


def start_view(walk: Walk) -> Message:
    """What this is, and two ways through it."""
    tr = walk.setting.tr
    if walk.session.answers:
        rows: Rows = ((Button(tr(_("Fortsæt")), "begin"),), (Button(tr(_("Se mine svar")), "finish"),))
    else:
        rows = ((Button(tr(_("Begynd")), "begin"),), (Button(tr(_("Kun det vigtigste")), "begin.short"),))
    text = [tr(walk.dialogue.definition.intro)]
    if not walk.session.answers:
        text.append(tr(_("Har du ikke så meget energi? Så tag kun det vigtigste nu. Resten kan komme senere.")))
    text.append(closed_sentence(walk))
    return Message("\n\n".join(part for part in text if part), tr(walk.dialogue.definition.title), rows=rows)


def closed_sentence(walk: Walk) -> str:
    """One clear sentence about the questions that may not pass this channel; empty where there are none."""
    count = len(closed_here(walk))
    if not count:
        return ""
    return walk.setting.tr(_("Der er {count} spørgsmål om private ting. Dem tager du med din sagsbehandler."), count=count)


def summary_view(walk: Walk) -> Message:
    """Every answer by section, what is missing, and what can be done with them."""
    tr = walk.setting.tr
    text = [tr(walk.dialogue.definition.outro)]
    missing = [q.id for q in walk.dialogue.questions.values() if state_of(walk, q) == "missing"]
    listed = len(missing) <= MANY_MISSING
    text += [_section_text(walk, section, list_missing=listed) for section in walk.dialogue.definition.sections]
    if not listed:
        text.append(tr(_("Du mangler at svare på {count} spørgsmål. Det bestemmer du selv."), count=len(missing)))
    later = sum(state_of(walk, question) == "later" for question in walk.dialogue.questions.values())
    if later:
        text.append(tr(_("{count} spørgsmål kan komme senere."), count=later))
    text.append(closed_sentence(walk))
    return Message("\n\n".join(part for part in text if part), tr(_("Dine svar")), rows=_summary_rows(walk))


def _summary_rows(walk: Walk) -> Rows:
    tr = walk.setting.tr
    rows: list[tuple[Button, ...]] = [(Button(tr(_("Send til min sagsbehandler")), "send"),)]
    rows.append((Button(tr(_("Ret et svar")), "edit"), Button(tr(_("Vælg afsnit")), "choose")))
    menu = Button(tr(_("Menu")), "m.menu")
    if walk.pending():
        rows.append((Button(tr(_("Fortsæt")), "go"), menu))
    elif unanswered(walk):
        rows.append((Button(tr(_("Svar på resten")), "rest"), menu))
    else:
        rows.append((menu,))
    return tuple(rows)


def unanswered(walk: Walk) -> list[Question]:
    """The questions that can be asked here in the full set and have no answer."""
    return [question for question in walk.dialogue.questions.values()
            if walk.allowed(question) and walk.branch_open(question) and question.id not in walk.session.answers]


def _section_text(walk: Walk, section: Section, *, list_missing: bool) -> str:
    lines = [line for question in section.questions if (line := _line(walk, question, list_missing))]
    return "\n".join([walk.setting.tr(section.title).upper(), *lines]) if lines else ""


def _line(walk: Walk, question: Question, list_missing: bool) -> str:
    tr = walk.setting.tr
    state = state_of(walk, question)
    answer = walk.session.answers.get(question.id)
    if state in ("hidden", "later"):
        return ""
    if answer is None:
        missing = state == "missing" and list_missing
        return f"{tr(question.ask)}\n→ {tr(_('Mangler'))}" if missing else ""
    if not walk.allowed(question):
        return f"{tr(question.ask)}\n→ {tr(_('Gemt. Vises ikke her.'))}"
    words = answer_words(question, answer, walk.setting)
    return f"{tr(question.ask)}\n→ {shortened(words, LONG)}"


def shortened(text: str, most: int) -> str:
    """The text, or its first words and an ellipsis: at most `most` characters and two."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def edit_view(walk: Walk) -> Message:
    """Which answer to change: first the section, then the question."""
    tr = walk.setting.tr
    sections = [section for section in walk.dialogue.definition.sections
                if any(walk.visible(question) for question in section.questions)]
    leave = Button(tr(_("Tilbage")), "leave")
    opened = next((section for section in sections if section.id == walk.session.section), None)
    if opened is not None:
        asked = [question for question in opened.questions if walk.visible(question)]
        rows = tuple((Button(shortened(tr(question.ask), SHORT_LABEL), f"eq.{question.id}"),) for question in asked)
        return Message("", tr(_("Hvilket svar vil du rette?")), tr(opened.title), (*rows, (leave,)))
    rows = tuple((Button(tr(section.title), f"es.{section.id}"),) for section in page_of(sections, walk.session.page))
    last = (leave, *turn_buttons(len(sections), walk.session.page, walk.setting))
    return Message("", tr(_("Hvor står det svar, du vil rette?")), rows=(*rows, last))


def sections_view(walk: Walk) -> Message:
    """Which sections to send, with the ones chosen last time ticked."""
    tr = walk.setting.tr
    sections = walk.dialogue.definition.sections
    chosen = chosen_sections(walk)
    rows = tuple((Button(f"☑ {tr(section.title)}", f"off.{section.id}") if section.id in chosen
                  else Button(f"☐ {tr(section.title)}", f"on.{section.id}"),)
                 for section in page_of(sections, walk.session.page))
    last = (*turn_buttons(len(sections), walk.session.page, walk.setting), Button(tr(_("Færdig")), "send"))
    text = tr(_("Kun de afsnit, du har sat flueben ved, bliver sendt."))
    return Message(text, tr(_("Hvad vil du sende?")), rows=(*rows, last, (Button(tr(_("Tilbage")), "leave"),)))


def chosen_sections(walk: Walk) -> tuple[str, ...]:
    """The sections that would be sent now, in their order. A section new to the dialogue is not among chosen ones."""
    chosen = walk.session.chosen
    return tuple(section.id for section in walk.dialogue.definition.sections if chosen is None or section.id in chosen)


def confirm_view(walk: Walk) -> Message:
    """The last question before anything leaves the citizen's hands."""
    tr = walk.setting.tr
    titles = [tr(s.title) for s in walk.dialogue.definition.sections if s.id in chosen_sections(walk)]
    everything = len(titles) == len(walk.dialogue.definition.sections)
    listed = "\n".join(f"• {title}" for title in titles)
    what = tr(_("Du sender alle dine svar.")) if everything else f"{tr(_('Du sender det her:'))}\n{listed}"
    text = f"{what}\n\n{tr(_('Din sagsbehandler kan læse det og gemme det i din sag.'))}"
    rows = ((Button(tr(_("Ja, send")), "confirm"),), (Button(tr(_("Nej, ikke endnu")), "leave"),))
    return Message(text, tr(_("Vil du sende nu?")), rows=rows)


def sent_view(walk: Walk) -> Message:
    """The receipt, with its date, and how to change something."""
    tr = walk.setting.tr
    when = danish_moment(datetime.fromisoformat(walk.session.sent_at), language=walk.setting.language)
    lead = tr(_("Sendt {when}"), when=when)
    text = tr(_("Din sagsbehandler kan nu læse det, du har sendt. Vil du ændre noget? Ret svaret, og send igen."))
    rows = (
        (Button(tr(_("Få en kopi")), "copy"), Button(tr(_("Ret et svar")), "edit")),
        (Button(tr(_("Hvad nu?")), "m.hvadnu"), Button(tr(_("Menu")), "m.menu")),
    )
    return Message(text, lead, rows=rows)
