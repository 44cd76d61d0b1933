"""Beginning a round, or not: straight to its first question, and about a meeting only once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from afsaet.flows.conversation import Conversation
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Message
from afsaet.flows.pages.page import to_menu
from afsaet.flows.state.rounds import dropped, is_over
from afsaet.measures.asking import TALK_IS_FAR
from afsaet.measures.items import Measure
from afsaet.measures.pages import mine, ways
from afsaet.measures.pages.hjul import wheel_page
from afsaet.measures.rounds import counting
from afsaet.measures.showing import TITLES, may_show
from afsaet.measures.terms import Terms

LATER = _("Det er helt i orden. Vil du en anden dag, så finder du det under Udvikling.")
ABOUT_MEETINGS: tuple[Measure, ...] = ("samtaletjek", "tilfredshed")
NOTHING_HELD: Mapping[Measure, str] = {
    "samtaletjek": _("I har ikke talt sammen endnu. Jeg spørger, når I har."),
    "tilfredshed": _("Mødet har ikke været endnu. Jeg spørger, når det har."),
}
DONE: Mapping[Measure, str] = {
    "samtaletjek": _("Du har allerede svaret om den sidste samtale. Tak for det. Jeg spørger igen efter den næste."),
    "tilfredshed": _("Du har allerede svaret om mødet. Tak for det."),
}
TOO_LATE: Mapping[Measure, str] = {
    "samtaletjek": _("Det er længe siden, I talte sammen. Jeg spørger igen efter den næste samtale."),
    "tilfredshed": _("Det er længe siden, mødet var. Derfor spørger jeg ikke om det mere."),
}


def begun(visit: Visit, terms: Terms) -> Page:
    """The first question of a round, or where one was left. A wheel without areas is chosen first; about a meeting
    there is one round, for as long as its answer is of use, and one that was left may be finished."""
    measure: Measure | None = next((each for each in TITLES if each == visit.argument), None)
    if measure == "hjulet" and not mine.wheel(visit).ready:
        return wheel_page(visit)
    # What may not be asked here is for the talk, and no word says that it will be asked.
    open_here = measure is not None and may_show(measure, mine.wheel(visit), visit.setting)
    if measure not in ABOUT_MEETINGS or not open_here:
        return Page(Message(), visit.conversation, enter=visit.argument)
    if why := why_not(visit, measure, terms, _left(visit, measure)):
        return _said(visit, why, TITLES[measure])
    return Page(Message(), _about_the_latest(visit, measure), enter=measure)


def _left(visit: Visit, measure: Measure) -> datetime | None:
    """When a round that was left half-way was begun; None where there is none, or its time is over."""
    session = visit.conversation.sessions.get(measure)
    if session is None or is_over(visit.library.dialogues[measure], session, visit.setting):
        return None
    return session.begun


def _about_the_latest(visit: Visit, measure: Measure) -> Conversation:
    """The conversation, in which what was begun about an earlier meeting is given up, as it says nothing of this one.
    Its buttons are old from then on."""
    meeting, begun = mine.latest_asked_about(visit, measure), _left(visit, measure)
    if meeting is None or begun is None or begun >= meeting.end:
        return visit.conversation
    given_up = visit.conversation.with_session(dropped(visit.conversation.sessions[measure]))
    return replace(given_up, ask=given_up.ask + 1)


def why_not(visit: Visit, measure: Measure, terms: Terms, begun: datetime | None = None) -> str:
    """Why the citizen is not asked about the latest meeting of that sort, in Danish; empty where they may be. begun:
    when they began to answer."""
    meeting, now = mine.latest_asked_about(visit, measure), begun or visit.setting.now
    if meeting is None:
        return NOTHING_HELD[measure]
    if any(each.started >= meeting.end for each in counting(mine.rounds(visit), measure)):
        return DONE[measure]
    late = now - meeting.end > TALK_IS_FAR
    if measure == "tilfredshed":
        late = (visit.setting.now.date() - meeting.wall.date()).days > terms.satisfaction_days
    return TOO_LATE[measure] if late else ""


def not_now(visit: Visit) -> Page:
    """Whoever does not want to is met with nothing but that."""
    return _said(visit, LATER, _("Ikke nu"))


def _said(visit: Visit, text: str, lead: str) -> Page:
    setting = visit.setting
    rows = ((ways.to_development(setting), to_menu(setting)),)
    return Page(Message(setting.tr(text), setting.tr(lead), rows=rows), visit.conversation)
