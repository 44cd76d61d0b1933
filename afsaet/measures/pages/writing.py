"""Goals as they are written: the way into the questions, and what comes of the answers.

One goal is written at a time. A half-written one is taken up where it was left; where another is begun first, it is
kept as it stands, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from afsaet.flows.language import mark as _
from afsaet.flows.library import Opener, Page, Visit
from afsaet.flows.machine import EDIT, START, SUMMARY
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import to_menu
from afsaet.flows.state.session import Answer, Part, Session
from afsaet.flows.state.walk import Walk
from afsaet.measures.effects import GoalsChanged
from afsaet.measures.goals import next_check
from afsaet.measures.pages import mine
from afsaet.measures.pages.goal import SEEN, UNSEEN, share_button
from afsaet.measures.pages.goal_list import listed, private
from afsaet.measures.pages.hjul import emptied
from afsaet.measures.pages.own_goals import (
    HERE,
    MAIN_GOAL,
    PART_GOAL,
    goals_of,
    main_goal,
    part_of,
    to_goals,
    with_goals,
)  # fmt: skip
from afsaet.measures.pages.settling import FIELDS, FIRST, PURPOSE, draft_of, settled
from afsaet.meetings.words import day_words


def main_goal_asked(visit: Visit, _rest: str) -> Page | None:
    """The main goal, for the first time or in other words."""
    return _one_more(visit, MAIN_GOAL)


def part_goal_asked(visit: Visit, _rest: str) -> Page | None:
    """One more part-goal."""
    return _one_more(visit, PART_GOAL)


def new_words_asked(visit: Visit, part_id: str) -> Page | None:
    """The part-goal in other words, and what will be seen then. What the citizen does stays unless they change it."""
    return _again(visit, part_id, ("does", "who"), FIRST[PART_GOAL])


def corrected(visit: Visit, part_id: str) -> Page | None:
    """All that was written of the part-goal, to choose what is to be changed."""
    return _again(visit, part_id, ("text", *FIELDS), EDIT)


def taken_up(visit: Visit, _rest: str) -> Page | None:
    """The half-written goal, where it was left."""
    draft = draft_of(visit)
    if draft is None:
        return None
    waits = Walk(visit.library.dialogues[draft.dialogue], draft, visit.setting).first_pending()
    if draft.state == SUMMARY and waits != SUMMARY:
        draft = replace(draft, state=waits)
    elif draft.state in (START, SUMMARY):
        draft = replace(draft, state=FIRST[draft.dialogue])
    return Page(Message(), visit.conversation.with_session(draft), enter=draft.dialogue)


def _one_more(visit: Visit, dialogue: str) -> Page | None:
    """A goal from its first question, or the one of which that much is written already."""
    if dialogue not in visit.library.dialogues:
        return None
    draft = draft_of(visit)
    if draft is not None and draft.dialogue == dialogue and not draft.about:
        return taken_up(visit, "")
    visit, effects = _kept_first(visit, dialogue)
    return _begun(visit, effects, Session(dialogue, visit.library.dialogues[dialogue].revision, state=FIRST[dialogue]))


def _again(visit: Visit, part_id: str, known: Collection[str], state: str) -> Page | None:
    """The questions about a part-goal that there is. known: what of it stands as an answer already, what was left out
    as skipped. state: where the citizen comes in."""
    if PART_GOAL not in visit.library.dialogues:
        return None
    visit, effects = _kept_first(visit, PART_GOAL)
    part = part_of(visit, part_id)
    if part is None:
        return None
    words = {question: getattr(part, name) for name, question in FIELDS.items() if name in known}
    if "text" in known:
        words |= {FIRST[PART_GOAL]: part.offer or part.text, PURPOSE[PART_GOAL]: part.text if part.offer else ""}
    dialogue, setting = visit.library.dialogues[PART_GOAL], visit.setting
    at = setting.now.isoformat(timespec="seconds")
    answers = {question: Answer("answered" if text else "skipped", setting.danish(dialogue.questions[question].ask), at,
                                dialogue.revision, parts=(Part(text),) if text else ())
               for question, text in words.items() if question in dialogue.questions}
    opened = dialogue.sections[FIRST[PART_GOAL]].id if state == EDIT else ""
    return _begun(visit, effects, Session(PART_GOAL, dialogue.revision, state=state, section=opened, about=part.id,
                                          answers=answers))


def _kept_first(visit: Visit, dialogue: str) -> tuple[Visit, tuple[GoalsChanged, ...]]:
    """What has been half written there becomes a goal as it stands."""
    draft = draft_of(visit)
    if draft is None or draft.dialogue != dialogue:
        return visit, ()
    goals, _goal_id = settled(visit, dialogue)
    return with_goals(visit, goals), (GoalsChanged(goals),)


def _begun(visit: Visit, effects: tuple[GoalsChanged, ...], session: Session) -> Page:
    """On to the questions. The buttons of the walk that ends here are old from now on."""
    conversation = replace(visit.conversation.with_session(session), ask=visit.conversation.ask + 1)
    return Page(Message(), conversation, effects, enter=session.dialogue)


def written(visit: Visit) -> Page:
    """The end of the questions: the goal is kept. What may not be shown here stays as it is, half written."""
    dialogue = visit.conversation.dialogue
    if mine.closed(visit.setting):
        return private(replace(visit, conversation=replace(visit.conversation, dialogue=visit.library.main)))
    goals, goal_id = settled(visit, dialogue)
    before, after = goals_of(visit), emptied(visit, dialogue)
    visit = with_goals(replace(visit, conversation=after, argument=""), goals)
    if not goal_id:
        return listed(visit, _("Du har ikke skrevet et mål endnu. Det er helt i orden."))
    effects = (GoalsChanged(goals),) if goals != before else ()
    return Page(_receipt(visit, goal_id), after, effects)


def left(visit: Visit) -> Page:
    """Back from the first question: what was written so far can be taken up again."""
    visit = replace(visit, conversation=replace(visit.conversation, dialogue=visit.library.main))
    return private(visit) if mine.closed(visit.setting) else listed(visit)


def _receipt(visit: Visit, goal_id: str) -> Message:
    """What was kept, when it is asked about, and who sees it."""
    setting, tr = visit.setting, visit.setting.tr
    part = part_of(visit, goal_id)
    kept = part or main_goal(visit)
    assert kept is not None
    day = next_check(part) if part else None
    text = [f"»{kept.text}«", tr(_("Jeg spørger til det {day}."), day=day_words(day, setting)) if day else "",
            tr(SEEN if kept.shared else UNSEEN)]
    more = Button(tr(_("Skriv et delmål til")) if part else tr(_("Skriv et delmål")), f"{HERE}.ny")
    shows: Rows = () if kept.shared else ((share_button(kept, setting),),)
    lead = tr(_("Dit delmål er gemt")) if part else tr(_("Dit hovedmål er gemt"))
    return Message("\n\n".join(filter(None, text)), lead, rows=(*shows, (more,), (to_goals(setting), to_menu(setting))))


ENDS: Mapping[tuple[str, str], Opener] = {
    (PART_GOAL, SUMMARY): written, (MAIN_GOAL, SUMMARY): written, (PART_GOAL, START): left, (MAIN_GOAL, START): left,
}  # fmt: skip
