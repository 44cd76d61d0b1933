"""How a question, and the help to it, is shown."""

from __future__ import annotations

from babel.lists import format_list

from afsaet.flows.definition import Question
from afsaet.flows.kinds import chosen_words, date, kind_of, many, points
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.paging import shortened
from afsaet.flows.setting import Earlier, Setting
from afsaet.flows.state.coverage import progress
from afsaet.flows.state.session import Answer
from afsaet.flows.state.walk import Walk
from afsaet.flows.views.intro import round_intro
from afsaet.flows.views.suggesting import offered

HINT_UNDER_QUESTION = frozenset({"date", "points"})
LONG = 400  # characters of what was written earlier, where it is offered
ON_A_BUTTON = 44  # characters of it on a button
LISTED = frozenset({"many", "points"})  # kinds that end with a button of their own, and read as a list


def answer_words(question: Question | None, answer: Answer, setting: Setting) -> str:
    """An answer as the citizen reads it: what they chose, in their language, and their own words."""
    if answer.state == "skipped":
        return setting.tr(_("Sprunget over"))
    if answer.state == "med_sagsbehandler":
        return setting.tr(_("Tager jeg med min sagsbehandler"))
    chosen, words = chosen_words(question, answer, setting), [part.text for part in answer.parts]
    kind = question.answer.kind if question else ""
    if kind in LISTED:
        chosen = [f"• {line}" for line in chosen]
    if kind == "points":
        words = [f"• {line}" for line in words]
    return "\n".join([*chosen, *words])


def answer_line(question: Question, answer: Answer, setting: Setting) -> str:
    """The same where there is one line for it: what was ticked or pointed out reads "a, b og c", and one message does
    not run into the next."""
    if answer.state != "answered":
        return answer_words(question, answer, setting)
    if question.answer.kind not in LISTED:
        return " · ".join([*chosen_words(question, answer, setting), *(part.text.strip() for part in answer.parts)])
    items = [*chosen_words(question, answer, setting), *(part.text.strip().rstrip(".,;") for part in answer.parts)]
    return format_list([item for item in items if item], locale=setting.language)


def earlier_wording(question: Question, answer: Answer, setting: Setting) -> str:
    """The words that were asked when the answer was given; empty where they still are the same."""
    return "" if answer.question == setting.danish(question.ask) else setting.translate(answer.question)


def question_view(walk: Walk, question: Question) -> Message:
    """The question, where it stands in the whole, and its answer if there is one."""
    setting = walk.setting
    number, total = progress(walk)
    note = setting.tr(_("Spørgsmål {number} af {total}"), number=number, total=total)
    section = setting.tr(walk.dialogue.sections[question.id].title)
    answer = walk.session.answers.get(question.id)
    text = [setting.tr(question.help)]
    if question.answer.kind == "text" and not walk.session.answers:
        text.append(setting.tr(_("Skriv dit svar som en besked.")))  # how to answer, where it first is needed
    is_round = walk.dialogue.definition.kind == "round"
    names_ends = is_round and question.answer.kind == "scale"  # a plan's help names them where they are needed
    if names_ends or (question.answer.kind in HINT_UNDER_QUESTION and not points.is_full(question, answer)):
        text.append(kind_of(question).hint(question, setting))
    if answer is not None:
        text += _standing(question, answer, setting)
    earlier = offered(question, answer, setting)
    if earlier:
        lead = _("Det har du skrevet før:") if any(each.goal for each in earlier) else _("I din plan skrev du:")
        text.append(setting.tr(lead) + f"\n{shortened(_as_read(earlier), LONG)}")
    rows = kind_of(question).rows(question, answer, walk.session.page, setting)
    if question.answer.kind == "date":
        rows = (*date.offers(walk.session.offered, setting), *rows)
    rows = (*rows, *_uses(earlier, setting))
    rows = (*rows, *_controls(question, answer, setting))
    note = f"{note} · {section}"
    if is_round and not walk.session.answers:
        note = _paragraphs([round_intro(walk), note])  # a round has no page before it
    return Message(_paragraphs(text), setting.tr(question.ask), note, rows)


def _as_read(earlier: tuple[Earlier, ...]) -> str:
    """What is offered: the words, or a list where there are several."""
    texts = [text for each in earlier for text in each.parts]
    return "\n".join(f"• {text}" for text in texts) if len(texts) > 1 else texts[0]


