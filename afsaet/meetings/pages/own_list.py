"""Min liste: what the citizen wants to remember, with a day where they want to be reminded. Nobody else sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.machine import START
from afsaet.flows.message import Button, Message
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.paging import fitting, page_of, shortened, turn_buttons
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Session
from afsaet.meetings.effects import OwnTaskAdded, OwnTaskRemoved, OwnTaskTicked
from afsaet.meetings.mine import OwnTask
from afsaet.meetings.own_reminder import heard_at
from afsaet.meetings.words import day_words

DIALOGUE = "min_liste"
FIRST, DAY = "ting", "dag"
MOST = 20
LONGEST = 300  # characters of one thing; a list is read at a glance
SHOWN = 120


def questions() -> dict[str, Traversable]:
    """The dialogue that asks for one thing and its day, by its file's name."""
    file = files("afsaet.meetings.pages").joinpath(f"{DIALOGUE}.yaml")
    return {file.name: file}


def tasks_of(visit: Visit) -> Sequence[OwnTask]:
    """Everything on the list, done or not, in the order it was put there."""
    tasks: Sequence[OwnTask] = visit.setting.facts.get("own_tasks", ())
    return tasks


def own_list(visit: Visit) -> Page:
    """The list; `argument` may name a thing and what becomes of it, another page, or ask for one more."""
    name, _dot, verb = visit.argument.partition(".")
    tasks = tasks_of(visit)
    if name == "ny":
        return _one_more(visit)
    if name == "slet":
        return Page(_to_remove(visit, tasks, _number(verb)), visit.conversation)
    task = next((task for task in tasks if task.id == name), None)
    if task is None:
        return Page(_list(visit, tasks, _number(verb) if name == "page" else 0), visit.conversation)
    if verb == "slet":
        rest = [each for each in tasks if each.id != task.id]
        gone = visit.setting.tr(_("Det er slettet fra din liste."))
        return Page(_list(visit, rest, 0, gone), visit.conversation, (OwnTaskRemoved(task.id),))
    done = verb == "gjort"
    if verb not in ("gjort", "ikke"):
        return Page(_list(visit, tasks, _page_with(tasks, task)), visit.conversation)
    changed = [replace(each, done=done) if each.id == task.id else each for each in tasks]
    note = visit.setting.tr(_("Godt klaret.")) if done else ""
    return Page(_list(visit, changed, _page_with(tasks, task), note), visit.conversation,
                (OwnTaskTicked(task.id, done),))


def added(visit: Visit) -> Page:
    """The end of the two questions: what was written goes on the list, and the questions are empty again."""
    session = visit.conversation.sessions[DIALOGUE]
    answer, day = session.answers.get(FIRST), session.answers.get(DAY)
    conversation = replace(visit.conversation.with_session(_afresh(visit)), dialogue=visit.library.main)
    visit = replace(visit, conversation=conversation, argument="")
    parts = answer.parts if answer and answer.state == "answered" else ()
    text = " ".join(" ".join(part.text for part in parts).split())
    tr, tasks = visit.setting.tr, tasks_of(visit)
    if not text or len(tasks) >= MOST:
        return Page(_list(visit, tasks, 0), conversation)
    on = date.fromisoformat(str(day.value)) if day and day.state == "answered" and day.value else None
    said = [tr(_("»{thing}« står på din liste."), thing=shortened(text, SHOWN))]
    if on is not None:
        said.append(" ".join((tr(_("Det er sat til {day}."), day=day_words(on, visit.setting)), *_heard(visit, on))))
    rows = ((Button(tr(_("Min liste")), "m.liste"), Button(tr(_("Hvad nu?")), "m.hvadnu")),
            (go_on(visit.setting), to_menu(visit.setting)))
    receipt = Message("\n\n".join(said), tr(_("Det er gjort")), rows=rows)
    return Page(receipt, conversation, (OwnTaskAdded(text[:LONGEST], on),))


