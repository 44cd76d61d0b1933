"""The wheel as its citizen keeps it: which areas, what they are called, what is asked, and what is laid away."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.conversation import Conversation
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.machine import START
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import to_menu
from afsaet.flows.paging import fitting
from afsaet.flows.state.session import Answer, Session
from afsaet.measures.areas import Area
from afsaet.measures.effects import WheelChanged
from afsaet.measures.hjulet import CHOICE, as_text
from afsaet.measures.pages import mine, ways
from afsaet.measures.progress import line
from afsaet.measures.wheel import CHOOSE, Refused, Wheel, label_of, link, restore, retire

AREAS, NAME, QUESTION = "omraader", "hjul_navn", "hjul_spoergsmaal"
ASKED = {NAME: "navnet", QUESTION: "spoergsmaalet"}
LEAD = _("Mit hjul")
PRIVATE = _("Hjulet handler om private ting. Lav det sammen med din sagsbehandler, næste gang I taler sammen.")
GOAL_ID = 8  # characters of a part-goal's id on a button


def wheel_page(visit: Visit) -> Page:
    """The wheel; or by the argument: "vaelg" and "igen", or "<what>.<area>" and, for a part-goal, its id."""
    setting, wheel = visit.setting, mine.wheel(visit)
    if mine.closed(setting):
        rows = ((ways.to_development(setting), to_menu(setting)),)
        return Page(Message(setting.tr(PRIVATE), setting.tr(LEAD), rows=rows), visit.conversation)
    what, _dot, rest = visit.argument.partition(".")
    if what == "vaelg":
        return _asked(visit, CHOICE, AREAS, "", _ticked(wheel, visit))
    if what == "igen" and CHOICE in visit.conversation.sessions:
        return Page(Message(), visit.conversation, enter=CHOICE)
    if what == "lagt":
        return Page(_laid_away(visit, wheel), visit.conversation)
    area_id, _dot, goal = rest.partition(".")
    area = next((each for each in wheel.areas if each.id == area_id), None)
    if area is None:
        return Page(overview(visit, wheel), visit.conversation)
    return _about(visit, wheel, area, what, goal)


def _about(visit: Visit, wheel: Wheel, area: Area, what: str, goal: str) -> Page:
    if what in ("navn", "spm"):
        dialogue = NAME if what == "navn" else QUESTION
        return _asked(visit, dialogue, ASKED[dialogue], area.id)
    if what in ("vaek", "op"):
        if area.retired == (what == "vaek"):
            return Page(_one(visit, area), visit.conversation)
        changed = retire(wheel, area.id) if what == "vaek" else restore(wheel, area.id)
        note = _("Området er lagt væk. Tallene er gemt.") if what == "vaek" else _("Området er med i dit hjul igen.")
        return kept(visit, wheel, changed, area.id, note)
    if what == "m" and goal:
        tied = next((part.id for part in mine.part_goals(visit) if part.id[:GOAL_ID] == goal), None)
        return kept(visit, wheel, link(wheel, area.id, tied), area.id, _("Det er gemt."))
    if what == "m":
        return Page(_goals(visit, area), visit.conversation)
    return Page(_one(visit, area), visit.conversation)


def kept(visit: Visit, wheel: Wheel, changed: Wheel | Refused, area_id: str, note: str) -> Page:
    """The area as it is from now on; or why nothing has been changed."""
    tr = visit.setting.tr
    if isinstance(changed, Refused):
        message = _one(visit, wheel.area(area_id))
        return Page(replace(message, note=tr(changed.why)), visit.conversation)
    message = _one(visit, changed.area(area_id))
    return Page(replace(message, note=tr(note)), visit.conversation, (WheelChanged(changed),))


def overview(visit: Visit, wheel: Wheel, note: str = "") -> Message:
    """The areas on the wheel, and the ways to change it."""
    setting, tr = visit.setting, visit.setting.tr
    choose = Button(tr(_("Vælg områder")), f"{ways.HERE}.hjul.vaelg")
    rows: Rows = tuple((Button(fitting(label_of(area, setting)), f"{ways.HERE}.hjul.se.{area.id}"),)
                       for area in wheel.active)
    away = Button(tr(_("Lagt væk")), f"{ways.HERE}.hjul.lagt")
    begin = Button(tr(_("Sæt tal på")), f"{ways.HERE}.begynd.hjulet")
    more = (choose, away) if _away(visit, wheel) else (choose,)
    rows = (*rows, *(((begin,),) if wheel.ready else ()), more, (ways.to_development(setting), to_menu(setting)))
    text = tr(_("Tryk på et område for at ændre det. Navnet og spørgsmålet er dit eget.")) if wheel.ready else \
        tr(CHOOSE.why)
    return Message(text, tr(LEAD), note, rows)


def _away(visit: Visit, wheel: Wheel) -> list[Area]:
    """What the citizen has had numbers for or worded, and laid away. Those never chosen are not that."""
    fresh = {area.id: area for area in Wheel().areas}
    return [area for area in wheel.areas
            if area.retired and (area != fresh.get(area.id) or line(mine.rounds(visit), area.id))]


def _laid_away(visit: Visit, wheel: Wheel) -> Message:
    setting = visit.setting
    rows = tuple((Button(fitting(label_of(area, setting)), f"{ways.HERE}.hjul.se.{area.id}"),)
                 for area in _away(visit, wheel))
    text = setting.tr(_("Tryk på et område for at tage det op igen. Tallene fra før er gemt."))
    return Message(text, setting.tr(_("Lagt væk")), rows=(*rows, (ways.to_wheel(setting), to_menu(setting))))


def _one(visit: Visit, area: Area) -> Message:
    """All about one area, with what can be done with it."""
    setting, tr = visit.setting, visit.setting.tr
    start = f"{ways.HERE}.hjul"
    text = [tr(_("Jeg spørger: {question}"), question=tr(as_text(area.question)))] if area.question else []
    low, high = tr(as_text(area.low)), tr(as_text(area.high))
    text.append(tr(_("0 er {low}. 10 er {high}."), low=low, high=high))
    numbers = ", ".join(str(point.number) for point in line(mine.rounds(visit), area.id))
    text += [tr(_("Dine tal til nu: {numbers}"), numbers=numbers)] if numbers else []
    goal = next((part.text for part in mine.part_goals(visit) if part.id == area.goal_id), "")
    text += [tr(_("Hører til dit delmål: {words}"), words=goal)] if goal else []
    turn = Button(tr(_("Tag det op igen")), f"{start}.op.{area.id}") if area.retired else \
        Button(tr(_("Læg det væk")), f"{start}.vaek.{area.id}")
    tie = ((Button(tr(_("Knyt det til et delmål")), f"{start}.m.{area.id}"),),) if mine.part_goals(visit) else ()
    rows = ((Button(tr(_("Giv det et andet navn")), f"{start}.navn.{area.id}"),),
            (Button(tr(_("Skriv et andet spørgsmål")), f"{start}.spm.{area.id}"),), *tie, (turn,),
            (ways.to_wheel(setting), to_menu(setting)))
    return Message("\n\n".join(text), label_of(area, setting), rows=rows)


def _goals(visit: Visit, area: Area) -> Message:
    setting = visit.setting
    start = f"{ways.HERE}.hjul.m.{area.id}"
    rows = tuple((Button(fitting(part.text), f"{start}.{part.id[:GOAL_ID]}"),) for part in mine.part_goals(visit))
    none = Button(setting.tr(_("Ikke til noget delmål")), f"{start}.nej")
    ask = setting.tr(_("Hvilket delmål hører området til?"))
    return Message(ask, label_of(area, setting), rows=(*rows, (none,), (ways.to_wheel(setting), to_menu(setting))))


def _ticked(wheel: Wheel, visit: Visit) -> Answer | None:
    """The areas there are now, as an answer that can be changed."""
    chosen = wheel.active
    if not chosen or CHOICE not in visit.library.dialogues:
        return None
    dialogue = visit.library.dialogues[CHOICE]
    ask, at = visit.setting.danish(dialogue.questions[AREAS].ask), visit.setting.now.isoformat(timespec="seconds")
    return Answer("answered", ask, at, dialogue.revision, tuple(area.id for area in chosen),
                  "\n".join(area.label for area in chosen))


def _asked(visit: Visit, dialogue: str, question: str, about: str, answer: Answer | None = None) -> Page:
    """On to a question that the citizen answers in their own words. The buttons of an earlier walk are old then."""
    if dialogue not in visit.library.dialogues:
        return Page(overview(visit, mine.wheel(visit)), visit.conversation)
    session = replace(_empty(visit, dialogue), state=question, about=about,
                      answers={question: answer} if answer else {})
    conversation = replace(visit.conversation.with_session(session), ask=visit.conversation.ask + 1)
    return Page(Message(), conversation, enter=dialogue)


def emptied(visit: Visit, dialogue: str) -> Conversation:
    """The conversation back in the main dialogue, with nothing left of what was written in that one."""
    return replace(visit.conversation.with_session(_empty(visit, dialogue)), dialogue=visit.library.main)


def _empty(visit: Visit, dialogue: str) -> Session:
    return Session(dialogue, visit.library.dialogues[dialogue].revision, state=START)
