"""How a part-goal goes: the small question on its day or whenever the citizen wants, and the reply to the answer."""

from __future__ import annotations

from typing import cast

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import to_menu
from afsaet.measures.effects import GoalsChanged
from afsaet.measures.goals import ASK, REPLIES, STATUS, PartGoal, Status, expected_at, is_due, next_check, note
from afsaet.measures.pages.goal import SEEN
from afsaet.measures.pages.own_goals import HERE, part_of, parts_of, to_goals, with_goals, with_part
from afsaet.meetings.words import day_words

NOTHING = _("Der er ikke noget at svare på lige nu.")


def asked(visit: Visit, part_id: str) -> Page | None:
    """The question about this part-goal; without an id, about the first whose day has come."""
    part = part_of(visit, part_id) if part_id else _first_due(visit)
    if part is None and not part_id:
        rows: Rows = ((to_goals(visit.setting), to_menu(visit.setting)),)
        return Page(Message(visit.setting.tr(NOTHING), visit.setting.tr(_("Tak")), rows=rows), visit.conversation)
    if part is None or not part.is_open:
        return None
    return Page(_question(visit, part), visit.conversation)


def answered(visit: Visit, rest: str) -> Page | None:
    """What is said of a part-goal. rest: its id and the status. Other words come first where it has changed."""
    part_id, _dot, word = rest.partition(".")
    part = part_of(visit, part_id)
    if part is None or word not in STATUS:
        return None
    status, setting, tr = cast(Status, word), visit.setting, visit.setting.tr
    if status == "aendret":
        rows: Rows = ((Button(tr(_("Skriv, hvad det er nu")), f"{HERE}.nyt.{part.id}"),),
                      (to_goals(setting), to_menu(setting)))
        return Page(Message(f"»{part.text}«", tr(REPLIES[status]), rows=rows), visit.conversation)
    said = note(part, status, setting.now.date())
    goals = with_part(visit, said)
    after = with_goals(visit, goals)
    day = next_check(said)
    text = [f"»{part.text}«", tr(_("Jeg spørger til det {day}."), day=day_words(day, setting)) if day else "",
            tr(SEEN) if part.shared else ""]
    more: Rows = ((Button(tr(_("Skriv et nyt delmål")), f"{HERE}.ny"),),) if not said.is_open else ()
    following: Rows = ((Button(tr(_("Det næste delmål")), f"{HERE}.tjek"),),) if _first_due(after) else ()
    rows = (*following, *more, (to_goals(setting), to_menu(setting)))
    message = Message("\n\n".join(filter(None, text)), tr(REPLIES[status]), rows=rows)
    return Page(message, visit.conversation, (GoalsChanged(goals),))


def _first_due(visit: Visit) -> PartGoal | None:
    return next((part for part in parts_of(visit) if is_due(part, visit.setting.now.date())), None)


def _question(visit: Visit, part: PartGoal) -> Message:
    setting, tr = visit.setting, visit.setting.tr
    today = setting.now.date()
    expected = expected_at(part, today)
    text = [f"»{part.text}«", *([tr(_("Det ville du kunne se: {words}"), words=expected)] if expected else [])]
    buttons = [Button(tr(label), f"{HERE}.svar.{part.id}.{status}") for status, label in STATUS.items()]
    rows: Rows = (tuple(buttons[:2]), tuple(buttons[2:]), (to_goals(setting), to_menu(setting)))
    return Message("\n\n".join(text), tr(ASK), rows=rows)
