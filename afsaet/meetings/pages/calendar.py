"""The file for the citizen's own calendar, which says when, and neither what nor where."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Attachment, Message
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.setting import Setting
from afsaet.meetings import buttons
from afsaet.meetings.calendar_data import data_of
from afsaet.meetings.mine import Mine
from afsaet.meetings.wording import TITLE


def calendar(visit: Visit, mine: Mine) -> Page:
    """The message that the file goes with. One that has been sent before is changed, or taken out, by the new one."""
    setting, meeting = visit.setting, mine.meeting
    rows = ((buttons.more(meeting, setting),), (go_on(setting), to_menu(setting)))
    data = data_of(meeting, mine.changed_at, setting.language)
    return Page(Message(_words(mine, setting), setting.tr(_("Til min kalender")), rows=rows,
                        attachment=Attachment("calendar", data)), visit.conversation)


def _words(mine: Mine, setting: Setting) -> str:
    if mine.meeting.cancelled:
        return setting.tr(_("Mødet er aflyst. Åbn filen, så går det ud af din kalender."))
    told = setting.tr(_("Åbn filen, så kommer mødet i din kalender. Der står kun »{title}«."), title=setting.tr(TITLE))
    again = setting.tr(_("Har du fået filen før, så retter den her tiden."))
    return f"{told} {again}" if mine.meeting.version else told
