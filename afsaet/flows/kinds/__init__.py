"""The kinds of answer, one file each.

Every kind says how to answer (`hint`), which buttons it has (`rows`), and what it makes of a press (`tap`) and
of a text (`write`). A `page` is counted from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, cast

from afsaet.flows.definition import Option, Question
from afsaet.flows.kinds import date, many, one, points, text
from afsaet.flows.kinds.naming import named
from afsaet.flows.kinds.reply import Given, Reply, Turned, Unclear
from afsaet.flows.message import Rows
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer, Part

__all__ = [
    "WORDS_ARE_ANSWERS", "Given", "Kind", "Reply", "Turned", "Unclear", "chosen_words", "kind_of", "names_option",
]


class Kind(Protocol):
    """What a module of this room offers."""

    def hint(self, question: Question, setting: Setting) -> str: ...
    def rows(self, question: Question, answer: Answer | None, page: int, setting: Setting) -> Rows: ...
    def tap(self, question: Question, answer: Answer | None, action: str, setting: Setting) -> Reply: ...
    def write(self, question: Question, answer: Answer | None, part: Part, setting: Setting) -> Reply: ...


_KINDS: Mapping[str, Kind] = {
    "text": cast(Kind, text), "one": cast(Kind, one), "many": cast(Kind, many), "scale": cast(Kind, one),
    "yesno": cast(Kind, one), "date": cast(Kind, date), "points": cast(Kind, points),
}

WORDS_ARE_ANSWERS = frozenset({"text", "points"})


def names_option(question: Question, text: str, setting: Setting) -> bool:
    """Whether a text names one of the question's options, or is a number where one is asked for, so that it is meant as
    an answer whatever else it could be."""
    if isinstance(one.written_number(question, text, setting), int):
        return True
    if kind_of(question) is one:
        return one.option_named(question, text, setting) is not None
    return named(_options(question), text, setting) is not None


def chosen_words(question: Question | None, answer: Answer, setting: Setting) -> list[str]:
    """What was chosen, a line each, in the citizen's language.

    What is no longer offered, or was chosen under a question that is gone (None), reads as it was kept unless
    there is a translation of just those words.
    """
    if question is not None and question.answer.kind == "date" and (day := date.shown(answer, setting)):
        return [day]
    options = _options(question) if question else ()
    reads = {setting.danish(option.text): setting.tr(option.text) for option in options}
    return [reads.get(line) or setting.translate(line) for line in answer.text.split("\n") if line]


def _options(question: Question) -> tuple[Option, ...]:
    if question.answer.kind == "many":
        return many.options_of(question)
    return one.options_of(question) if kind_of(question) is one else ()


def kind_of(question: Question) -> Kind:
    """The module that knows this question's kind of answer."""
    return _KINDS[question.answer.kind]
