"""Beginning a round, or not: straight to its first question, and about a meeting only once."""

from __future__ import annotations

from collections.abc import Mapping

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Message
from afsaet.flows.pages.page import to_menu
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
TOO_LATE = _("Det er længe siden, mødet var. Derfor spørger jeg ikke om det mere.")


def begun(visit: Visit, terms: Terms) -> Page:
    """The first question of a round, or where one was left. A wheel without areas is chosen first; about a meeting
    there is one round, for as long as its answer counts."""
    measure: Measure | None = next((each for each in TITLES if each == visit.argument), None)
    if measure == "hjulet" and not mine.wheel(visit).ready:
        return wheel_page(visit)
    # What may not be asked here is for the talk, and no word says that it will be asked.
    open_here = measure is not None and may_show(measure, mine.wheel(visit), visit.setting)
    if measure in ABOUT_MEETINGS and open_here and (why := why_not(visit, measure, terms)):
        return _said(visit, why, TITLES[measure])
    return Page(Message(), visit.conversation, enter=visit.argument)


def why_not(visit: Visit, measure: Measure, terms: Terms) -> str:
    """Why the citizen is not asked about the latest meeting of that sort, in Danish; empty where they may be."""
    meeting, now = mine.latest_asked_about(visit, measure), visit.setting.now
    if meeting is None:
        return NOTHING_HELD[measure]
    if any(each.at >= meeting.end for each in counting(mine.rounds(visit), measure)):
        return DONE[measure]
    late = measure == "tilfredshed" and (now.date() - meeting.wall.date()).days > terms.satisfaction_days
    return TOO_LATE if late else ""


def not_now(visit: Visit) -> Page:
    """Whoever does not want to is met with nothing but that."""
    return _said(visit, LATER, _("Ikke nu"))


def _said(visit: Visit, text: str, lead: str) -> Page:
    setting = visit.setting
    rows = ((ways.to_development(setting), to_menu(setting)),)
    return Page(Message(setting.tr(text), setting.tr(lead), rows=rows), visit.conversation)
