"""Mine mål: the main goal, the part-goals with how they go and when they are asked about, and the ways from there."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import to_menu
from afsaet.flows.paging import fitting, page_of, shortened, turn_buttons
from afsaet.measures.goals import is_due
from afsaet.measures.pages import ways
from afsaet.measures.pages.own_goals import HERE, how_it_goes, main_goal, parts_of
from afsaet.measures.pages.settling import draft_of

LEAD = _("Mine mål")
SHOWN = 200  # characters of one goal in the list; the whole of it stands on its own page
PRIVATE = _("Dine mål er private, så jeg viser dem ikke her. Tag dem med din sagsbehandler, næste gang I taler sammen.")
FIRST = _("Et hovedmål er det, du gerne vil nå til sidst. Et delmål er et lille skridt på vejen.")
YOURS = _("Din sagsbehandler ser kun de mål, du selv viser.")


def private(visit: Visit) -> Page:
    """That goals may not pass this channel."""
    setting = visit.setting
    rows = ((ways.to_development(setting), to_menu(setting)),)
    return Page(Message(setting.tr(PRIVATE), setting.tr(LEAD), rows=rows), visit.conversation)


def listed(visit: Visit, note: str = "", number: int = 0) -> Page:
    """All the goals. note: said above, in Danish. number: the page of them, from 0."""
    setting, tr = visit.setting, visit.setting.tr
    main, parts = main_goal(visit), parts_of(visit)
    lines = [tr(_("Hovedmål: {words}"), words=shortened(main.text, SHOWN))] if main and main.text else []
    numbered = list(enumerate(parts, start=1))
    lines += [f"{place}. {shortened(part.text, SHOWN)}\n{how_it_goes(part, setting)}"
              for place, part in page_of(numbered, number)]
    text = "\n\n".join(lines or [tr(FIRST), tr(YOURS)])
    rows: Rows = tuple((Button(fitting(f"{place}. {part.text}"), f"{HERE}.se.{part.id}"),)
                       for place, part in page_of(numbered, number))
    turns = tuple(Button(turn.label, f"{HERE}.{turn.action}") for turn in turn_buttons(len(parts), number, setting))
    rows = (*_first(visit), *rows, *((turns,) if turns else ()), *_writing(visit),
            (ways.to_development(setting), to_menu(setting)))
    return Page(Message(text, tr(LEAD), tr(note), rows), visit.conversation)


def _first(visit: Visit) -> Rows:
    """What waits for the citizen: a goal to be asked about, or one half written."""
    tr, today = visit.setting.tr, visit.setting.now.date()
    asks = ((Button(tr(_("Hvordan går det?")), f"{HERE}.tjek"),),)
    goes_on = ((Button(tr(_("Skriv videre")), f"{HERE}.videre"),),)
    due = any(is_due(part, today) for part in parts_of(visit))
    return (*(asks if due else ()), *(goes_on if draft_of(visit) else ()))


def _writing(visit: Visit) -> Rows:
    tr, main = visit.setting.tr, main_goal(visit)
    one_more = Button(tr(_("Skriv et delmål")), f"{HERE}.ny")
    if main and main.text:
        return ((one_more, Button(tr(_("Mit hovedmål")), f"{HERE}.se.{main.id}")),)
    return ((Button(tr(_("Skriv mit hovedmål")), f"{HERE}.hoved"),), (one_more,))
