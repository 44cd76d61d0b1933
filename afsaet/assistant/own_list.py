"""What citizens have set themselves to do on a day: a neutral word on that day. The list itself says what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from afsaet.assistant.fired import Decide, Fired, Outcome
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting
from afsaet.meetings.decision import Drop, Send
from afsaet.meetings.hours import Hours
from afsaet.meetings.localtime import moment_of, wall_of
from afsaet.meetings.wording import notice
from afsaet.municipality import Municipality
from afsaet.store import own_tasks, timers
from afsaet.store.own_tasks import OwnTask
from afsaet.store.tx import Tx

SORT = "own_task"


def plan(tx: Tx, municipality: Municipality, citizen_id: str, task: OwnTask, now: datetime) -> None:
    """Let the citizen hear of the task on its day, and on no day that it had before.

    To be called whenever a task is new or has changed; `drop` is for one that is gone. On a day on which nothing may be
    sent, and of the past, they hear nothing. The caller holds the citizen's lock.
    """
    day = task.on.toordinal() if task.on is not None and not task.done else None
    for timer in timers.of_subject(tx, citizen_id, task.id, [SORT]):
        if timer.version != day:
            timers.drop(tx, timer.id, now, "done" if task.done else "moved")
    if task.on is None or task.done:
        return
    zone = municipality.zone
    due = moment_of(datetime.combine(task.on, municipality.reminders.at), zone)
    at = Hours.of(municipality).next_allowed(due)
    if due > now and wall_of(at, zone).date() == task.on:
        timers.plan(tx, citizen_id, SORT, task.id, task.on.toordinal(), [(0, at)])


def drop(tx: Tx, citizen_id: str, task_id: str, now: datetime) -> None:
    """The task is gone."""
    timers.drop_planned(tx, citizen_id, SORT, task_id, now, "done")


def decide(fired: Fired) -> Outcome:
    """The word, if the task is still to be done today. Of several for one day the citizen hears once."""
    listed = {task.id: task for task in own_tasks.list_of(fired.tx, fired.citizen.id)}
    task = listed.get(fired.timer.subject)
    if task is None or task.done:
        return Drop("done")
    if task.on is None or task.on.toordinal() != fired.timer.version:
        return Drop("moved")
    if fired.conversation is None or not fired.conversation.reminders:
        return Drop("unwanted")
    zone = fired.assistant.municipality.zone
    begins, ends = (moment_of(datetime.combine(task.on + timedelta(days=after), time()), zone) for after in (0, 1))
    told = timers.laid_moments(fired.tx, fired.citizen.id, begins, [SORT])
    if any(moment != fired.timer.at for moment in told):
        return Drop("done")
    decision = fired.rationed(useless_from=ends)
    return _message(fired.setting) if isinstance(decision, Send) else decision


def _message(setting: Setting) -> Message:
    more = Button(setting.tr(_("Se mere")), "m.hvadnu")
    no_more = Button(setting.tr(_("Ikke flere påmindelser")), "m.paamindelser.fra")
    return Message(notice("list", setting), rows=((more,), (no_more,)))


DECIDE: Mapping[str, Decide] = {SORT: decide}