def _uses(earlier: tuple[Earlier, ...], setting: Setting) -> Rows:
    """A button for what is offered; where that is several things, each has its own words on it."""
    if len(earlier) == 1:
        return ((Button(setting.tr(_("Brug det, jeg skrev")), "use"),),)
    labels = [setting.tr(_("Brug »{words}«"), words=shortened(" ".join(" ".join(each.parts).split()), ON_A_BUTTON))
              for each in earlier]
    return tuple((Button(label, f"use.{number}" if number else "use"),) for number, label in enumerate(labels))


def _standing(question: Question, answer: Answer, setting: Setting) -> list[str]:
    """What stands as the answer until now."""
    tr = setting.tr
    if answer.state == "skipped":
        return [tr(_("Du har sprunget det over. Du kan stadig svare."))]
    if answer.state == "med_sagsbehandler":
        spoken = tr(_("Du vil tage det med din sagsbehandler."))
        kept = "\n".join([*chosen_words(question, answer, setting), *(part.text for part in answer.parts)])
        mine = tr(_("Jeg har gemt dine ord, men sender dem ikke: {answer}"), answer=kept)
        return [spoken, mine] if kept else [spoken]
    before = earlier_wording(question, answer, setting)
    text = [tr(_("Sidst spurgte jeg: »{question}«"), question=before)] if before else []
    if question.answer.kind == "many":
        return [*text, *_ticked(question, answer, setting)]
    words = answer_words(question, answer, setting)
    is_list = "\n" in words or words.startswith("• ")
    text.append(tr(_("Dit svar nu: {answer}"), answer=f"\n{words}" if is_list else words))
    if question.answer.kind == "text":
        text.append(tr(_("Skriver du noget nyt, kommer det i stedet.")))
    return text


def _ticked(question: Question, answer: Answer, setting: Setting) -> list[str]:
    """Of several choices only what the buttons do not show: ticks on another page, and own words."""
    text = []
    if many.is_long(question, answer) and answer.text:
        ticked = "".join(f"\n• {line}" for line in chosen_words(question, answer, setting))
        text.append(setting.tr(_("Du har valgt:")) + ticked)
    if answer.parts:
        words = "\n".join(part.text for part in answer.parts)
        text.append(setting.tr(_("Dine ord: {answer}"), answer=words))
    if many.lacks_words(question, answer):
        text.append(setting.tr(_("Skriv det andet som en besked.")))
    return text


def _controls(question: Question, answer: Answer | None, setting: Setting) -> Rows:
    """The same few buttons under every question, at most three rows."""
    back, skip = Button(setting.tr(_("Tilbage")), "back"), Button(setting.tr(_("Spring over")), "skip")
    pause = Button(setting.tr(_("Pause")), "pause")
    help_ = Button(setting.tr(_("Hjælp til spørgsmålet")), "help")
    if answer is None or answer.state == "skipped":
        return ((back, skip), (pause, help_))
    keep, drop = Button(setting.tr(_("Behold svaret")), "keep"), Button(setting.tr(_("Slet svaret")), "drop")
    ends_itself = question.answer.kind in LISTED and answer.state == "answered"
    return ((drop,) if ends_itself else (keep, drop), (back, skip), (pause, help_))


def help_view(walk: Walk, question: Question) -> Message:
    """Why the question is asked, an example, and the way to leave it for the talk."""
    setting = walk.setting
    why = question.why or walk.dialogue.sections[question.id].why
    text = [setting.tr(_("Derfor spørger jeg: {why}"), why=setting.tr(why))]
    if question.example:
        text.append(setting.tr(_("Et eksempel: »{example}«"), example=setting.tr(question.example)))
    text.append(kind_of(question).hint(question, setting))
    rows = (
        (Button(setting.tr(_("Det tager jeg med min sagsbehandler")), "withworker"),),
        (Button(setting.tr(_("Tilbage til spørgsmålet")), "unhelp"),),
    )
    return Message(_paragraphs(text), setting.tr(question.ask), setting.tr(_("Hjælp til spørgsmålet")), rows)


def stop_view(walk: Walk) -> Message:
    """A lone "stop" may be a wish or an answer: it is asked about."""
    tr = walk.setting.tr
    stop, answer = Button(tr(_("Ja, hold pause")), "stop.yes"), Button(tr(_("Nej, det er mit svar")), "stop.no")
    return Message(tr(_("Alt, du har svaret, er gemt.")), tr(_("Vil du stoppe nu?")), rows=((stop,), (answer,)))


def _paragraphs(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part)
