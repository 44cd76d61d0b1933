"""Words that stand on a button, or name a command, written as a message instead of pressed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from afsaet.flows.commands import command_name
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button
from afsaet.flows.session import Session
from afsaet.flows.views import view
from afsaet.flows.walk import Walk

NOT_IN_WORDS = ("m.", "day.", "stay")  # buttons whose words mean something else when they are written
LISTS_END = _("Færdig")  # also meant where there is no such button


def bare(text: str) -> str:
    """The words alone: without capitals, signs before a button's words, and the marks around them."""
    return text.casefold().strip(" .!☑☐✓‹›")


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
    if command_name(said) or bare(said) == "pause":
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
