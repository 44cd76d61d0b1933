"""One choice among several, yes or no, and a number from 0 to 10: a single press answers."""

from __future__ import annotations

from afsaet.flows.definition import One, Option, Question, Scale, YesNo
from afsaet.flows.kinds import numbers
from afsaet.flows.kinds.naming import NO, YES, named, spoken
from afsaet.flows.kinds.reply import Given, Reply, Turned, Unclear, own_words
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Rows
from afsaet.flows.paging import fitting, page_of, turn_buttons
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer, Part

WITHOUT = "na"  # the answer of those whom a scale does not concern
YES_NO = (Option(id="ja", text=_("Ja")), Option(id="nej", text=_("Nej")))


def options_of(question: Question) -> tuple[Option, ...]:
    """The options of a question with a single choice."""
    if isinstance(question.answer, One):
        return question.answer.options
    if isinstance(question.answer, Scale):
        numbers = tuple(Option(id=str(number), text=str(number)) for number in range(11))
        return (*numbers, Option(id=WITHOUT, text=question.answer.without)) if question.answer.without else numbers
    return YES_NO


def hint(question: Question, setting: Setting) -> str:
    if isinstance(question.answer, Scale):
        low, high = setting.tr(question.answer.low), setting.tr(question.answer.high)
        return setting.tr(_("0 er {low}. 10 er {high}."), low=low, high=high)
    return setting.tr(_("Tryk på det, der passer bedst. Du må også gerne skrive med dine egne ord."))


def rows(question: Question, answer: Answer | None, page: int, setting: Setting) -> Rows:
    chosen = "" if answer is None or answer.value is None else str(answer.value)
    buttons = [Button(fitting(("✓ " if option.id == chosen else "") + setting.tr(option.text)), f"a.{option.id}")
               for option in options_of(question)]
    if isinstance(question.answer, Scale):
        further = ((buttons[11],),) if buttons[11:] else ()
        return (tuple(buttons[:4]), tuple(buttons[4:8]), tuple(buttons[8:11]), *further)
    if not isinstance(question.answer, One):
        return (tuple(buttons),)
    turns = turn_buttons(len(buttons), page, setting)
    return (*((button,) for button in page_of(buttons, page)), *((turns,) if turns else ()))


def _given(question: Question, answer: Answer | None, option: Option, setting: Setting) -> Given:
    value = int(option.id) if isinstance(question.answer, Scale) and option.id != WITHOUT else option.id
    return Given(value, setting.danish(option.text), answer.parts if answer else ())


def tap(question: Question, answer: Answer | None, action: str, setting: Setting) -> Reply:
    verb, _dot, number = action.partition(".")
    if verb == "page" and number.isdecimal():
        return Turned(int(number))
    for option in options_of(question):
        if action == f"a.{option.id}":
            return _given(question, answer, option, setting)
    return Unclear(_("Det valg findes ikke mere. Vælg et af dem, du ser nu."))


def written_number(question: Question, text: str, setting: Setting) -> int | Unclear | None:
    """What a text says on a scale, if it is a number; None where it is none, and for questions without a scale."""
    return numbers.read(text, setting.language) if isinstance(question.answer, Scale) else None


def option_named(question: Question, text: str, setting: Setting) -> Option | None:
    """The option a text names. A yes or no may be said as people say it: "ja tak"."""
    if isinstance(question.answer, YesNo) and (said := spoken(text)) in YES | NO:
        return YES_NO[0] if said in YES else YES_NO[1]
    return named(options_of(question), text, setting)


def write(question: Question, answer: Answer | None, part: Part, setting: Setting) -> Reply:
    number = written_number(question, part.text, setting)
    if isinstance(number, Unclear):
        return number
    option = option_named(question, part.text if number is None else str(number), setting)
    if option is not None:
        return _given(question, answer, option, setting)
    return own_words(answer, part, _("Jeg har gemt dine ord. Vælg også det, der ligger tættest på."))
