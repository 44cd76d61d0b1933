"""What a text does: an answer to the open question, one to the question before it, or words that are more than that."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.commands import alone, command_name
from afsaet.flows.conversation import Turn
from afsaet.flows.converse.commands import button_in_words, command
from afsaet.flows.converse.in_words import STOP_WORDS, bare, command_spoken, kept_as_an_answer, moves_on
from afsaet.flows.converse.talk import Talk
from afsaet.flows.converse.turns import in_menu, paused, resumed, stepped
from afsaet.flows.definition import Question
from afsaet.flows.inputs import Edited, Text
from afsaet.flows.kinds import WORDS_ARE_ANSWERS, names_option
from afsaet.flows.language import mark as _
from afsaet.flows.message import Message
from afsaet.flows.pages.menu import menu
from afsaet.flows.pages.words import explained, find
from afsaet.flows.state.step import Step
from afsaet.flows.steps.take import TOO_EARLY, take

GREETINGS = frozenset({"hej", "hejsa", "hey", "hallo", "goddag", "godmorgen", "godaften", "hi", "hello"})


def texted(talk: Talk, text: Text) -> Turn:
    """A text belongs to the open question. Elsewhere it may be a command or a word; else it is not kept."""
    if text.early:
        return _early(talk, text)
    if talk.before.open and text.asked not in (0, talk.before.ask):
        note = _("Du er kommet videre et andet sted, så det er ikke gemt. Her er du nu:")
        return resumed(talk, talk.setting.tr(note))
    question = talk.dialogue.questions.get(talk.before.session.state) if talk.before.open else None
    words_are_answers = question is not None and question.answer.kind in WORDS_ARE_ANSWERS
    if talk.before.open and question is None and talk.before.session.wording:
        words_are_answers = True  # to a question that has left the dialogue meanwhile
    if not words_are_answers and (turn := _in_words(talk, text.text, question)):
        return turn
    if not talk.before.open:
        return _not_kept(talk)
    step = talk.take(text)
    if words_are_answers and step.session.showing != "stop":
        kept = kept_as_an_answer(talk.walk(talk.followed()), step.session, text.text)
        step = replace(step, notes=(*step.notes, kept))
    return stepped(talk, step)


def _early(talk: Talk, text: Text) -> Turn:
    """Where it could not be kept while a page of the menu stood open, the question it came before is shown.

    "Spring over" written twice is not the answer to the question that was skipped.
    """
    if moves_on(text.text, talk.setting) and talk.before.session.wording:
        step = Step(talk.before.session, notes=(talk.setting.tr(TOO_EARLY),), show="nothing")
    else:
        step = talk.take(text)
    kept = step.session.answers != talk.before.session.answers
    if kept or talk.before.open:
        return stepped(talk, step)
    # The place is shown again, as the present revision and policy have it.
    return resumed(talk, *step.notes)


def _in_words(talk: Talk, said: str, question: Question | None) -> Turn | None:
    """What a text does that is more than an answer: a button's words, a command, or a word to be explained."""
    if question is not None and names_option(question, said, talk.setting):
        return None
    if bare(said) in STOP_WORDS:
        return paused(talk)
    if bare(said) in GREETINGS:
        return resumed(talk, talk.setting.tr(_("Hej. Her er du nu:")))
    if turn := button_in_words(talk, said):
        return turn
    if turn := command(talk, command_name(said) or command_spoken(said, talk.setting)):
        return turn
    word = find(talk.library, said, talk.setting)
    if word is None:
        return None
    message = explained(word, talk.setting)
    if question is not None:
        message = replace(message, note=talk.setting.tr(_("Ordet er ikke gemt som et svar.")))
    return in_menu(talk, message)


def _not_kept(talk: Talk) -> Turn:
    page = menu(talk.visit()).message
    note = _("Det har jeg ikke gemt. Vil du svare på et spørgsmål, så tryk på {button}.")
    return in_menu(talk, replace(page, note=talk.setting.tr(note, button=page.rows[0][0].label)))


def edited(talk: Talk, given: Edited) -> Turn:
    """An answer is changed in the dialogue it was given in; the citizen stays where they are."""
    if alone(given.text):
        return _not_edited(talk)
    for name, session in talk.before.sessions.items():
        given_there = any(part.ref == given.ref for answer in session.answers.values() for part in answer.parts)
        if given_there and name != talk.before.dialogue and name in talk.library.dialogues:
            step = take(talk.library.dialogues[name], session, given, talk.setting)
            changed = talk.before.with_session(step.session)
            said = Message(note="\n".join(note for note in step.notes if note))
            return Turn(changed, (said,), settled=step.settled)
    return stepped(talk, talk.take(given))


def _not_edited(talk: Talk) -> Turn:
    """A message that was made into a command does nothing, and an answer it had become stays."""
    note = _("Jeg har ikke rettet noget. Et ord med / foran virker kun i en ny besked.")
    return Turn(talk.before, (Message(note=talk.setting.tr(note)),))
