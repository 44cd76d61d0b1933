"""The citizen's meetings: the list, and all about one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from babel.dates import format_skeleton, format_timedelta

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import go_on, plain_page, to_menu
from afsaet.flows.paging import fitting, page_of, turn_buttons
from afsaet.flows.setting import Setting
from afsaet.meetings import buttons
from afsaet.meetings.buttons import Word
from afsaet.meetings.kinds import KINDS, capital, title_of
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.mine import Mine, coming
from afsaet.meetings.pages import private
from afsaet.meetings.whatnow import NEARBY_DAYS, Answer
from afsaet.meetings.words import clock_words, near_words, relative_day, wall_words

MOST_MINUTES = 10_000  # so long, Babel would count hours
SAID: dict[Answer, str] = {
    "coming": _("Du har svaret, at du kommer."), "cannot": _("Du har svaret, at du ikke kan."),
    "talk": _("Du har svaret, at du gerne vil tale med nogen."),
}  # fmt: skip


def mine_of(visit: Visit) -> Sequence[Mine]:
    """Every meeting of the citizen's."""
    meetings: Sequence[Mine] = visit.setting.facts.get("meetings", ())
    return meetings


def everything(visit: Visit, note: str = "") -> Page:
    """What is to come: nothing, the one meeting, or a list of them."""
    setting, found = visit.setting, coming(mine_of(visit), visit.setting.now)
    if len(found) == 1:
        return one(visit, found[0], note)
    lead = setting.tr(_("Mine møder"))
    if not found:
        text = setting.tr(_("Der er ikke aftalt noget møde lige nu. Når der er, kan du se det her."))
        page = plain_page(visit, lead, text, (_what_now(setting),))
        return replace(page, message=replace(page.message, note=note))
    number = visit.argument.removeprefix("page.")
    shown = int(number) if number.isdecimal() else 0
    rows = tuple((_in_the_list(mine, setting),) for mine in page_of(found, shown))
    turns = tuple(Button(turn.label, f"m.moede.{turn.action}")
                  for turn in turn_buttons(len(found), shown, setting))
    ways = ((turns,) if turns else ()) + ((go_on(setting), to_menu(setting)),)
    text = setting.tr(_("Tryk på et møde for at se mere."))
    return Page(Message(text, lead, note, (*rows, *ways)), visit.conversation)


def one(visit: Visit, mine: Mine, note: str = "") -> Page:
    """All about one meeting, with what can be done about it."""
    setting, meeting = visit.setting, mine.meeting
    if meeting.cancelled:
        return Page(_called_off(meeting, setting), visit.conversation)
    paragraphs = (_when(meeting, setting), setting.tr(KINDS[meeting.kind].about), _where(meeting, setting),
                  _agenda(meeting, setting), _answer(mine, setting))
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    begun = meeting.is_past(setting.now)
    ahead: Rows = () if begun else (*_answer_rows(mine, setting), (buttons.own_words(meeting, setting),))
    rows: Rows = (*ahead, (buttons.calendar(meeting, setting), _what_now(setting)), (go_on(setting), to_menu(setting)))
    return Page(Message(text, title_of(meeting.kind, setting), note, rows), visit.conversation)


def when_words(meeting: Meeting, setting: Setting) -> str:
    """ "om 7 dage, tirsdag den 1. december kl. 10.00", with how near it is where it is near."""
    when = near_words(meeting.wall, setting)
    if 1 < (meeting.wall.date() - setting.now.date()).days <= NEARBY_DAYS:
        return f"{relative_day(meeting.wall.date(), setting)}, {when}"
    return when


def _when(meeting: Meeting, setting: Setting) -> str:
    tr = setting.tr
    said = [tr(_("Det er {when}."), when=when_words(meeting, setting))]
    if meeting.arrival_minutes and not meeting.is_past(setting.now):
        said.append(tr(_("Kom {clock}."), clock=clock_words(meeting.arrival_wall.time(), setting)))
    said.append(tr(_("Det varer omkring {length}."), length=_length(meeting, setting)))
    return " ".join(said)


def _length(meeting: Meeting, setting: Setting) -> str:
    """ "1 time", "90 minutter"."""
    whole_hours = meeting.minutes % 60 == 0
    return format_timedelta(timedelta(minutes=meeting.minutes), granularity="minute", locale=setting.language,
                            threshold=1 if whole_hours else MOST_MINUTES)


def _where(meeting: Meeting, setting: Setting) -> str:
    return "\n".join(_where_lines(meeting, setting))


def _where_lines(meeting: Meeting, setting: Setting) -> Iterator[str]:
    tr = setting.tr
    if place := private.place_of(meeting, setting):
        yield tr(_("Sted: {place}"), place=place)
    if room := private.room_of(meeting, setting):
        yield capital(room) if "lokale" in room.casefold() else tr(_("Lokale: {room}"), room=room)
    if people := private.people_of(meeting, setting):
        yield tr(_("Med: {people}"), people=people)
    if private.holds_back(meeting, setting):
        yield tr(_("Noget om mødet skriver jeg ikke her i chatten. Spørg din sagsbehandler, hvis du mangler det."))
        if phone := setting.names.get("sagsbehandler_telefon", ""):
            yield tr(_("Telefon: {phone}"), phone=phone)


def _agenda(meeting: Meeting, setting: Setting) -> str:
    points = private.agenda_of(meeting, setting) or tuple(setting.tr(p) for p in KINDS[meeting.kind].agenda)
    return "\n".join([setting.tr(_("Det taler I om:")), *(f"• {point}" for point in points)]) if points else ""


def _answer(mine: Mine, setting: Setting) -> str:
    if mine.meeting.is_past(setting.now):
        return setting.tr(_("Mødet er begyndt."))
    if not mine.answer:
        return setting.tr(_("Kommer du?"))
    change = setting.tr(_("Du kan ændre dit svar, indtil mødet begynder."))
    return f"{setting.tr(SAID[mine.answer])} {change}"


def _answer_rows(mine: Mine, setting: Setting) -> Rows:
    return ((_choice("coming", mine, setting), _choice("cannot", mine, setting)), (_choice("talk", mine, setting),))


def _choice(word: Word, mine: Mine, setting: Setting) -> Button:
    button = buttons.answer(word, mine.meeting, setting)
    return replace(button, label=f"✓ {button.label}") if word == mine.answer else button


def _called_off(meeting: Meeting, setting: Setting) -> Message:
    said = setting.tr(_("Mødet {when} er aflyst. Du behøver ikke komme."), when=wall_words(meeting.wall, setting))
    rows = ((buttons.calendar(meeting, setting), _what_now(setting)), (go_on(setting), to_menu(setting)))
    return Message(said, title_of(meeting.kind, setting), rows=rows)


def _in_the_list(mine: Mine, setting: Setting) -> Button:
    meeting = mine.meeting
    day = format_skeleton("MMMMd", meeting.wall.date(), locale=setting.language)
    when = f"{day} {clock_words(meeting.wall.time(), setting)}"
    return Button(fitting(f"{when}: {title_of(meeting.kind, setting)}"), f"m.moede.{meeting.id}")


def _what_now(setting: Setting) -> Button:
    return Button(setting.tr(_("Hvad nu?")), "m.hvadnu")
