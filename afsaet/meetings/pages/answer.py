"""What the citizen says to a meeting. It is theirs to say and to change; only a caseworker calls a meeting off."""

from __future__ import annotations

from collections.abc import Iterator

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.setting import Setting
from afsaet.meetings import buttons
from afsaet.meetings.buttons import Word
from afsaet.meetings.effects import MeetingAnswered
from afsaet.meetings.mine import Mine
from afsaet.meetings.pages.meetings import one, when_words
from afsaet.meetings.words import clock_words, wall_words


def answered(visit: Visit, mine: Mine, version: str, word: Word) -> Page:
    """The receipt, and the answer to be kept. A button from before the meeting was changed says how it is now."""
    setting, meeting = visit.setting, mine.meeting
    if meeting.cancelled or meeting.is_past(setting.now):
        return one(visit, mine)
    if version != str(meeting.version):
        return one(visit, mine, setting.tr(_("Mødet er blevet flyttet eller ændret. Sådan er det nu:")))
    rows = ((buttons.more(meeting, setting), Button(setting.tr(_("Hvad nu?")), "m.hvadnu")),
            (go_on(setting), to_menu(setting)))
    receipt = Message("\n\n".join(_receipt(mine, word, setting)), setting.tr(_("Tak for dit svar")), rows=rows)
    return Page(receipt, visit.conversation, (MeetingAnswered(meeting.id, meeting.version, word),))


def _receipt(mine: Mine, answer: Word, setting: Setting) -> Iterator[str]:
    tr, meeting = setting.tr, mine.meeting
    if answer == "coming":
        said = [tr(_("Din sagsbehandler kan se, at du kommer.")),
                tr(_("Mødet er {when}."), when=when_words(meeting, setting))]
        if meeting.arrival_minutes:
            said.append(tr(_("Kom {clock}."), clock=clock_words(meeting.arrival_wall.time(), setting)))
        yield " ".join(said)
        return
    if answer == "cannot":
        yield tr(_("Jeg har sagt til din sagsbehandler, at du ikke kan komme."))
    else:
        yield tr(_("Jeg har sagt til din sagsbehandler, at du gerne vil tale med nogen."))
    when = wall_words(meeting.wall, setting)  # there may be several, with a reminder each
    yield tr(_("Mødet {when} gælder stadig, indtil du hører andet. Du kan altid ændre dit svar."), when=when)
    if phone := setting.names.get("sagsbehandler_telefon", ""):
        yield tr(_("Du kan også selv ringe. Telefon: {phone}"), phone=phone)
