"""The small question about a part-goal: on which days it is asked, and what the message says. Not what it is about.

The subject of such a timer is the part-goal's id, its offset the number of months, and its version the day from which
they are counted: a goal in new words is counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from afsaet.assistant.assistant import OPEN_CHATS
from afsaet.assistant.unasked.fired import Decide, Fired, Outcome, a_word
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button
from afsaet.measures.goals import Goal, PartGoal, coming_checks, is_due, months_later
from afsaet.meetings.decision import Drop, Send
from afsaet.meetings.hours import Hours
from afsaet.meetings.localtime import moment_of, wall_of
from afsaet.meetings.wording import notice
from afsaet.municipality import Municipality
from afsaet.store import chats, measure_cards, timers
from afsaet.store.tx import Tx

SORT = "goal"
SENSITIVITY = "fortrolig"  # of the citizen's goals, as the questions about them are marked


def plan(tx: Tx, municipality: Municipality, citizen_id: str, goals: Iterable[Goal], now: datetime) -> None:
    """Let each open part-goal be asked about on its days, and on no others.

    To be called whenever the goals have changed. The caller holds the citizen's lock.
    """
    parts = [part for goal in goals for part in goal.parts]
    wanted = {(part.id, months, _version(part)): day for part in parts for months, day in coming_checks(part)}
    waiting = [timer for timer in timers.of_citizen(tx, citizen_id) if timer.sort == SORT and timer.state == "planned"]
    over = [timer.id for timer in waiting if (timer.subject, timer.offset, timer.version) not in wanted]
    timers.drop_all(tx, over, now, "done")
    for (part_id, months, version), day in wanted.items():
        at = _moment(municipality, day)
        if at > now:
            timers.plan(tx, citizen_id, SORT, part_id, version, [(months, at)])


def decide(fired: Fired) -> Outcome:
    """The word, if the goal is still to be asked about. Of several for one day the citizen hears once: the page asks
    about them one after the other. What may not pass their chat is for the next talk."""
    timer, zone = fired.timer, fired.assistant.municipality.zone
    part = next((part for goal in measure_cards.get(fired.tx, fired.citizen.id).goals for part in goal.parts
                 if part.id == timer.subject), None)
    if part is None or not is_due(part, months_later(part.since, timer.offset)):
        return Drop("done")
    if timer.version != _version(part):
        return Drop("moved")
    if fired.conversation is None or not fired.conversation.reminders:
        return Drop("unwanted")
    if not _may_pass(fired):
        return Drop("private")
    today = moment_of(datetime.combine(wall_of(fired.now, zone).date(), time()), zone)
    if fired.has_heard(today):
        return Drop("done")
    decision = fired.rationed()
    more = Button(fired.setting.tr(_("Se mere")), "m.udvikling.maal.tjek")
    return a_word(notice("goal", fired.setting), more, fired.setting) if isinstance(decision, Send) else decision


def _version(part: PartGoal) -> int:
    return part.since.toordinal()


def _moment(municipality: Municipality, day: date) -> datetime:
    at = moment_of(datetime.combine(day, municipality.reminders.at), municipality.zone)
    return Hours.of(municipality).next_allowed(at)


def _may_pass(fired: Fired) -> bool:
    """Whether goals may be shown where the citizen is written to: on their phone, if they can be reached there."""
    channels = [chat.channel for chat in chats.active_of(fired.tx, fired.citizen.id)]
    phones = [channel for channel in channels if channel in OPEN_CHATS]
    return all(SENSITIVITY in fired.assistant.setting(channel, fired.citizen.profile).open_to
               for channel in (phones or channels)[:1])


DECIDE: Mapping[str, Decide] = {SORT: decide}
