"""What the buttons about a meeting carry: the same on the page and under a reminder, which may be days old.

What follows "m.moede." is the page's argument: a meeting's id, or an answer with the id and version that it answers.
"""

from __future__ import annotations

from typing import Literal

from afsaet.flows.language import mark as _
from afsaet.flows.message import Button
from afsaet.flows.setting import Setting
from afsaet.meetings.meeting import Meeting

Word = Literal["coming", "cannot", "talk"]
LABELS: dict[Word, str] = {
    "coming": _("Jeg kommer"),
    "cannot": _("Jeg kan ikke"),
    "talk": _("Jeg vil gerne tale med nogen"),
}


def more(meeting: Meeting, setting: Setting) -> Button:
    """Leads to all that there is to see of the meeting."""
    return Button(setting.tr(_("Se mere")), f"m.moede.{meeting.id}")


def answer(word: Word, meeting: Meeting, setting: Setting) -> Button:
    """Answers this version of the meeting."""
    return Button(setting.tr(LABELS[word]), f"m.moede.{word}.{meeting.id}.{meeting.version}")
