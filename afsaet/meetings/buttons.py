"""What the buttons about a meeting carry: the same on the page and under a reminder, which may be days old.

What follows "m.moede." is the page's argument: a meeting's id, what is done about it and the id, or an answer with the
id and version that it answers.
"""

from __future__ import annotations

from typing import Literal

from afsaet.flows.language import mark as _
from afsaet.flows.message import Button
from afsaet.flows.setting import Setting
from afsaet.meetings.kinds import KINDS
from afsaet.meetings.meeting import Meeting

Word = Literal["coming", "cannot", "talk"]
LABELS: dict[Word, str] = {
    "coming": _("Jeg kommer"),
    "cannot": _("Jeg kan ikke"),
    "talk": _("Jeg vil gerne tale med nogen"),
}
PREPARE = _("Gør dig klar")


def more(meeting: Meeting, setting: Setting) -> Button:
    """Leads to all that there is to see of the meeting."""
    return Button(setting.tr(_("Se mere")), f"m.moede.{meeting.id}")


def answer(word: Word, meeting: Meeting, setting: Setting) -> Button:
    """Answers this version of the meeting."""
    return Button(setting.tr(LABELS[word]), f"m.moede.{word}.{meeting.id}.{meeting.version}")


def calendar(meeting: Meeting, setting: Setting) -> Button:
    """The file for the citizen's own calendar."""
    return Button(setting.tr(_("Til min kalender")), f"m.moede.calendar.{meeting.id}")


def prepare(meeting: Meeting, setting: Setting) -> Button:
    """On to the questions that prepare for it, as neutral as the reminder it may stand under."""
    return Button(setting.tr(PREPARE), f"m.moede.prepare.{meeting.id}")


def own_words(meeting: Meeting, setting: Setting) -> Button:
    """The same, with the name that its questions have on a page the citizen has asked for."""
    label = _("Gør dig klar: Mine ord til mødet") if KINDS[meeting.kind].ready else PREPARE
    return Button(setting.tr(label), f"m.moede.prepare.{meeting.id}")


def ready(meeting: Meeting, setting: Setting) -> Button:
    """The yes to "Er du klar?"."""
    return Button(setting.tr(_("Ja, jeg er klar")), f"m.moede.ready.{meeting.id}")
