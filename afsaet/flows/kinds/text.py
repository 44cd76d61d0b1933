"""Free text: everything written is the answer."""

from __future__ import annotations

from afsaet.flows.definition import Question
from afsaet.flows.kinds.reply import MOST_CHARACTERS, Given, Reply, Unclear
from afsaet.flows.language import mark as _
from afsaet.flows.message import Rows
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer, Part


def hint(question: Question, setting: Setting) -> str:
    return setting.tr(_("Skriv dit svar som en besked. Et par ord er nok."))


def rows(question: Question, answer: Answer | None, page: int, setting: Setting) -> Rows:
    return ()


def tap(question: Question, answer: Answer | None, action: str, setting: Setting) -> Reply:
    return Unclear(_("Skriv dit svar som en besked."))


def write(question: Question, answer: Answer | None, part: Part, setting: Setting) -> Reply:
    if len(part.text) > MOST_CHARACTERS:
        return Unclear(_("Din tekst er for lang til mig, så den er ikke gemt. Skriv kun det vigtigste."))
    return Given(parts=(part,))
