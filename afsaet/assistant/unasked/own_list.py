"""What citizens have set themselves to do on a day: a neutral word on that day. The list itself says what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from afsaet.assistant.unasked.fired import Decide, Fired, Outcome, a_word
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button
from afsaet.meetings.decision import Drop, Send
from afsaet.meetings.localtime import moment_of, wall_of
from afsaet.meetings.mine import OwnTask
from afsaet.meetings.own_reminder import heard_at
from afsaet.meetings.reminders import Rules
from afsaet.meetings.wording import notice
from afsaet.meetings.words import relative_day
from afsaet.municipality import Municipality
from afsaet.store import own_tasks, timers
from afsaet.store.tx import Tx

SORT = "own_task"


def plan(tx: Tx, municipality: Municipality, citizen_id: str, task: OwnTask, now: datetime) -> None:
    """Let the citizen hear of the task on its day, and on no day that it had before.

    To be called whenever a task is new or has changed; `drop` is for one that is gone. Of a day on which nothing may be
    sent they hear before it, and of what should have come by now nothing. The caller holds the citizen's lock.
    """
    day = task.on.toordinal() if task.on is not None and not task.done else None
    for timer in timers.of_subject(tx, citizen_id, task.id, [SORT]):
        if timer.version != day:
            timers.drop(tx, timer.id, now, "done" if task.done else "moved")
    if task.on is None or task.done:
        return
    at = heard_at(task.on, Rules.of(municipality))
    if at > now:
        timers.plan(tx, citizen_id, SORT, task.id, task.on.toordinal(), [(0, at)])


def drop(tx: Tx, citizen_id: str, task_id: str, now: datetime) -> None:
    """The task is gone."""
    timers.drop_planned(tx, citizen_id, SORT, task_id, now, "done")


def decide(fired: Fired) -> Outcome:
    """The word, if the task is still to be done. Of several that they would hear of on one day the citizen hears once:
    of the nearest."""
    listed = {task.id: task for task in own_tasks.list_of(fired.tx, fired.citizen.id)}
    task = listed.get(fired.timer.subject)
    if task is None or task.done:
        return Drop("done")
    if task.on is None or task.on.toordinal() != fired.timer.version:
        return Drop("moved")
    if fired.conversation is None or not fired.conversation.reminders:
        return Drop("unwanted")
    zone, today = fired.assistant.municipality.zone, fired.setting.now.date()
    heard = wall_of(heard_at(task.on, Rules.of(fired.assistant.municipality)), zone).date()
    begins, ends = (moment_of(datetime.combine(day, time()), zone) for day in (heard, task.on + timedelta(days=1)))
    if fired.has_heard(begins):
        return Drop("done")
    decision = fired.rationed(useless_from=ends)
    if not isinstance(decision, Send):
        return decision
    days = [each.on for each in listed.values() if each.on is not None and not each.done and each.on >= today]
    text = notice("list", fired.setting, when=relative_day(min(days), fired.setting))
    return a_word(text, Button(fired.setting.tr(_("Se mere")), "m.hvadnu"), fired.setting)


DECIDE: Mapping[str, Decide] = {SORT: decide}
