"""Several choices. Every tick is kept at once; "Færdig" only moves on.

The buttons say which way they turn, so that a double tap does no harm. Own words tick the option that asks
for them. A choice that has left the list keeps its words, and can still be taken away.
"""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.definition import Many, Option, Question
from afsaet.flows.kinds.naming import label, named
from afsaet.flows.kinds.reply import Given, Reply, Turned, Unclear, own_words
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Rows
from afsaet.flows.paging import fitting, page_of, pages, turn_buttons
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer, Part


def options_of(question: Question, answer: Answer | None = None) -> tuple[Option, ...]:
    """What can be ticked or unticked: the options, then what this answer holds that is no option any more."""
    assert isinstance(question.answer, Many)
    known = {option.id for option in question.answer.options}
    words = answer.text.split("\n") if answer else []
    ticked = zip(_ticked(answer), words, strict=False)
    gone = tuple(Option.model_construct(id=name, text=text) for name, text in ticked if name not in known)
    return (*question.answer.options, *gone)


def is_long(question: Question, answer: Answer | None) -> bool:
    """Whether the list takes more than a page, so that not all that is ticked can be seen at once."""
    return pages(len(options_of(question, answer))) > 1


def lacks_words(question: Question, answer: Answer) -> bool:
    """Whether an option that asks for own words is ticked, and none have come."""
    return not answer.parts and any(option.free and option.id in _ticked(answer) for option in options_of(question))


def _ticked(answer: Answer | None) -> tuple[str, ...]:
    """What is chosen; also the one choice that was made when the question still was of another kind."""
    if answer is None or answer.value is None:
        return ()
    return answer.value if isinstance(answer.value, tuple) else (str(answer.value),)


def hint(question: Question, setting: Setting) -> str:
    return setting.tr(_("Tryk på alt, der passer. Tryk på Færdig til sidst."))


def rows(question: Question, answer: Answer | None, page: int, setting: Setting) -> Rows:
    ticked = _ticked(answer)
    options = options_of(question, answer)
    shown = [(Button(fitting(f"☑ {label(option, setting)}"), f"u.{option.id}") if option.id in ticked
              else Button(fitting(f"☐ {label(option, setting)}"), f"t.{option.id}"),)
             for option in page_of(options, page)]
    last = (*turn_buttons(len(options), page, setting), Button(setting.tr(_("Færdig")), "done"))
    return (*shown, last)


def _given(question: Question, answer: Answer | None, ticked: set[str], setting: Setting) -> Given:
    """Ticks in the order they are listed, with their words in the same order."""
    chosen = [option for option in options_of(question, answer) if option.id in ticked]
    text = "\n".join(setting.danish(option.text) for option in chosen)
    return Given(tuple(option.id for option in chosen), text, answer.parts if answer else (), stay=True)


def _tick(question: Question, answer: Answer | None, option: Option, setting: Setting) -> Given:
    alone = {other.id for other in options_of(question) if other.alone}
    kept = set() if option.alone else set(_ticked(answer)) - alone
    return _given(question, answer, {*kept, option.id}, setting)


def tap(question: Question, answer: Answer | None, action: str, setting: Setting) -> Reply:
    verb, _dot, name = action.partition(".")
    if verb == "page" and name.isdecimal():
        return Turned(int(name))
    if action == "done":
        if answer and (answer.value or answer.parts):
            return Given(answer.value, answer.text, answer.parts)
        return Unclear(_("Vælg mindst én. Eller tryk på Spring over."))
    option = next((option for option in options_of(question, answer) if option.id == name), None)
    if option is None or verb not in ("t", "u"):
        return Unclear(_("Det valg findes ikke mere. Vælg et af dem, du ser nu."))
    if verb == "t":
        return _tick(question, answer, option, setting)
    return _given(question, answer, set(_ticked(answer)) - {option.id}, setting)


def write(question: Question, answer: Answer | None, part: Part, setting: Setting) -> Reply:
    option = named(options_of(question), part.text, setting)
    if option is not None:
        return _tick(question, answer, option, setting)
    kept = own_words(answer, part, _("Jeg har gemt dine ord. Tryk på Færdig, når du ikke vil vælge mere."))
    free = next((option for option in options_of(question) if option.free), None)
    if free is None or isinstance(kept, Unclear | Turned):
        return kept
    ticks = _tick(question, answer, free, setting)
    return replace(kept, value=ticks.value, text=ticks.text)
