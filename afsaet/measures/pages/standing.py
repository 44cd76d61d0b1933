"""Where the citizen stands: the latest picture, the same in words, and the ways on from there."""

from __future__ import annotations

from collections.abc import Mapping

from afsaet.flows.language import mark as _
from afsaet.flows.library import Opener, Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.setting import Setting
from afsaet.measures.items import Measure
from afsaet.measures.pages import mine, ways
from afsaet.measures.pages.beginning import ABOUT_MEETINGS, why_not
from afsaet.measures.pictures import describe
from afsaet.measures.progress import NOTHING_YET
from afsaet.measures.rounds import counting
from afsaet.measures.showing import FOLLOWED, TITLES, attached, content_of, may_show
from afsaet.measures.terms import Terms

BEGIN = _("Her kan du se, hvordan det går over tid. Vælg, hvad du vil begynde med.")
PRIVATE = _("Dine tal er private, så jeg viser dem ikke her. Se dem sammen med din sagsbehandler, næste gang I taler "
            "sammen.")


def standing(visit: Visit, others: Mapping[str, Opener], terms: Terms) -> Page:
    """The measure last used, or the one that the argument names. others: the pages that there are buttons to."""
    setting, wheel = visit.setting, mine.wheel(visit)
    made = [measure for measure in FOLLOWED if counting(mine.rounds(visit), measure)]
    shown = [measure for measure in made if may_show(measure, wheel, setting)]
    asked = visit.argument.removeprefix("se.")
    chosen = next((measure for measure in shown if measure == asked), _latest(visit, shown))
    lead, rows = setting.tr(_("Din udvikling")), _rows(visit, others, shown, chosen, terms)
    content = content_of(chosen, mine.rounds(visit), wheel, setting, mine.marks(visit)) if chosen else None
    if content is None:
        text = setting.tr(PRIVATE if made and not shown else BEGIN)
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


def _rows(visit: Visit, others: Mapping[str, Opener], shown: list[Measure], chosen: Measure | None,
          terms: Terms) -> Rows:
    setting = visit.setting
    looks = tuple((_look(measure, setting),) for measure in shown if measure != chosen)
    met = tuple((ways.begin(measure, setting),) for measure in ABOUT_MEETINGS if not why_not(visit, measure, terms))
    goals = (Button(setting.tr(_("Mine mål")), f"{ways.HERE}.maal"),) if "maal" in others else ()
    return (
        *looks, (ways.begin("trivselstjek", setting), ways.begin("hjulet", setting)), *met,
        (*goals, ways.to_wheel(setting)), (ways.agreements(setting),), (go_on(setting), to_menu(setting)),
    )


def _look(measure: Measure, setting: Setting) -> Button:
    title = setting.tr(TITLES[measure])
    return Button(setting.tr(_("Se {title}"), title=title), f"{ways.HERE}.se.{measure}")
