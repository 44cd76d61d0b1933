"""Hvad nu? The next step, what is expected of me, and what I can expect: always three short paragraphs.

They are put together from the citizen's step and from plain facts about their dates, answers and list, so that they
are true at that moment. Beside them stands where the citizen is on the way, in words and as a small picture.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from afsaet.flows.language import mark as _
from afsaet.flows.message import Message, Rows
from afsaet.flows.plain import MOST_SENTENCES, sentences
from afsaet.flows.setting import Setting
from afsaet.meetings.kinds import MAIN_KIND, Kind, capital, name_of
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.process import HELD, Process
from afsaet.meetings.words import clock_words, day_words, near_words, relative_day
from afsaet.municipality import Step

NEARBY_DAYS = 14  # so far ahead it is said how many days there are
DONE, AHEAD = "●", "○"

Answer = Literal["coming", "cannot", "talk", ""]
Plan = Literal["none", "begun", "answered", "sent"]
PLAN = {
    "none": _("Svar på det, du kan, i dit eget tempo."),
    "begun": _("Svar på resten, hvis du vil, og send, når du er klar."),
    "answered": _("Læs dine svar igennem, og send dem, når du er klar."),
}


@dataclass(frozen=True, slots=True)
class Now:
    """The facts. All times are local.

    step: where the citizen is. plan: nothing answered yet, some, all of it, or sent. meeting: the next one that is
    neither over nor called off, and `answer` what they said to it. later: the one after it, if it is on the same day,
    and what they said to that. booked: the kinds of all such meetings. held: the day of the main meeting once it is
    over. tasks: how many things wait on their own list.
    """

    step: str
    plan: Plan = "none"
    meeting: Meeting | None = None
    answer: Answer = ""
    later: Meeting | None = None
    later_answer: Answer = ""
    booked: Collection[Kind] = ()
    held: date | None = None
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class WhatNow:
    """The three paragraphs with what each of them answers, and where the citizen is: `place` in words, `picture`."""

    next: str
    expected: str
    coming: str
    place: str
    picture: str

    def message(self, setting: Setting, rows: Rows = ()) -> Message:
        """All of it as one message, with these buttons."""
        text = "\n\n".join((self.next, self.expected, self.coming))
        return Message(text, setting.tr(_("Hvad nu?")), f"{self.picture} {self.place}", rows)


def what_now(process: Process, now: Now, setting: Setting) -> WhatNow:
    """The answer for a citizen on a step of this process, at the setting's moment and in its language."""
    number, count = process.number(now.step), len(process.order)
    name = setting.tr(process.steps[now.step].name)
    ahead = _ahead(now, setting)
    return WhatNow(
        _paragraph(setting.tr(_("Næste skridt:")), _next(process, now, setting)),
        _paragraph(setting.tr(_("Hvad forventes der af dig?")), _expected(process, ahead, setting)),
        _paragraph(setting.tr(_("Hvad kan du forvente?")), _coming(process, ahead, setting)),
        setting.tr(_("Skridt {number} af {count}: {name}."), number=number, count=count, name=name),
        DONE * number + AHEAD * (count - number),
    )


def _ahead(now: Now, setting: Setting) -> Now:
    """The facts with the next meeting in place of the one that is going on: there is nothing to do about that."""
    if now.meeting is None or now.later is None or not now.meeting.is_past(setting.now):
        return now
    return replace(now, meeting=now.later, answer=now.later_answer)


def _next(process: Process, now: Now, setting: Setting) -> Iterable[str]:
    if now.meeting is None or _days_to(now.meeting.wall.date(), setting) > 1:
        yield setting.tr(_spoken_of(process, now).next)
        if day := _due(process, now):
            yield _due_words(day, setting)
    if now.meeting is not None:
        yield _meeting_words(now.meeting, setting)
    if now.later is not None:
        yield setting.tr(_("Samme dag er {name} {clock}."), name=name_of(now.later.kind, setting),
                         clock=clock_words(now.later.wall.time(), setting))


def _expected(process: Process, now: Now, setting: Setting) -> Iterable[str]:
    tr, meeting = setting.tr, now.meeting
    found = []
    if meeting is not None and not now.answer and not meeting.is_past(setting.now):
        found.append(tr(_("Sig til, om du kommer: Skriv /moede.")))
    if meeting is not None and now.answer != "cannot" and _arrival_soon(meeting, setting):
        found.append(tr(_("Kom {clock}."), clock=clock_words(meeting.arrival_wall.time(), setting)))
    if now.plan in PLAN and process.before_meeting(now.step):
        found.append(tr(PLAN[now.plan]))
    if now.tasks:
        found.append(tr(_("Du har 1 ting på din liste.")) if now.tasks == 1 else
                     tr(_("Du har {count} ting på din liste."), count=now.tasks))
    if expected := _spoken_of(process, now).expected:
        found.append(tr(expected))
    return found or [tr(_("Ikke noget lige nu."))]


def _coming(process: Process, now: Now, setting: Setting) -> Iterable[str]:
    if now.answer == "cannot":
        yield setting.tr(_("Jeg har sagt til din sagsbehandler, at du ikke kan komme."))
    elif now.answer == "talk":
        yield setting.tr(_("Jeg har sagt til din sagsbehandler, at du gerne vil tale med nogen."))
    yield setting.tr(_spoken_of(process, now).coming)


def _spoken_of(process: Process, now: Now) -> Step:
    """The step whose words hold: their own, or the next one's where that is that the main meeting is booked. A meeting
    may be booked early, and then nobody is still to find a time for it."""
    following = process.following(now.step)
    if following and MAIN_KIND in now.booked and process.steps[following].reached_by == "meeting_booked":
        return process.steps[following]
    return process.steps[now.step]


def _arrival_soon(meeting: Meeting, setting: Setting) -> bool:
    """Whether the citizen is to be there before the meeting begins, today or tomorrow, and that time is to come."""
    soon = _days_to(meeting.wall.date(), setting) <= 1
    return bool(meeting.arrival_minutes) and soon and meeting.arrival > setting.now


def _meeting_words(meeting: Meeting, setting: Setting) -> str:
    name = capital(name_of(meeting.kind, setting))
    when = near_words(meeting.wall, setting)
    if 1 < _days_to(meeting.wall.date(), setting) <= NEARBY_DAYS:
        near = relative_day(meeting.wall.date(), setting)
        return setting.tr(_("{name} er {near}, {when}."), name=name, near=near, when=when)
    return setting.tr(_("{name} er {when}."), name=name, when=when)


def _due(process: Process, now: Now) -> date | None:
    """The deadline of the step that comes next, until the meeting that leads there has a date of its own."""
    following = process.following(now.step)
    if following is None or process.steps[following].reached_by in {HELD.get(kind) for kind in now.booked} - {None}:
        return None
    return process.due(following, now.held)


def _due_words(day: date, setting: Setting) -> str:
    if _days_to(day, setting) >= 0:
        return setting.tr(_("Det sker senest {day}."), day=day_words(day, setting))
    return setting.tr(_("Er det ikke sket endnu, så spørg din sagsbehandler."))


def _days_to(day: date, setting: Setting) -> int:
    return (day - setting.now.date()).days


def _paragraph(question: str, pieces: Iterable[str]) -> str:
    """The question and its answer, as short as a paragraph may be. What comes first matters most; a piece that has no
    room is left out whole."""
    kept = [question]
    for piece in pieces:
        if len(kept) == 1 or len(sentences(" ".join((*kept, piece)))) <= MOST_SENTENCES:
            kept.append(piece)
    return " ".join(kept)
