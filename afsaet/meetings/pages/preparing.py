"""Getting ready for one meeting: its own questions, "Mine ord til mødet", and whether the citizen is ready."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from afsaet.flows.conversation import Conversation
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import go_on, plain_page, to_menu
from afsaet.flows.state.session import Answer, Session
from afsaet.flows.state.walk import Walk
from afsaet.meetings import buttons
from afsaet.meetings.kinds import MAIN_KIND, preparation_id
from afsaet.meetings.mine import Mine, of_id
from afsaet.meetings.pages.meetings import mine_of, when_words

OWN_WORDS = preparation_id(MAIN_KIND)
ALOUD = {
    "tre_ting": _("Det vil jeg gerne sige:"), "mit_maal": _("Mit mål er:"), "mit_delmaal": _("Mit første delmål er:"),
    "dagsorden": _("Det vil jeg gerne tale om:"),
}  # fmt: skip
PART_GOAL, FIRST_PART_GOAL = "mit_delmaal", "ansvar_delmaal"  # in these words, and in the plan


def prepare(visit: Visit, mine: Mine, choice: str = "") -> Page:
    """On to the questions for this meeting.

    Each meeting has its own: what was written for an earlier one is in what was sent, and is not shown as today's.
    Words that never were sent are not thrown away unasked. choice: what the citizen answered, "afresh" or "keep", and
    the meeting that those words were for.
    """
    dialogue = preparation_id(mine.meeting.kind)
    if dialogue not in visit.library.dialogues:
        return plain_page(visit, visit.setting.tr(_("Gør dig klar")),
                          visit.setting.tr(_("Det kan jeg ikke hjælpe med endnu. Spørg din sagsbehandler.")))
    session = visit.conversation.sessions.get(dialogue)
    if session is None or session.about == mine.meeting.id:
        begun = visit.conversation if session else _afresh(visit, dialogue, mine)
        return Page(Message(), begun, enter=dialogue)
    if _unsent(session) and choice == f"keep.{session.about}":
        kept = visit.conversation.with_session(replace(session, about=mine.meeting.id))
        return Page(Message(), kept, enter=dialogue)
    if _unsent(session) and choice != f"afresh.{session.about}":
        return Page(_which(visit, mine, session.about), visit.conversation)
    return Page(Message(), _afresh(visit, dialogue, mine), enter=dialogue)


def _afresh(visit: Visit, dialogue: str, mine: Mine) -> Conversation:
    old = visit.conversation.sessions.get(dialogue)
    versions = old.versions if old else visit.setting.facts.get("versions", {}).get(dialogue, 0)
    fresh = Session(dialogue, visit.library.dialogues[dialogue].revision, versions=versions, about=mine.meeting.id)
    # The buttons of the walk that ends here are old from now on.
    return replace(visit.conversation.with_session(fresh), ask=visit.conversation.ask + 1)


def _unsent(session: Session) -> bool:
    """Whether there is an answer that was given after the latest version was sent."""
    latest = [datetime.fromisoformat(answer.at) for answer in session.answers.values()]
    return bool(latest) and (not session.sent_at or max(latest) > datetime.fromisoformat(session.sent_at))


def _which(visit: Visit, mine: Mine, about: str) -> Message:
    setting = visit.setting
    start = f"m.moede.prepare.{mine.meeting.id}"
    rows = ((Button(setting.tr(_("Brug mine ord fra sidst")), f"{start}.keep.{about}"),),
            (Button(setting.tr(_("Begynd forfra, og slet dem")), f"{start}.afresh.{about}"),),
            (go_on(setting), to_menu(setting)))
    text = setting.tr(_("Du skrev noget til et andet møde, som du ikke har sendt. Vil du bruge de ord igen?"))
    return Message(text, setting.tr(_("Gør dig klar")), rows=rows)


def ready(visit: Visit, mine: Mine) -> Page:
    """The answer to "Er du klar?": yes. One small goal is suggested where there is none, and never asked for."""
    setting = visit.setting
    text = [setting.tr(_("Det er godt. Mødet er {when}."), when=when_words(mine.meeting, setting))]
    rows: Rows = ((buttons.more(mine.meeting, setting),), (go_on(setting), to_menu(setting)))
    if not _has_part_goal(visit, mine):
        small = _("Har du lyst, så skriv også ét lille mål, før mødet begynder. Det er helt frivilligt.")
        text.append(setting.tr(small))
        rows = ((buttons.own_words(mine.meeting, setting),), *rows)
    return Page(Message("\n\n".join(text), setting.tr(_("Du er klar")), rows=rows), visit.conversation)


def _has_part_goal(visit: Visit, mine: Mine) -> bool:
    sessions = visit.conversation.sessions
    plan, words = sessions.get(visit.library.main), sessions.get(OWN_WORDS)
    found = [plan.answers.get(FIRST_PART_GOAL)] if plan else []
    found += [words.answers.get(PART_GOAL)] if words and words.about == mine.meeting.id else []
    return any(answer is not None and answer.state == "answered" for answer in found)


def own_words(visit: Visit) -> Page:
    """The citizen's words to the main meeting, put together so that they can be read aloud."""
    setting, session = visit.setting, visit.conversation.sessions.get(OWN_WORDS)
    told = list(_aloud(visit, session)) if session and OWN_WORDS in visit.library.dialogues else []
    lead = setting.tr(_("Mine ord til mødet"))
    mine = of_id(mine_of(visit), session.about) if session else None
    way = ((buttons.more(mine.meeting, setting),),) if mine else ()
    if not told:
        return plain_page(visit, lead, setting.tr(_("Der er ingen ord at vise her endnu.")), *way)
    return plain_page(visit, lead, "\n\n".join(told), *way)


def _aloud(visit: Visit, session: Session) -> Iterator[str]:
    walk = Walk(visit.library.dialogues[OWN_WORDS], session, visit.setting)
    for name, said in ALOUD.items():
        question, answer = walk.dialogue.questions.get(name), session.answers.get(name)
        if question is not None and answer is not None and answer.state == "answered" and walk.allowed(question):
            yield f"{visit.setting.tr(said)}\n{_lines(answer)}"


def _lines(answer: Answer) -> str:
    words = [part.text for part in answer.parts]
    return "\n".join(f"• {each}" for each in words) if len(words) > 1 else "\n".join(words)
