"""What a citizen's safety asks for after their words: the card with places to turn, and no personal number left."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.conversation import Turn
from afsaet.flows.effects import Unsend
from afsaet.flows.language import mark as _
from afsaet.flows.library import Library
from afsaet.flows.message import Message
from afsaet.flows.pages.urgent import card
from afsaet.flows.safety import cpr, crisis
from afsaet.flows.setting import Setting


def watched(library: Library, turn: Turn, words: str, refs: tuple[str, ...], setting: Setting) -> Turn:
    """The turn with what the citizen's safety asks for after these words.

    refs: the message they came in, and earlier ones that hold the rest of a personal number, if any.
    """
    if crisis.sounds_like_crisis(words):
        turn = _with_card(library, turn, setting)
    if cpr.mask(words)[1] or refs[1:]:
        turn = _without_number(turn, refs, setting, library)
    return turn


def _without_number(turn: Turn, refs: tuple[str, ...], setting: Setting, library: Library) -> Turn:
    """The citizen is told that a personal number was taken out, and the messages that held it are to go."""
    tr = library.spoken(setting, turn.conversation.language).tr
    note = tr(_("Du skrev et CPR-nummer. Jeg har ikke gemt det. Slet også selv beskeden, hvis du stadig kan se den."))
    if refs[1:]:
        note = tr(_("Du skrev et CPR-nummer i flere beskeder. Jeg har fjernet det. "
                    "Slet også selv beskederne, hvis du stadig kan se dem."))
    gone = (Unsend(ref) for ref in dict.fromkeys(refs))
    return replace(turn, say=(Message(note), *turn.say), effects=(*turn.effects, *gone))


def _with_card(library: Library, turn: Turn, setting: Setting) -> Turn:
    """The card in place of whatever came next. What was written has been treated like any other answer."""
    conversation = replace(turn.conversation, open=False, done="")
    message = card(library, library.spoken(setting, conversation.language))
    return replace(turn, conversation=conversation, say=(message,), redraw=None, older="")
