"""One citizen as the commands show them: the contract's JSON object, and lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from afsaet.assistant.casework.appointments import Appointment
from afsaet.assistant.casework.caseload import Case
from afsaet.cli import appointment
from afsaet.cli.answer import Table
from afsaet.cli.desk import Desk
from afsaet.export.shared import Shared
from afsaet.store.citizens import Citizen
from afsaet.store.tasks import Task
from afsaet.store.versions import Version

STATES = {"none": "not begun", "begun": "begun", "sent": "sent"}
TASKS = {
    "plan_sent": "has sent their preparation",
    "contact_wished": "wishes to be called",
    "unreachable": "cannot be reached in the chat",
    "cannot_come": "cannot come to a meeting",
    "talk_wished": "wants to talk to somebody about a meeting",
    "words_sent": "has sent their words for a meeting",
}


def picture(desk: Desk, case: Case, meetings: Sequence[Appointment], shared: Shared) -> dict[str, Any]:
    """The object that `citizen show` prints."""
    citizen = case.citizen
    versions = [
        {"number": version.number, "sent_at": desk.iso(version.sent_at), "filed_at": desk.iso(version.filed_at),
         "sections": _sections(version)}
        for version in case.versions
    ]
    return {
        "id": citizen.id, "name": citizen.name, "reference": citizen.reference, "caseworker": case.caseworker.email,
        "profile": citizen.profile, "invited_at": desk.iso(citizen.invited_at),
        "joined_at": desk.iso(citizen.joined_at), "reachable": citizen.reachable,
        "plan": {"state": case.plan, "versions": versions},
        "meetings": [appointment.data(desk, each) for each in meetings],
        "rounds": shared.rounds_data(),
        "tasks": [task_data(desk, task) for task in case.tasks],
    }


def task_data(desk: Desk, task: Task) -> dict[str, Any]:
    """A task as it stands in `citizen show` and `task list`."""
    return {"id": task.id, "kind": task.kind, "created_at": desk.iso(task.created_at)}


def described(desk: Desk, case: Case, meetings: Sequence[Appointment], shared: Shared) -> list[str | Table]:
    """The same citizen for people."""
    citizen = case.citizen
    facts = {
        "Id": citizen.id, "Name": citizen.name or "(deleted by the citizen)", "Reference": citizen.reference or "",
        "Caseworker": f"{case.caseworker.name} ({case.caseworker.email})", "Profile": citizen.profile,
        "Invited": desk.shown(citizen.invited_at), "Joined": desk.shown(citizen.joined_at),
        "Reached": reach(citizen), "Plan": STATES[case.plan],
    }
    shown: list[str | Table] = [f"{label + ':':<12}{fact}".rstrip() for label, fact in facts.items()]
    if case.versions:
        shown.append(Table(["Version", "Sent", "Filed", "Sections"], [
            [str(each.number), desk.shown(each.sent_at), desk.shown(each.filed_at), ", ".join(_sections(each))]
            for each in case.versions
        ]))
    if meetings:
        shown.append(appointment.table(desk, meetings))
    if shared.rounds:
        shown.append(f"Rounds:     {len(shared.rounds)} shared; `afsaet round list {citizen.id}` shows them.")
    if case.tasks:
        shown.append(Table(["Task", "Since", "What"], [
            [str(task.id), desk.shown(task.created_at), TASKS.get(task.kind, task.kind)] for task in case.tasks
        ]))
    return shown


def reach(citizen: Citizen) -> str:
    """Whether messages reach the citizen, in a word."""
    return {True: "yes", False: "no", None: ""}[citizen.reachable]


def _sections(version: Version) -> list[str]:
    """The ids of the sections in a version; none where it is kept on the case only."""
    return [section["id"] for section in version.content["sections"]] if version.snapshot is not None else []
