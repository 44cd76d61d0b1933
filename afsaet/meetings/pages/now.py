"""Hvad nu? as a page: the facts that the three paragraphs are put together from."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.machine import START
from afsaet.flows.message import Button
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.state.walk import Walk, follow
from afsaet.meetings.mine import coming, held, waiting
from afsaet.meetings.pages.meetings import mine_of
from afsaet.meetings.pages.own_list import tasks_of
from afsaet.meetings.place import Place
from afsaet.meetings.process import Process
from afsaet.meetings.process import follow as still_there
from afsaet.meetings.whatnow import Now, Plan, what_now


def now(visit: Visit, process: Process) -> Page:
    """The answer, with the ways to what it speaks of."""
    setting = visit.setting
    found = coming(mine_of(visit), setting.now)
    tasks = tasks_of(visit)
    facts = Now(_step(visit, process), plan_of(visit), held=held(mine_of(visit), setting.now), tasks=waiting(tasks))
    if found:
        facts = replace(facts, meeting=found[0].meeting, answer=found[0].answer,
                        booked={mine.meeting.kind for mine in found})
    if len(found) > 1 and found[1].meeting.wall.date() == found[0].meeting.wall.date():
        facts = replace(facts, later=found[1].meeting, later_answer=found[1].answer)
    first = (Button(setting.tr(_("Mine møder")), "m.moede"),) if found else ()
    rows = ((*first, Button(setting.tr(_("Min liste")), "m.liste")), (go_on(setting), to_menu(setting)))
    return Page(what_now(process, facts, setting).message(setting, rows), visit.conversation)


def _step(visit: Visit, process: Process) -> str:
    place: Place | None = visit.setting.facts.get("place")
    return still_there(process, place, visit.setting.now).step if place else process.order[0]


def plan_of(visit: Visit) -> Plan:
    """How far the citizen's plan has come."""
    main = visit.library.main
    session = visit.conversation.sessions.get(main)
    if session is None:
        return "none"
    if session.versions:
        return "sent"
    if session.state == START and not session.answers:
        return "none"
    dialogue = visit.library.dialogues[main]
    walk = Walk(dialogue, follow(dialogue, session, visit.setting), visit.setting)
    return "begun" if walk.pending() else "answered"
