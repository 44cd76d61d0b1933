"""What a press does: a button of the dialogue once, while it is the newest; one of the menu whenever it is pressed."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.conversation import Turn
from afsaet.flows.converse.commands import command, old_button
from afsaet.flows.converse.talk import Talk
from afsaet.flows.converse.turns import resumed, stepped
from afsaet.flows.effects import Lasting
from afsaet.flows.inputs import Tap

LONGEST_ACTION = 48  # of our own buttons (message.py); nothing of a longer one is looked at or kept


def tapped(talk: Talk, tap: Tap) -> Turn:
    """What comes of a press. One of a button that is old shows the place the citizen is in."""
    if len(tap.action) > LONGEST_ACTION:
        return resumed(talk, old_button(talk))
    press = f"{tap.ask}:{tap.action}"
    if tap.action.startswith("m."):
        return _menu_tapped(talk, tap, press) or resumed(talk, old_button(talk))
    if tap.ask != talk.before.ask:
        return Turn(talk.before) if press == talk.before.done else resumed(talk, old_button(talk))
    turn = stepped(talk, talk.take(tap), pressed=True)
    return turn if turn.conversation.ask == talk.before.ask else _done(turn, press)


def _menu_tapped(talk: Talk, tap: Tap, press: str) -> Turn | None:
    """The menu's buttons do not grow old. One that does something does it once, and an old one asks again."""
    name, _dot, argument = tap.action.removeprefix("m.").partition(".")
    turn = command(talk, name, argument)
    if turn is None or not turn.effects:
        return turn
    if press == talk.before.done:
        return Turn(talk.before)
    if tap.ask != talk.before.ask and not all(isinstance(effect, Lasting) for effect in turn.effects):
        return _asked_again(talk, name, argument)
    return _done(turn, press)


def _asked_again(talk: Talk, name: str, argument: str) -> Turn | None:
    """The page that an old button stood on, as it is now: what was to be done may look different by now."""
    turn = None
    while turn is None or turn.effects:
        argument = argument.rpartition(".")[0]
        turn = command(talk, name, argument)
        if not argument:
            break
    if turn is None or not turn.say:
        return turn
    first, *others = turn.say
    note = "\n\n".join(part for part in (old_button(talk), first.note) if part)
    return replace(turn, say=(replace(first, note=note), *others))


def _done(turn: Turn, press: str) -> Turn:
    """The turn with this press as the one carried out latest."""
    return replace(turn, conversation=replace(turn.conversation, done=press))