def _heard(visit: Visit, on: date) -> Iterator[str]:
    """What there is to say of the reminder, where none comes on the day itself. One is never promised: there may have
    been enough of them."""
    setting, rules = visit.setting, visit.setting.facts.get("reminder_rules")
    if rules is None or not visit.conversation.reminders or on < setting.now.date():
        return
    at = heard_at(on, rules)
    day = at.astimezone(setting.now.tzinfo).date()
    if at <= setting.now:
        yield setting.tr(_("Det når jeg ikke at minde dig om."))
    elif day != on:
        yield setting.tr(_("Jeg skriver ikke den dag, men jeg kan minde dig om det {day}."),
                         day=day_words(day, setting))


def left(visit: Visit) -> Page:
    """Back from the first question, without having written anything."""
    conversation = replace(visit.conversation, dialogue=visit.library.main)
    return own_list(replace(visit, conversation=conversation, argument=""))


def _one_more(visit: Visit) -> Page:
    tasks = tasks_of(visit)
    if DIALOGUE not in visit.library.dialogues:
        return Page(_list(visit, tasks, 0), visit.conversation)
    if len(tasks) >= MOST:
        note = visit.setting.tr(_("Din liste er fuld. Slet noget, så er der plads igen."))
        return Page(_list(visit, tasks, 0, note), visit.conversation)
    session = replace(_afresh(visit), state=FIRST)
    conversation = replace(visit.conversation.with_session(session), ask=visit.conversation.ask + 1)
    return Page(Message(), conversation, enter=DIALOGUE)


def _afresh(visit: Visit) -> Session:
    return Session(DIALOGUE, visit.library.dialogues[DIALOGUE].revision, state=START)


def _list(visit: Visit, tasks: Sequence[OwnTask], page: int, note: str = "") -> Message:
    setting = visit.setting
    tr = setting.tr
    rows = tuple((_tick(task, setting),) for task in page_of(tasks, page))
    turns = tuple(Button(turn.label, f"m.liste.{turn.action}") for turn in turn_buttons(len(tasks), page, setting))
    add, remove = Button(tr(_("Skriv noget på listen")), "m.liste.ny"), Button(tr(_("Slet noget")), "m.liste.slet")
    ways = (*((turns,) if turns else ()), (add, remove) if tasks else (add,), (go_on(setting), to_menu(setting)))
    text = tr(_("Tryk på det, du har gjort. Din sagsbehandler ser ikke listen.")) if tasks else \
        tr(_("Her kan du skrive ting, du vil huske. Din sagsbehandler ser dem ikke."))
    return Message(text, tr(_("Min liste")), note, (*rows, *ways))


def _tick(task: OwnTask, setting: Setting) -> Button:
    sign, verb = ("☑", "ikke") if task.done else ("☐", "gjort")
    return Button(fitting(f"{sign} {_words(task, setting)}"), f"m.liste.{task.id}.{verb}")


def _to_remove(visit: Visit, tasks: Sequence[OwnTask], page: int) -> Message:
    setting = visit.setting
    rows = tuple((Button(fitting(f"✗ {_words(task, setting)}"), f"m.liste.{task.id}.slet"),)
                 for task in page_of(tasks, page))
    turns = tuple(Button(turn.label, f"m.liste.slet.{turn.action.removeprefix('page.')}")
                  for turn in turn_buttons(len(tasks), page, setting))
    back = Button(setting.tr(_("Tilbage")), "m.liste")
    text = setting.tr(_("Tryk på det, du vil slette.")) if tasks else setting.tr(_("Der er ikke noget på din liste."))
    return Message(text, setting.tr(_("Min liste")), rows=(*rows, *((turns,) if turns else ()),
                                                         (back, to_menu(setting))))


def _words(task: OwnTask, setting: Setting) -> str:
    if task.on is None:
        return task.text
    return f"{day_words(task.on, setting)}: {task.text}"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _page_with(tasks: Sequence[OwnTask], task: OwnTask) -> int:
    return next((page for page in range(len(tasks)) if task in page_of(tasks, page)), 0)
