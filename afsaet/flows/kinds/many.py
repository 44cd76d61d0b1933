"""Several choices. Every tick is kept at once; "Færdig" only moves on.

The buttons say which way they turn, so that a double tap does no harm. Own words tick the option that asks
for them.
"""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.definition import Many, Option, Question
from afsaet.flows.kinds.reply import Given, Reply, Turned, Unclear, own_words
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Rows
from afsaet.flows.paging import page_of, turn_buttons
from afsaet.flows.session import Answer, Part
from afsaet.flows.setting import Setting


def options_of(question: Question) -> tuple[Option, ...]:
    """The options of a question with several choices."""
    assert isinstance(question.answer, Many)
    return question.answer.options


def _ticked(answer: Answer | None) -> tuple[str, ...]:
    return answer.value if answer and isinstance(answer.value, tuple) else ()


def hint(question: Question, setting: Setting) -> str:
    return _("Tryk på alt, der passer. Tryk på Færdig til sidst.")


def rows(question: Question, answer: Answer | None, page: int, setting: Setting) -> Rows:
    ticked = _ticked(answer)
    options = options_of(question)
    shown = [(Button(f"☑ {setting.tr(option.text)}", f"u.{option.id}") if option.id in ticked
              else Button(f"☐ {setting.tr(option.text)}", f"t.{option.id}"),) for option in page_of(options, page)]
    last = (*turn_buttons(len(options), page, setting), Button(setting.tr(_("Færdig")), "done"))
    return (*shown, last)


def _given(question: Question, answer: Answer | None, ticked: set[str], setting: Setting) -> Given:
    """Ticks in the order the options are listed; an option that has left the list keeps its tick."""
    options = options_of(question)
    known = {option.id for option in options}
    gone = tuple(name for name in _ticked(answer) if name in ticked and name not in known)
    value = (*gone, *(option.id for option in options if option.id in ticked))
    text = "\n".join(setting.danish(option.text) for option in options if option.id in ticked)
    return Given(value, text, answer.parts if answer else (), stay=True)


def _tick(question: Question, answer: Answer | None, option: Option, setting: Setting) -> Given:
    alone = {other.id for other in options_of(question) if other.alone}
    kept = set() if option.alone else set(_ticked(answer)) - alone
    note = _("Skriv det med dine egne ord.") if option.free and not (answer and answer.parts) else ""
    return replace(_given(question, answer, {*kept, option.id}, setting), note=note)


def tap(question: Question, answer: Answer | None, action: str, setting: Setting) -> Reply:
    verb, _dot, name = action.partition(".")
    if verb == "page" and name.isdecimal():
        return Turned(int(name))
    if action == "done":
        if answer and (answer.value or answer.parts):
            return Given(answer.value, answer.text, answer.parts)
        return Unclear(_("Vælg mindst én. Eller tryk på Spring over."))
    option = next((option for option in options_of(question) if option.id == name), None)
    if option is None or verb not in ("t", "u"):
        return Unclear(_("Det valg findes ikke mere. Vælg et af dem, du ser nu."))
    if verb == "t":
        return _tick(question, answer, option, setting)
    return _given(question, answer, set(_ticked(answer)) - {option.id}, setting)


def write(question: Question, answer: Answer | None, part: Part, setting: Setting) -> Reply:
    said = part.text.strip().casefold()
    for option in options_of(question):
        if said in (setting.tr(option.text).casefold(), setting.danish(option.text).casefold()):
            return _tick(question, answer, option, setting)
    kept = own_words(answer, part, _("Jeg har gemt dine ord. Tryk på Færdig, når du ikke vil vælge mere."))
    free = next((option for option in options_of(question) if option.free), None)
    if free is None or isinstance(kept, Unclear | Turned):
        return kept
    ticks = _tick(question, answer, free, setting)
    return replace(kept, value=ticks.value, text=ticks.text)
