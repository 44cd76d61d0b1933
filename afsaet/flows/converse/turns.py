"""A turn, of what came of an input: a step in the dialogue, a page of the menu, a pause, or a round that is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from afsaet.flows.conversation import Turn
from afsaet.flows.converse.entering import entered
from afsaet.flows.converse.talk import Talk
from afsaet.flows.effects import CopyWanted, Effect, RoundDone, Sent
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.machine import SENT, SUMMARY
from afsaet.flows.message import Button, Message
from afsaet.flows.pages.menu import pause
from afsaet.flows.state.session import Session
from afsaet.flows.state.step import Step
from afsaet.flows.state.walk import seen
from afsaet.flows.views import view

LONGEST_EDIT = 3500  # an edit cannot become two messages, as a new one can


def resumed(talk: Talk, *notes: str) -> Turn:
    """Back to the place the citizen left, in the present revision and policy."""
    return stepped(talk, Step(talk.followed(), notes=notes))


def paused(talk: Talk) -> Turn:
    return Turn(replace(talk.before, open=False, done=""), (pause(talk.setting),))


def in_menu(talk: Talk, message: Message) -> Turn:
    """A message that belongs to no dialogue."""
    return Turn(replace(talk.before, open=False), (message,))


def opened(talk: Talk, page: Page) -> Turn:
    """What a page says, or the dialogue it leads into."""
    conversation = replace(page.conversation, open=False, done="")
    if not page.enter:
        return Turn(conversation, (page.message,), effects=page.effects)
    turn = resumed(Talk.of(talk.library, conversation, talk.setting).elsewhere(page.enter))
    return replace(turn, effects=(*page.effects, *turn.effects))


def stepped(talk: Talk, step: Step, *, pressed: bool = False) -> Turn:
    """The conversation after a step, and the step's place as messages. pressed: by a button, whose message can be
    redrawn."""
    if step.completed is not None:
        return replace(_round_done(talk, step.session, step.completed), settled=step.settled)
    if step.leave or step.show == "nothing":
        return _not_shown(talk, step, pressed=pressed)
    session = seen(talk.walk(step.session))
    end = talk.library.ends.get((session.dialogue, session.state))
    if end is not None:
        conversation = replace(talk.before.with_session(session), ask=talk.before.ask + 1)
        return replace(opened(talk, end(talk.visit(conversation=conversation))), settled=step.settled)
    turn = _kept(talk, step, session)
    shown = _place(talk, session, step.notes)
    aloud = talk.library.aloud.get(session.dialogue)
    if aloud and step.sent is not None:
        words = talk.library.pages[aloud](talk.visit(conversation=turn.conversation)).message
        return replace(turn, say=(replace(words, rows=()), shown))
    if pressed and step.show == "same" and len(shown.plain().encode("utf-16-le")) // 2 <= LONGEST_EDIT:
        return replace(turn, redraw=shown)
    turn = replace(turn, say=(shown,), older=_older(talk, turn, shown))
    return _with_aside(talk, turn) if step.settled is not None else turn


def _round_done(talk: Talk, session: Session, done: RoundDone) -> Turn:
    """A round is done, and the citizen is back in the main dialogue, on a pause."""
    after = entered(talk.library, talk.before.with_session(session), talk.library.main, talk.setting)
    page = Page(view(talk.walk(session)), after)
    if talk.library.after_round is not None:
        page = talk.library.after_round(Visit(talk.library, after, talk.setting, done.dialogue), done)
    return Turn(replace(page.conversation, open=False), (page.message,), effects=(done, *page.effects))


def _not_shown(talk: Talk, step: Step, *, pressed: bool) -> Turn:
    """The step's place is left, or stands in the chat as it is."""
    turn = _kept(talk, step, step.session)
    if step.leave:
        shown = pause(talk.setting)
        return replace(turn, redraw=shown) if pressed else replace(turn, say=(shown,))
    notes = "\n".join(note for note in step.notes if note)
    return replace(turn, say=(Message(note=notes),)) if notes else turn


def _kept(talk: Talk, step: Step, session: Session) -> Turn:
    """The conversation after the step, and what is to be done; nothing is said yet."""
    before = talk.before
    effects: list[Effect] = [Sent(step.sent)] if step.sent is not None else []
    effects += [CopyWanted()] if step.copy else []
    renewed = bool(effects) or (session.state, session.section) != (before.session.state, before.session.section)
    is_open = not step.leave and (before.open or step.show != "nothing")
    done = "" if step.leave else before.done  # as after a page, and after the card: no two pauses differ
    conversation = replace(before.with_session(session), open=is_open, ask=before.ask + renewed, done=done)
    return Turn(conversation, settled=step.settled, effects=tuple(effects))


def _place(talk: Talk, session: Session, notes: Iterable[str]) -> Message:
    """The place that the session is in, with these notes above it."""
    shown = view(talk.walk(session))
    aloud = talk.library.aloud.get(session.dialogue)
    if aloud and session.state in (SUMMARY, SENT):
        read = Button(talk.setting.tr(_("Læs mine ord op")), f"m.{aloud}")
        shown = replace(shown, rows=(*shown.rows[:-1], (read,), shown.rows[-1]))
    return replace(shown, note="\n\n".join(line for line in (*notes, shown.note) if line))


def _older(talk: Talk, turn: Turn, shown: Message) -> str:
    """What is left of the message with the live buttons, where the same place is shown anew below it."""
    if turn.conversation.ask != talk.before.ask:
        return ""
    question = talk.dialogue.questions.get(turn.conversation.session.state)
    return talk.setting.tr(question.ask) if question else shown.lead


def _with_aside(talk: Talk, turn: Turn) -> Turn:
    """The turn with what another room says at once to the answer just given."""
    if talk.library.aside is None:
        return turn
    aside = talk.library.aside(talk.visit(conversation=turn.conversation), talk.before.session)
    return replace(turn, say=(replace(aside, rows=()), *turn.say)) if aside is not None else turn
