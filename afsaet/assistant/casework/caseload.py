"""What a caseworker's command does, inside one transaction that the caller has opened."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from unicodedata import category

from afsaet.flows.conversation import MAIN
from afsaet.flows.safety.cpr import mask
from afsaet.flows.unreadable import says_anything
from afsaet.store import (
    caseworkers,
    citizens,
    conversations,
    erasure,
    events,
    invitations,
    tasks,
    versions,
)
from afsaet.store.caseworkers import Caseworker
from afsaet.store.citizens import Citizen
from afsaet.store.tasks import Task
from afsaet.store.tx import Tx
from afsaet.store.versions import Version

LONGEST_LINE = 200
# They turn the direction of what follows, also of what stands after the text.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HIGHEST_NUMBER = 2**31 - 1  # of a row; a database can not even be asked for a higher one
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")

PlanState = Literal["none", "begun", "sent"]


class Refused(Exception):  # noqa: N818 - named for what is done, as the command line says it
    """What was asked for cannot be done. `str()` is one plain sentence, without names or what anybody wrote."""


@dataclass(frozen=True, slots=True)
class Case:
    """One citizen as their caseworker sees them. plan: "begun" tells that there is an answer, never which."""

    citizen: Citizen
    caseworker: Caseworker
    plan: PlanState
    versions: Sequence[Version]
    tasks: Sequence[Task]


def add_caseworker(
    tx: Tx, email: str, name: str, now: datetime, *, phone: str | None = None, hours: str | None = None
) -> Caseworker:
    """A new caseworker. Raises Refused if the address is none or is there already."""
    email = email.strip()
    if len(email) > LONGEST_LINE or not EMAIL.fullmatch(email):
        raise Refused("An e-mail address is written like name@municipality.dk, in the letters a to z.")
    phone, hours = (one_line(text, "telephone or hours") if text and text.strip() else None for text in (phone, hours))
    added = caseworkers.add(tx, email, one_line(name, "name"), now, phone=phone, hours=hours)
    if added is None:
        raise Refused("There is a caseworker with that e-mail address already.")
    return added


def caseworker_by(tx: Tx, email: str) -> Caseworker:
    """The caseworker with that address. Raises Refused."""
    found = caseworkers.find_by_email(tx, email) if email.isascii() else None
    if found is None:
        raise Refused("There is no caseworker with that e-mail address. `afsaet caseworker add` adds one.")
    return found


def add_citizen(
    tx: Tx, name: str, email: str, now: datetime, *, profile: str, reference: str | None = None
) -> Case:
    """A new citizen of the caseworker with that address. Raises Refused."""
    caseworker = caseworker_by(tx, email)
    reference = one_line(reference, "reference") if reference and reference.strip() else None
    citizen = citizens.add(tx, caseworker.id, one_line(name, "name"), now, profile=profile, reference=reference)
    return Case(citizen, caseworker, "none", (), ())


def citizen_by(tx: Tx, citizen_id: str) -> Citizen:
    """The citizen with that id. Raises Refused."""
    found = citizens.get(tx, citizen_id) if citizen_id.isascii() else None
    if found is None:
        raise Refused("There is no citizen with that id. `afsaet citizen list` shows them.")
    return found


def invite(tx: Tx, citizen_id: str, now: datetime, days: int, *, name: str | None = None) -> tuple[str, datetime]:
    """A new code for the citizen, good for `days` days, and when it ends; it revokes the older ones.

    name: for a citizen who has deleted theirs. Raises Refused.
    """
    citizen = citizen_by(tx, citizen_id)
    tx.lock(citizen.id)
    if name is not None:
        citizens.rename(tx, citizen.id, one_line(name, "name"))
    code = invitations.make(tx, citizen.id, now, days)
    events.note(tx, citizen.id, "invited", now)
    return code, now + timedelta(days=days)


def case(tx: Tx, citizen_id: str) -> Case:
    """All that the caseworker sees of one citizen. Raises Refused."""
    citizen = citizen_by(tx, citizen_id)
    caseworker = caseworkers.get(tx, citizen.caseworker_id)
    assert caseworker is not None  # the database holds the citizen to it
    sent = [version for version in versions.list_all(tx, citizen.id) if version.dialogue == MAIN]
    _state, answers = conversations.load(tx, citizen.id)
    return Case(citizen, caseworker, _plan(sent, bool(answers.get(MAIN))), sent, tasks.list_of(tx, citizen.id))


def cases(tx: Tx, email: str | None = None) -> list[Case]:
    """Every citizen, or those of the caseworker with that address, the oldest first: with a statement for each table,
    not for each citizen. Raises Refused."""
    whose = caseworker_by(tx, email).id if email is not None else None
    found = citizens.list_all(tx, whose)  # first, since that opens their keys
    people = {each.id: each for each in caseworkers.list_all(tx)}
    sent = versions.by_citizen(tx, [MAIN], whose)
    begun = conversations.who_answered(tx, MAIN, whose)
    waiting: defaultdict[str, list[Task]] = defaultdict(list)
    for task in tasks.list_open(tx, caseworker_id=whose):
        waiting[task.citizen_id].append(task)
    return [
        Case(citizen, people[citizen.caseworker_id], _plan(sent.get(citizen.id, ()), citizen.id in begun),
             sent.get(citizen.id, []), waiting[citizen.id])
        for citizen in found
    ]


def erase(tx: Tx, citizen_id: str, now: datetime) -> None:
    """Everything of the citizen goes. `Database.scrub()` afterwards takes the rest. Raises Refused."""
    citizen_by(tx, citizen_id)
    erasure.erase(tx, citizen_id, now)


def sent_version(tx: Tx, citizen_id: str, number: int | None = None, dialogue: str = MAIN) -> Version:
    """What was sent last of this dialogue, or the version with that number. Raises Refused."""
    citizen_by(tx, citizen_id)
    latest = versions.latest(tx, citizen_id, dialogue)
    if latest is None:
        raise Refused("The citizen has not sent anything yet." if dialogue == MAIN else
                      "The citizen has sent nothing of that dialogue. `afsaet flows list` shows the dialogues.")
    known = number is None or 0 < number <= HIGHEST_NUMBER
    found = latest if number is None else versions.get(tx, citizen_id, dialogue, number) if known else None
    if found is None:
        raise Refused("The citizen has sent no version with that number.")
    if found.snapshot is None:
        raise Refused("That version was filed so long ago that it is kept on the case only.")
    return found


def mark_filed(
    tx: Tx, citizen_id: str, now: datetime, number: int | None = None, dialogue: str = MAIN
) -> Version:
    """Note that the sent version is on the case; the first note stands. Raises Refused."""
    version = sent_version(tx, citizen_id, number, dialogue)
    if versions.mark_filed(tx, citizen_id, dialogue, version.number, now):
        events.note(tx, citizen_id, "filed", now)
    return sent_version(tx, citizen_id, version.number, dialogue)


def open_tasks(tx: Tx, email: str | None = None) -> list[tuple[Task, Case]]:
    """What waits for every caseworker, or for the one with that address, the oldest first. Raises Refused."""
    found = tasks.list_open(tx, caseworker_id=caseworker_by(tx, email).id if email is not None else None)
    concerned = {task.citizen_id: case(tx, task.citizen_id) for task in found}
    return [(task, concerned[task.citizen_id]) for task in found]


def finish(tx: Tx, task_id: int, now: datetime) -> None:
    """Note the task as done. Raises Refused."""
    if not (0 < task_id <= HIGHEST_NUMBER and tasks.done(tx, task_id, now)):
        raise Refused("There is no open task with that number. `afsaet task list` shows them.")


def _plan(sent: Sequence[Version], begun: bool) -> PlanState:
    return "sent" if sent else "begun" if begun else "none"


def one_line(text: str, what: str) -> str:
    """The text without the space around it. what: what it is, for the sentence. Raises Refused where nothing is to be
    seen, where it is more than a line or turns what stands beside it, or holds what looks like a CPR number."""
    line = text.strip()
    unfit = any(category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in TURNING for sign in line)
    if not says_anything(line) or len(line) > LONGEST_LINE or unfit:
        raise Refused(f"A {what} is one line of at most {LONGEST_LINE} characters, without control characters.")
    if mask(line)[1]:
        raise Refused(f"The {what} holds what looks like a CPR number. Afsæt keeps none: leave it out.")
    return line
