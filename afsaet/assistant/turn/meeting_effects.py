"""What comes of what a citizen does with a meeting or with their own list: kept, and their caseworker told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from afsaet.assistant.telling import tell_caseworker
from afsaet.assistant.turn.turning import CarryOut, Turning
from afsaet.assistant.unasked import own_list
from afsaet.flows.effects import Effect
from afsaet.meetings.effects import MeetingAnswered, OwnTaskAdded, OwnTaskRemoved, OwnTaskTicked
from afsaet.meetings.pages.own_list import MOST
from afsaet.store import meetings, own_tasks, tasks


def _answered(at: Turning, said: MeetingAnswered) -> None:
    """Keep the answer to this version. One who cannot come, or wants to talk, is a task for the caseworker; the
    meeting stands. Once they come to every meeting after all, nothing waits any more."""
    citizen, now = at.opened.citizen, at.assistant.now()
    kept = meetings.get(at.tx, said.meeting_id)
    if kept is not None and kept.answer is not None and kept.answer.word == said.answer:
        return  # said before, and the caseworker may have dealt with it
    meetings.answer(at.tx, citizen.id, said.meeting_id, said.version, said.answer, now)
    if said.answer == "cannot":
        tell_caseworker(at.assistant, at.tx, citizen, "cannot_come")
    elif said.answer == "talk":
        tell_caseworker(at.assistant, at.tx, citizen, "talk_wished")
    elif not any(each.answer is not None and each.answer.word == "cannot"
                 for each in meetings.coming(at.tx, citizen.id, now)):
        tasks.close(at.tx, citizen.id, "cannot_come", now)


def _added(at: Turning, added: OwnTaskAdded) -> None:
    citizen, now = at.opened.citizen, at.assistant.now()
    if len(own_tasks.list_of(at.tx, citizen.id)) < MOST:
        task = own_tasks.add(at.tx, citizen.id, added.text, added.on, now)
        own_list.plan(at.tx, at.assistant.municipality, citizen.id, task, now)


def _ticked(at: Turning, ticked: OwnTaskTicked) -> None:
    citizen, now = at.opened.citizen, at.assistant.now()
    found = next((task for task in own_tasks.list_of(at.tx, citizen.id) if task.id == ticked.task_id), None)
    if found is not None:
        task = replace(found, done=ticked.done)
        own_tasks.change(at.tx, citizen.id, task)
        own_list.plan(at.tx, at.assistant.municipality, citizen.id, task, now)


def _removed(at: Turning, removed: OwnTaskRemoved) -> None:
    own_tasks.remove(at.tx, at.opened.citizen.id, removed.task_id)
    own_list.drop(at.tx, at.opened.citizen.id, removed.task_id, at.assistant.now())


ACTS: Mapping[type[Effect], CarryOut] = {
    MeetingAnswered: _answered, OwnTaskAdded: _added, OwnTaskTicked: _ticked, OwnTaskRemoved: _removed,
}
