"""What sets a round apart from a plan: it begins empty each time, and one left half-way is not open for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from afsaet.flows.dialogue import Dialogue
from afsaet.flows.machine import SENT
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Session
from afsaet.flows.state.walk import Walk


def is_over(dialogue: Dialogue, session: Session, setting: Setting) -> bool:
    """Whether a round is to begin anew when it is opened: it was never begun, is done, or was left too long ago.

    A plan never is.
    """
    if dialogue.definition.kind != "round":
        return False
    return session.state == SENT or not session.answers or is_stale(dialogue, session, setting)


def is_stale(dialogue: Dialogue, session: Session, setting: Setting) -> bool:
    """Whether it is a round that was left half-way longer ago than it stays open."""
    if dialogue.definition.kind != "round":
        return False
    return setting.now - (session.begun or setting.now) > timedelta(days=dialogue.definition.open_days)


def for_the_talk(walk: Walk) -> bool:
    """Whether this is a round for the next talk: something that belongs to it may not pass this channel.

    Half of one would be no use, since only whole rounds count.
    """
    needed = [question for question in walk.dialogue.questions.values()
              if question.required and walk.branch_open(question)]
    return not walk.visible_questions() or not all(walk.allowed(question) for question in needed)


def dropped(session: Session) -> Session:
    """The round given up: nothing is left of what was answered in it."""
    return replace(session, state=SENT, answers={}, wording="", showing="question", doubt=None)


def fresh_round(dialogue: Dialogue, setting: Setting) -> Session:
    """A new round, at its first question: whoever opens it has read what it is about."""
    walk = Walk(dialogue, Session(dialogue.definition.id, dialogue.revision), setting)
    if for_the_talk(walk):
        return walk.session
    walk.go(walk.first_pending())
    return walk.arrived()
