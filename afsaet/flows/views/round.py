"""A round around its questions: what it is, the numbers as they stand, and that they are kept."""

from __future__ import annotations

from dataclasses import dataclass

from afsaet.flows.kinds.numbers import in_words
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.paging import shortened
from afsaet.flows.setting import Setting
from afsaet.flows.state.coverage import missing
from afsaet.flows.state.rounds import for_the_talk
from afsaet.flows.state.walk import Walk
from afsaet.flows.views.intro import round_intro
from afsaet.flows.views.overview import LONG
from afsaet.flows.views.question import answer_words

ANSWERS = _("Dine svar")
SHOW, KEEP = _("Gem og vis til min sagsbehandler"), _("Gem kun til mig")


def round_start_view(walk: Walk) -> Message:
    """What the round is about. One whose questions may not pass this channel is left for the next talk."""
    tr = walk.setting.tr
    title, menu = tr(walk.dialogue.definition.title), Button(tr(_("Menu")), "m.menu")
    if for_the_talk(walk):
        text = tr(_("Spørgsmålene er private. Tag dem med din sagsbehandler, næste gang I taler sammen."))
        return Message(text, title, rows=((menu,),))
    return Message(round_intro(walk), title, rows=((Button(tr(_("Begynd")), "begin"),), (menu,)))


def round_summary_view(walk: Walk) -> Message:
    """Every answer in a line, and the ways to finish: the citizen alone decides who sees it, and may keep what was
    asked along with it to themselves."""
    if for_the_talk(walk):
        return round_start_view(walk)
    tr = walk.setting.tr
    lacking, along, private = missing(walk), _along(walk), is_private(walk)
    lines = [line for question in walk.visible_questions()
             if (line := _line(walk, question.id, own=not private and question.id in along.own))]
    text = [tr(walk.dialogue.definition.outro), "\n".join(lines)]
    if lacking and lines:
        text.append(tr(_("Du har ikke svaret på det hele. Så er svarene kun til dig, og jeg tegner dem ikke med.")))
    shows, keeps = Button(tr(SHOW), "show"), Button(tr(KEEP), "keep")
    apart = [] if private or not along.shown else [(Button(without(along.shown, walk.setting), "alone"),)]
    rows: list[tuple[Button, ...]] = [*([] if private else [(shows,)]), *apart, (keeps,)] if lines else []
    if lacking and any(walk.visible(question) for question in lacking):
        rows.insert(0, (Button(tr(_("Svar på resten")), "go"),))
    rows.append((*((Button(tr(_("Ret et svar")), "edit"),) if lines else ()), Button(tr(_("Menu")), "m.menu")))
    return Message("\n\n".join(part for part in text if part), tr(ANSWERS), rows=tuple(rows))


def is_private(walk: Walk) -> bool:
    """Whether nobody else is shown the round. Half a round never is, so there is no button that says so."""
    return bool(missing(walk)) or walk.session.dialogue in walk.setting.facts.get("kept_private", ())


@dataclass(frozen=True, slots=True)
class _Along:
    """What was asked along with the round. own: the questions whose answers only the citizen sees. shown: how many
    answers are shown with the round where it is."""

    own: frozenset[str]
    shown: int


def _along(walk: Walk) -> _Along:
    """They are followed together, so some of them are shown to nobody."""
    asked = [question.id for question in walk.along()]
    kept = bool(set(asked) & set(walk.setting.facts.get("kept_items", ())))
    given = [name for name in asked if name in walk.session.answers and walk.session.answers[name].state == "answered"]
    if kept or len(given) < len(asked):
        return _Along(frozenset(asked), 0)
    return _Along(frozenset(), len(asked))


def without(number: int, setting: Setting) -> str:
    """The words on the button that shows the round without the so many answers that were asked for along with it."""
    if number == 1:
        return setting.tr(_("Gem og vis uden den sidste"))
    return setting.tr(_("Gem og vis uden de {number} sidste"), number=in_words(number, setting.language))


def _line(walk: Walk, name: str, *, own: bool) -> str:
    question, answer = walk.dialogue.questions[name], walk.session.answers.get(name)
    if answer is None or answer.state != "answered":
        return ""
    words = shortened(" ".join(answer_words(question, answer, walk.setting).split()), LONG)
    line = f"• {walk.setting.tr(question.label or question.ask)}: {words}"
    return walk.setting.tr(_("{line} (kun til dig)"), line=line) if own else line


def round_done_view(walk: Walk) -> Message:
    """That the round is kept."""
    tr = walk.setting.tr
    rows: Rows = ((Button(tr(_("Hvad nu?")), "m.hvadnu"), Button(tr(_("Menu")), "m.menu")),)
    return Message(tr(_("Dine svar er gemt.")), tr(_("Tak")), rows=rows)
