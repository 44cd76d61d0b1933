"""Words that stand on a button, or name a command, written as a message instead of pressed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from afsaet.flows.commands import command_name
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Session
from afsaet.flows.state.walk import Walk
from afsaet.flows.views import view

NOT_IN_WORDS = ("m.", "day.", "stay")  # buttons whose words mean something else when they are written
# The words on the menu's buttons, and what they open, for a citizen who writes them in a language of their own. In
# Danish they are the commands' own names. What is written below a reminder leads to the meeting, where it can be said
# of that one: it is not known which was meant.
SPOKEN = {
    _("Fortsæt"): "fortsaet", _("Begynd"): "fortsaet", _("Mine svar"): "mine_svar", _("Hvad nu?"): "hvadnu",
    _("Mine møder"): "moede", _("Min liste"): "liste", _("Udvikling"): "udvikling", _("Kontakt"): "kontakt",
    _("Ord"): "ord", _("Påmindelser"): "paamindelser", _("Sprog"): "sprog", _("Hjælp"): "hjaelp", _("Slet"): "slet",
    _("Akut hjælp"): "akut", _("Om Afsæt"): "om", _("Menu"): "menu", _("Pause"): "pause",
    _("Jeg kommer"): "moede", _("Jeg kan ikke"): "moede", _("Jeg kan ikke komme"): "moede",
    _("Jeg vil gerne tale med nogen"): "moede",
}
LISTS_END = _("Færdig")  # also meant where there is no such button
ON_THE_WAY = (_("Tilbage"), _("Spring over"), _("Pause"), LISTS_END)  # what moves a citizen on at any question
STOP_WORDS = frozenset({"stop", "pause"})


def bare(text: str) -> str:
    """The words alone: without capitals, signs before a button's words, and the marks around them."""
    return text.casefold().strip(" .!☑☐✓‹›")


def moves_on(said: str, setting: Setting) -> bool:
    """Whether these words alone are those of a button that moves on at any question, or ask to stop."""
    return bare(said) in STOP_WORDS or any(bare(said) in (bare(words), bare(setting.tr(words))) for words in ON_THE_WAY)


def command_spoken(said: str, setting: Setting) -> str:
    """The command whose button in the menu has these words in the citizen's language; "" where there is none."""
    words = _spoken(said)
    return next((name for label, name in SPOKEN.items() if _spoken(setting.tr(label)) == words), "")


def _spoken(text: str) -> str:
    """The words alone, a slash before them and a question mark after them being none of them."""
    return bare(text.strip().removeprefix("/")).rstrip(" ?")


def buttons_meant(walk: Walk, said: str) -> Iterator[Button]:
    """The buttons under the present message with these words on them."""
    for button in chain.from_iterable(view(walk).rows):
        if bare(button.label) == bare(said) and not button.action.startswith(NOT_IN_WORDS):
            yield button


def kept_as_an_answer(before: Walk, after: Session, said: str) -> str:
    """What to say where words that may have been meant otherwise have become an answer; else empty.

    before: where they were written. after: the session with the answer. The hint names the way to undo it, which
    is on the message shown next.
    """
    new = [answer for name, answer in after.answers.items() if answer != before.session.answers.get(name)]
    if not any(part.text == said for answer in new for part in answer.parts):
        return ""
    if command_name(said) or command_spoken(said, before.setting) or bare(said) == "pause":
        hint = _("»{word}« er gemt som dit svar. Vil du noget andet, så skriv /menu.")
    elif not any(buttons_meant(before, said)) and bare(said) != bare(before.setting.tr(LISTS_END)):
        return ""
    elif after.state == before.session.state:
        hint = _("»{word}« er gemt som dit svar. Mente du knappen, så tryk på den, eller slet svaret.")
    elif after.state in before.dialogue.questions and not after.returning:
        hint = _("»{word}« er gemt som dit svar. Mente du knappen, så tryk på Tilbage og Slet svaret.")
    else:
        hint = _("»{word}« er gemt som dit svar. Mente du knappen, så tryk på Ret et svar.")
    return before.setting.tr(hint, word=said.strip())
