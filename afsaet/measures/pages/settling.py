"""What was written of a goal, among the citizen's goals: new, or in place of what stood there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from afsaet.flows.library import Visit
from afsaet.flows.state.session import Session
from afsaet.flows.state.walk import Walk
from afsaet.measures.goals import Goal, PartGoal, change, new_id
from afsaet.measures.pages.own_goals import MAIN_GOAL, PART_GOAL, goals_of, main_goal, part_of, with_part

FIRST: Mapping[str, str] = {MAIN_GOAL: "hovedmaal", PART_GOAL: "delmaal"}  # the question for the goal itself
PURPOSE: Mapping[str, str] = {MAIN_GOAL: "hovedmaal_opnaa", PART_GOAL: "delmaal_opnaa"}
FIELDS: Mapping[str, str] = {
    "does": "delmaal_goer", "who": "delmaal_hvem", "three_months": "delmaal_tre", "six_months": "delmaal_seks",
}  # fmt: skip


def draft_of(visit: Visit) -> Session | None:
    """The walk in which something has been written that is not among the goals yet."""
    for dialogue in FIRST:
        session = visit.conversation.sessions.get(dialogue)
        if session is None or dialogue not in visit.library.dialogues:
            continue
        if settled(visit, dialogue)[0] != goals_of(visit):
            return session
    return None


def settled(visit: Visit, dialogue: str) -> tuple[tuple[Goal, ...], str]:
    """The goals once what was written in this dialogue is among them, and the id of that goal; empty for nothing."""
    session = visit.conversation.sessions[dialogue]
    walk = Walk(visit.library.dialogues[dialogue], session, visit.setting)
    said = {name: " ".join(" ".join(part.text for part in answer.parts).split())
            for name, answer in session.answers.items()
            if answer.state == "answered" and name in walk.dialogue.questions
            and walk.branch_open(walk.dialogue.questions[name])}
    first, purpose = said.get(FIRST[dialogue], ""), said.get(PURPOSE[dialogue], "")
    if not first:
        return goals_of(visit), ""
    text, offer = (purpose, first) if purpose else (first, "")
    return _main(visit, text, offer) if dialogue == MAIN_GOAL else _part(visit, session.about, text, offer, said)


def _main(visit: Visit, text: str, offer: str) -> tuple[tuple[Goal, ...], str]:
    """Other words are shown to nobody until the citizen says so, and the old ones are kept."""
    goal = main_goal(visit) or Goal(new_id("h", visit.setting.now, ()), "")
    if text != goal.text:
        goal = replace(goal, text=text, shared=False, earlier=(*goal.earlier, *([goal.text] if goal.text else [])))
    return (replace(goal, offer=offer), *goals_of(visit)[1:]), goal.id


def _part(visit: Visit, about: str, text: str, offer: str,
          said: Mapping[str, str]) -> tuple[tuple[Goal, ...], str]:
    today = visit.setting.now.date()
    before = part_of(visit, about) or PartGoal(new_id("d", visit.setting.now, goals_of(visit)), text, today)
    beside = {name: said.get(question, "") for name, question in FIELDS.items()}
    part = before if text == before.text else change(before, text, today)
    part = replace(part, offer=offer, does=beside["does"], who=beside["who"], three_months=beside["three_months"],
                   six_months=beside["six_months"])
    # Words that nobody has been shown yet are the citizen's own until they say so.
    part = part if part == before else replace(part, shared=False)
    return with_part(visit, part), part.id
