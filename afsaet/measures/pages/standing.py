"""Where the citizen stands: the latest picture, the same in words, and the ways on from there."""

from __future__ import annotations

from collections.abc import Mapping

from afsaet.flows.language import mark as _
from afsaet.flows.library import Opener, Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.setting import Setting
from afsaet.measures.figures import SATISFACTION_DAYS
from afsaet.measures.items import Measure
from afsaet.measures.pages import mine, ways
from afsaet.measures.pages.hjul import wheel_page
from afsaet.measures.pictures import describe
from afsaet.measures.progress import NOTHING_YET
from afsaet.measures.rounds import counting
from afsaet.measures.showing import FOLLOWED, TITLES, attached, content_of, may_show

BEGIN = _("Her kan du se, hvordan det går over tid. Vælg, hvad du vil begynde med.")
PRIVATE = _("Dine tal er private, så jeg viser dem ikke her. Se dem sammen med din sagsbehandler, næste gang I taler "
            "sammen.")
LATER = _("Det er helt i orden. Vil du en anden dag, så finder du det under Udvikling.")
TOO_LATE = _("Det er længe siden, mødet var. Derfor spørger jeg ikke om det mere.")


def standing(visit: Visit, others: Mapping[str, Opener]) -> Page:
    """The measure last used, or the one that the argument names. others: the pages that there are buttons to."""
    setting, wheel = visit.setting, mine.wheel(visit)
    made = [measure for measure in FOLLOWED if counting(mine.rounds(visit), measure)]
    shown = [measure for measure in made if may_show(measure, wheel, setting)]
    asked = visit.argument.removeprefix("se.")
    chosen = next((measure for measure in shown if measure == asked), _latest(visit, shown))
    lead, rows = setting.tr(_("Din udvikling")), _rows(visit, others, shown, chosen)
    content = content_of(chosen, mine.rounds(visit), wheel, setting, mine.marks(visit)) if chosen else None
    if content is None:
        text = setting.tr(PRIVATE if made else BEGIN)
        return Page(Message(text, lead, rows=rows), visit.conversation)
    text = describe(content, setting)
    if chosen and len(counting(mine.rounds(visit), chosen)) < 2:
        text = f"{text}\n\n{setting.tr(NOTHING_YET)}"
    return Page(Message(text, lead, rows=rows, attachment=attached(content, setting)), visit.conversation)


def _latest(visit: Visit, measures: list[Measure]) -> Measure | None:
    """Of these the one with the latest round."""
    for each in reversed(counting(mine.rounds(visit))):
        if each.measure in measures:
            return each.measure
    return None


def _rows(visit: Visit, others: Mapping[str, Opener], shown: list[Measure], chosen: Measure | None) -> Rows:
    setting = visit.setting
    looks = tuple((_look(measure, setting),) for measure in shown if measure != chosen)
    talked = any(meeting.kind != "rehabiliteringsmoede" for meeting in mine.held(visit))
    talk = ((ways.begin("samtaletjek", setting),),) if talked else ()
    met = ((ways.begin("tilfredshed", setting),),) if _may_ask_about_meeting(visit) else ()
    goals = (Button(setting.tr(_("Mine mål")), f"{ways.HERE}.maal"),) if "maal" in others else ()
    return (
        *looks, (ways.begin("trivselstjek", setting), ways.begin("hjulet", setting)), *talk, *met,
        (*goals, ways.to_wheel(setting)), (ways.agreements(setting),), (go_on(setting), to_menu(setting)),
    )


def _may_ask_about_meeting(visit: Visit) -> bool:
    """Whether a main meeting has been lately, and nothing has been said of it yet."""
    days, now = mine.team_meeting_days(visit), visit.setting.now.date()
    since = [(now - each.at.date()).days for each in counting(mine.rounds(visit), "tilfredshed")]
    return days is not None and days <= SATISFACTION_DAYS and min(since, default=days + 1) > days


def _look(measure: Measure, setting: Setting) -> Button:
    title = setting.tr(TITLES[measure])
    return Button(setting.tr(_("Se {title}"), title=title), f"{ways.HERE}.se.{measure}")


def begun(visit: Visit) -> Page:
    """The first question of a round, or where one was left. A wheel without areas is chosen first, and a round about a
    meeting long ago is not asked for any more."""
    measure, setting = visit.argument, visit.setting
    if measure == "hjulet" and not mine.wheel(visit).ready:
        return wheel_page(visit)
    days = mine.team_meeting_days(visit)
    if measure == "tilfredshed" and days is not None and days > SATISFACTION_DAYS:
        rows = ((ways.to_development(setting), to_menu(setting)),)
        return Page(Message(setting.tr(TOO_LATE), setting.tr(TITLES["tilfredshed"]), rows=rows), visit.conversation)
    return Page(Message(), visit.conversation, enter=measure)


def not_now(visit: Visit) -> Page:
    """Whoever does not want to is met with nothing but that."""
    setting = visit.setting
    rows = ((ways.to_development(setting), to_menu(setting)),)
    return Page(Message(setting.tr(LATER), setting.tr(_("Ikke nu")), rows=rows), visit.conversation)
