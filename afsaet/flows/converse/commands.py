"""What a command does, whether it is written with its slash, stands on a button of the menu, or is said in words."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.commands import COMMANDS, command_name
from afsaet.flows.conversation import Turn
from afsaet.flows.converse.in_words import buttons_meant
from afsaet.flows.converse.talk import Talk
from afsaet.flows.converse.turns import in_menu, opened, paused, resumed, stepped
from afsaet.flows.inputs import Command, Tap
from afsaet.flows.language import mark as _
from afsaet.flows.machine import EDIT, SENT, START, SUMMARY
from afsaet.flows.pages import PAGES
from afsaet.flows.pages.menu import menu
from afsaet.flows.state.step import Step
from afsaet.flows.steps.take import take


def commanded(talk: Talk, given: Command) -> Turn:
    """What comes of a command; the menu where it is not known."""
    first = given.name.split()[0] if given.name.startswith("/") and given.name.split() else given.name
    turn = command(talk, command_name(given.name) or command_name(first))
    if turn is None and talk.before.open and (given.early or given.asked not in (0, talk.before.ask)):
        # It was of a button under an earlier question, and would skip or delete what has not been seen.
        return resumed(talk, old_button(talk))
    turn = turn or button_in_words(talk, given.name.removeprefix("/").replace("_", " "))
    return turn or menu_with(talk, _("Det ord kender jeg ikke. Her er menuen:"))


def old_button(talk: Talk) -> str:
    """What is said to a button that is no longer under the present message, pressed or written."""
    return talk.setting.tr(_("Den knap hører til noget tidligere. Her er du nu:"))


def button_in_words(talk: Talk, said: str) -> Turn | None:
    """What a button under the present message does, its words written instead; None where it has no such button."""
    session = talk.followed()
    if not talk.before.open or session.state != talk.before.session.state:
        return None
    for button in buttons_meant(talk.walk(session), said):
        return stepped(talk, take(talk.dialogue, session, Tap(button.action, talk.before.ask), talk.setting))
    return None


def command(talk: Talk, name: str, argument: str = "") -> Turn | None:
    """What comes of the command of this name; None where there is none. argument: what follows it on a button."""
    if name == "fortsaet":
        return _onward(talk.elsewhere(argument or _unfinished(talk)))
    if name == "pause":
        return paused(talk)
    if name == "start":
        return in_menu(talk, menu(talk.visit()).message)
    if name == "mine_svar":
        return _my_answers(talk.elsewhere(argument or talk.library.main))
    if name == "slet_et":  # of a button alone; it is no command
        return _answer_to_delete(talk)
    opener = talk.library.pages.get(name) or PAGES.get(name)
    if opener is not None:
        return opened(talk, opener(talk.visit(argument)))
    if name not in COMMANDS:
        return None
    return menu_with(talk, _("Det kan jeg ikke hjælpe med endnu. Spørg din sagsbehandler."))


def menu_with(talk: Talk, note: str) -> Turn:
    """The menu, with a Danish note above it."""
    return in_menu(talk, replace(menu(talk.visit()).message, note=talk.setting.tr(note)))


def _unfinished(talk: Talk) -> str:
    """The dialogue to go on with: the one walked latest, or the main one where that is done or cannot be begun."""
    state, is_round = talk.before.session.state, talk.dialogue.definition.kind == "round"
    return talk.library.main if state == SENT or (is_round and state == START) else talk.before.dialogue


def _onward(talk: Talk) -> Turn:
    """Back to where the citizen left; from the summary, to the questions that wait."""
    walk = talk.walk(talk.followed())
    if walk.session.state not in (SUMMARY, EDIT) or not walk.pending():
        return resumed(talk, _welcome_back(talk))
    walk.go(walk.first_pending())
    return stepped(talk, Step(walk.arrived(), notes=(_welcome_back(talk),)))


def _welcome_back(talk: Talk) -> str:
    if talk.before.session.state == START or talk.before.open:
        return ""
    return talk.setting.tr(_("Velkommen tilbage. Her er du nu:"))


def _my_answers(talk: Talk) -> Turn:
    return _at_answers(talk, SUMMARY)


def _answer_to_delete(talk: Talk) -> Turn:
    """The list of answers: one is deleted where it is changed."""
    talk = talk.elsewhere(talk.library.main)
    return _at_answers(talk, EDIT, talk.setting.tr(_("Find svaret her. Så kan du trykke på Slet svaret.")))


def _at_answers(talk: Talk, state: str, *notes: str) -> Turn:
    walk = talk.walk(talk.followed())
    if not walk.session.answers:
        return resumed(talk, talk.setting.tr(_("Du har ikke svaret på noget endnu.")))
    walk.go(state)
    return stepped(talk, Step(walk.arrived(), notes=notes))
