"""One goal: all that stands of it, who sees it, the area of the wheel it belongs to, and taking it away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import to_menu
from afsaet.flows.paging import fitting
from afsaet.flows.setting import Setting
from afsaet.measures.effects import GoalsChanged
from afsaet.measures.goals import Goal, PartGoal
from afsaet.measures.pages import mine, ways
from afsaet.measures.pages.hjul import GOAL_ID
from afsaet.measures.pages.own_goals import (
    HERE,
    goals_of,
    how_it_goes,
    main_goal,
    part_of,
    to_goals,
    with_goals,
    with_part,
)  # fmt: skip
from afsaet.measures.wheel import label_of
from afsaet.meetings.words import day_words

SEEN, UNSEEN = _("Din sagsbehandler kan se det."), _("Din sagsbehandler kan ikke se det.")
FIELDS = {
    "does": _("Det gør jeg: {words}"), "who": _("Hvem gør det: {words}"), "three_months": _("Om tre måneder: {words}"),
    "six_months": _("Om seks måneder: {words}"), "offer": _("Det kan hjælpe mig: {words}"),
}  # fmt: skip


def shown(visit: Visit, goal_id: str, note: str = "") -> Page | None:
    """The goal of this id. note: said above, in Danish."""
    part = part_of(visit, goal_id)
    if part is not None:
        return Page(_part_message(visit, part, note), visit.conversation)
    main = main_goal(visit)
    return Page(_main_message(visit, main, note), visit.conversation) if main and main.id == goal_id else None


def sharing(visit: Visit, goal_id: str, *, share: bool) -> Page | None:
    """From now on the caseworker sees the goal, or sees it no more."""
    found = part_of(visit, goal_id) or _main(visit, goal_id)
    if found is None or found.shared == share:
        return shown(visit, goal_id)
    changed = replace(found, shared=share)
    goals = with_part(visit, changed) if isinstance(changed, PartGoal) else (changed, *goals_of(visit)[1:])
    note = _("Din sagsbehandler kan se det nu.") if share else _("Fra nu af kan din sagsbehandler ikke se det.")
    page = shown(with_goals(visit, goals), goal_id, note)
    return replace(page, effects=(GoalsChanged(goals),)) if page else None


def removed(visit: Visit, rest: str) -> Page | None:
    """Asked about once; with "<id>.ja" the goal is gone. rest: the id, and the answer."""
    goal_id, _dot, yes = rest.partition(".")
    found, setting = part_of(visit, goal_id) or _main(visit, goal_id), visit.setting
    if found is None:
        return None
    tr = setting.tr
    if yes != "ja":
        rows: Rows = ((Button(tr(_("Ja, slet det")), f"{HERE}.slet.{goal_id}.ja"),),
                      (Button(tr(_("Nej, behold det")), f"{HERE}.se.{goal_id}"),))
        ask = Message(f"»{found.text}«", tr(_("Vil du slette målet og det, du har skrevet om det?")), rows=rows)
        return Page(ask, visit.conversation)
    goals = _without(visit, found)
    gone = Message(tr(_("Målet er slettet.")), tr(_("Mine mål")), rows=((to_goals(setting), to_menu(setting)),))
    return Page(gone, visit.conversation, (GoalsChanged(goals),))


def on_the_wheel(visit: Visit, part_id: str) -> Page | None:
    """Which area of the wheel the part-goal belongs to."""
    part, setting = part_of(visit, part_id), visit.setting
    if part is None or not mine.wheel(visit).ready:
        return None
    rows: Rows = tuple((Button(fitting(("✓ " if area.goal_id == part.id else "") + label_of(area, setting)),
                               f"{ways.HERE}.hjul.m.{area.id}.{part.id[:GOAL_ID]}"),)
                       for area in mine.wheel(visit).active)
    ask = setting.tr(_("Hvilket område på dit hjul hører delmålet til?"))
    message = Message(part.text, ask, rows=(*rows, (to_goals(setting), to_menu(setting))))
    return Page(message, visit.conversation)


def _main(visit: Visit, goal_id: str) -> Goal | None:
    main = main_goal(visit)
    return main if main is not None and main.id == goal_id and main.text else None


def _without(visit: Visit, found: Goal | PartGoal) -> tuple[Goal, ...]:
    """The goals without this one. Part-goals outlive the main goal they led to."""
    if isinstance(found, PartGoal):
        kept = tuple(goal.without_part(found.id) for goal in goals_of(visit))
    else:
        kept = (Goal(found.id, "", found.parts), *goals_of(visit)[1:])
    return tuple(goal for goal in kept if goal.text or goal.parts)


def _main_message(visit: Visit, main: Goal, note: str) -> Message:
    setting, tr = visit.setting, visit.setting.tr
    text = [main.text, *([tr(FIELDS["offer"], words=main.offer)] if main.offer else [])]
    text += [tr(_("Før skrev du: {words}"), words=words) for words in main.earlier[-1:]]
    first = () if main.parts else ((Button(tr(_("Skriv et delmål")), f"{HERE}.ny"),),)
    rows: Rows = (*first, (Button(tr(_("Skriv det om")), f"{HERE}.hoved"),), (share_button(main, setting),),
                  (Button(tr(_("Slet det")), f"{HERE}.slet.{main.id}"),), (to_goals(setting), to_menu(setting)))
    return Message("\n\n".join([*text, tr(SEEN if main.shared else UNSEEN)]), tr(_("Mit hovedmål")), tr(note), rows)


def _part_message(visit: Visit, part: PartGoal, note: str) -> Message:
    setting, tr = visit.setting, visit.setting.tr
    areas = [label_of(area, setting) for area in mine.wheel(visit).active if area.goal_id == part.id]
    text = [part.text, "\n".join(lines_of(part, setting)), how_it_goes(part, setting)]
    text += [tr(_("På dit hjul: {areas}"), areas=", ".join(areas))] if areas else []
    text += [tr(_("Før {day} skrev du: {words}"), day=day_words(each.on, setting), words=each.text)
             for each in part.history if each.text]
    text.append(tr(SEEN if part.shared else UNSEEN))
    return Message("\n\n".join(filter(None, text)), tr(_("Mit delmål")), tr(note), _part_rows(visit, part))


def _part_rows(visit: Visit, part: PartGoal) -> Rows:
    setting, tr = visit.setting, visit.setting.tr
    ask = Button(tr(_("Hvordan går det?")), f"{HERE}.tjek.{part.id}")
    again = Button(tr(_("Tag det op igen")), f"{HERE}.svar.{part.id}.paa_vej")
    wheel = (Button(tr(_("Knyt det til mit hjul")), f"{HERE}.hjul.{part.id}"),)
    return (
        (ask if part.is_open else again, Button(tr(_("Ret det")), f"{HERE}.ret.{part.id}")),
        *((wheel,) if part.is_open and mine.wheel(visit).ready else ()), (share_button(part, setting),),
        (Button(tr(_("Slet det")), f"{HERE}.slet.{part.id}"),), (to_goals(setting), to_menu(setting)),
    )


def lines_of(part: PartGoal, setting: Setting) -> Iterator[str]:
    """What was written beside the goal itself, a line each."""
    for field, label in FIELDS.items():
        if words := getattr(part, field):
            yield setting.tr(label, words=words)


def share_button(found: Goal | PartGoal, setting: Setting) -> Button:
    """Shows the goal to the caseworker, or no more."""
    if found.shared:
        return Button(setting.tr(_("Vis det ikke mere")), f"{HERE}.skjul.{found.id}")
    return Button(setting.tr(_("Vis det til min sagsbehandler")), f"{HERE}.vis.{found.id}")
