"""The citizen's pages about meetings, the next step and their own list, by the names of their commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from afsaet.flows.language import mark as _
from afsaet.flows.library import Opener, Page, Visit
from afsaet.flows.machine import START, SUMMARY
from afsaet.meetings.buttons import Word
from afsaet.meetings.mine import of_id
from afsaet.meetings.pages import own_list
from afsaet.meetings.pages.answer import answered
from afsaet.meetings.pages.calendar import calendar
from afsaet.meetings.pages.meetings import everything, mine_of, one
from afsaet.meetings.pages.now import now
from afsaet.meetings.pages.preparing import OWN_WORDS, own_words, prepare, ready
from afsaet.meetings.process import Process

ALOUD: Mapping[str, str] = {OWN_WORDS: "mine_ord"}
ENDS: Mapping[tuple[str, str], Opener] = {
    (own_list.DIALOGUE, START): own_list.left, (own_list.DIALOGUE, SUMMARY): own_list.added,
}  # fmt: skip


def pages(process: Process) -> Mapping[str, Opener]:
    """The pages under one text profile."""

    def hvadnu(visit: Visit) -> Page:
        return now(visit, process)

    return {"moede": _meeting, "hvadnu": hvadnu, "liste": own_list.own_list, "mine_ord": own_words}


def _meeting(visit: Visit) -> Page:
    """The argument: nothing, "page.<n>", a meeting's id, or what buttons.py puts there."""
    verb, _dot, rest = visit.argument.partition(".")
    meeting_id, _dot, more = rest.partition(".") if rest else (verb, "", "")
    if not meeting_id or verb == "page":
        return everything(visit)
    mine = of_id(mine_of(visit), meeting_id)
    if mine is None or (not mine.meeting.cancelled and mine.meeting.end <= visit.setting.now):
        return everything(visit, visit.setting.tr(_("Det møde er forbi.")))
    if verb == "calendar":
        return calendar(visit, mine)
    if verb in ("coming", "cannot", "talk"):
        return answered(visit, mine, more, cast(Word, verb))
    if verb == "prepare" and not mine.meeting.cancelled:
        return prepare(visit, mine, more)
    if verb == "ready" and not (mine.meeting.cancelled or mine.meeting.is_past(visit.setting.now)):
        return ready(visit, mine)
    return one(visit, mine)
