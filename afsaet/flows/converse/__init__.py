"""One turn of the whole conversation: `converse(library, conversation, input, setting) -> Turn`.

Pure, and the same for every channel. Safety comes first: a personal number never gets further than here, and
words of self-harm bring the card with somewhere to turn, after which the citizen is simply on a pause.

What an input does stands in `taps`, `texts` and `commands`; `turns` makes messages of what came of it.
"""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.conversation import Conversation, Turn
from afsaet.flows.converse.commands import commanded
from afsaet.flows.converse.split_numbers import halves_before
from afsaet.flows.converse.talk import Talk
from afsaet.flows.converse.taps import tapped
from afsaet.flows.converse.texts import edited, texted
from afsaet.flows.converse.turns import resumed
from afsaet.flows.converse.watching import watched
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text, Unreadable, written
from afsaet.flows.library import Library
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.safety import cpr
from afsaet.flows.setting import Setting
from afsaet.flows.unreadable import cannot_read, says_anything

__all__ = ["converse", "opening"]


def opening(library: Library, conversation: Conversation, setting: Setting) -> Turn:
    """The first thing a citizen who has said yes is shown."""
    return resumed(Talk.of(library, conversation, setting))


def converse(library: Library, conversation: Conversation, given: Input, setting: Setting) -> Turn:
    """What comes of one input. Raises nothing, whatever a citizen sends."""
    talk = Talk.of(library, conversation, setting)
    if isinstance(given, Tap):
        return tapped(talk, given)
    words = written(given)
    masked, found = cpr.mask(words)
    if isinstance(given, Text | Edited):
        alone = found and not any(sign.isalnum() for sign in masked.replace(cpr.MASK, ""))
        turn = resumed(talk) if alone else _written(talk, replace(given, text=masked))
    else:
        turn = _written(talk, given)
    return watched(library, turn, words, (given.ref, *halves_before(conversation, turn.conversation, masked)), setting)


def _written(talk: Talk, given: Text | Edited | Command | Unreadable) -> Turn:
    if isinstance(given, Command):
        return commanded(talk, given)
    if isinstance(given, Unreadable):
        return _unread(talk, given.kind)
    if not says_anything(given.text):
        return _unread(talk, "empty")
    return edited(talk, given) if isinstance(given, Edited) else texted(talk, given)


def _unread(talk: Talk, kind: str) -> Turn:
    """Under a question its own buttons are still there; elsewhere the ways on are shown."""
    ways = () if talk.before.open else ((go_on(talk.setting), to_menu(talk.setting)),)
    return Turn(talk.before, (replace(cannot_read(kind, talk.setting), rows=ways),))
