"""What may be said unasked: neutral words that could go by SMS and be read by anybody on a locked phone."""

from __future__ import annotations

import re
from typing import Literal

from babel import Locale

from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.words import clock_words, wall_words

MOST_SEPTETS = 160
TITLE = _("Aftale med kommunen")

Notice = Literal["reminder", "ready", "added", "moved", "changed", "cancelled", "list", "nudge", "goal", "round",
                 "again"]
NOTICES: dict[Notice, str] = {
    "reminder": _("Du har en aftale med kommunen {when}. Skriv /moede for at se mere."),
    "ready": _("Er du klar? Du har en aftale med kommunen {when}. Skriv /moede for at se mere."),
    "added": _("Du har fået en aftale med kommunen {when}. Skriv /moede for at se mere."),
    "moved": _("Din aftale med kommunen er flyttet til {when}. Skriv /moede for at se mere."),
    "changed": _("Der er nyt om din aftale med kommunen {when}. Skriv /moede for at se mere."),
    "cancelled": _("Din aftale med kommunen {when} er aflyst. Skriv /moede for at se mere."),
    "list": _("Du har noget på din liste {when}. Skriv /hvadnu for at se mere."),
    "nudge": _("Du har noget liggende hos mig. Det haster ikke. Skriv /fortsaet, når du har lyst."),
    "goal": _("Har du et øjeblik? Jeg har et lille spørgsmål til dig. Skriv /udvikling for at se mere."),
    "round": _("Har du to minutter? Jeg har et par korte spørgsmål til dig. Du bestemmer selv."),
    "again": _("Jeg har stadig et par korte spørgsmål, hvis du har lyst. Det haster ikke."),
}

# The default alphabet of GSM 03.38; the signs of its extension take two places.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("^{}\\[~]|€\f")
# Beginnings of words that tell what a meeting is about: its kind, benefits, health, help and the authority's units.
TELLING = re.compile(
    r"\b(?:rehab|team|overdrag|opstart|opfølg|netværk|indstil|afgør|samtykke|partshør|beskriv"
    r"|fleksj|førtid|pension|sygedag|kontanthj|dagpenge|ressource|forløb|ydelse|revalid|jobafkl|ledig|praktik"
    r"|syg|læge|læ265|helbred|sundhed|klinisk|psyk|misbrug|rusmid|alkohol|behandl|diagnos|angst|depres|terapi|hospital"
    r"|mentor|bostøtte|sagsbeh|jobcent|afdeling|forvaltn|center|socialf|ydelseskont)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w{4,}")
_DANISH = Locale("da")
_CALENDAR = [*_DANISH.days["format"]["wide"].values(), *_DANISH.months["format"]["wide"].values()]
_NEUTRAL = {word.casefold() for words in (*NOTICES.values(), *_CALENDAR) for word in _WORD.findall(words)}


def notice(which: Notice, setting: Setting, meeting: Meeting | None = None, when: str = "") -> str:
    """The text, in the citizen's language. Those that name a time need the meeting, or `when` in words."""
    if meeting is not None:
        when = wall_words(meeting.wall, setting) if which == "cancelled" else _when(meeting, setting)
    return setting.tr(NOTICES[which], when=when)


def _when(meeting: Meeting, setting: Setting) -> str:
    """When it begins, and when to come where that is earlier: who reads no further is there in time all the same."""
    begins, arrival = wall_words(meeting.wall, setting), meeting.arrival_wall
    if not meeting.wall > arrival or arrival.date() != meeting.wall.date() or meeting.arrival <= setting.now:
        return begins
    return setting.tr(_("{when}. Kom {clock}"), when=begins, clock=clock_words(arrival.time(), setting))


def septets(text: str) -> int | None:
    """How many of an SMS's 160 places the text takes; None where it holds a sign that is not in its alphabet."""
    if not set(text) <= _GSM | _GSM_EXTENDED:
        return None
    return len(text) + sum(sign in _GSM_EXTENDED for sign in text)


def faults(text: str, meeting: Meeting | None = None) -> list[str]:
    """Why this text may not go out unasked, in plain words; empty when it may.

    It has to fit one SMS and may not tell what the meeting is about: no word that gives it away, and nothing of
    the meeting's own place, room, people or agenda. Fill the placeholders first.
    """
    found = []
    needed = septets(text)
    if needed is None:
        strange = sorted(set(text) - _GSM - _GSM_EXTENDED)
        found.append(f"signs that an SMS does not have: {' '.join(map(repr, strange))}")
    elif needed > MOST_SEPTETS:
        found.append(f"{needed} characters, at most {MOST_SEPTETS}")
    found += [f"a word that tells what it is about: {match[0]}…" for match in TELLING.finditer(text)]
    if meeting is not None:
        own = {word.casefold() for part in (meeting.place, meeting.room, meeting.people, *meeting.agenda)
               for word in _WORD.findall(part)}
        found += ["a word of the meeting's place, people or agenda"
                  for word in _WORD.findall(text) if word.casefold() in own - _NEUTRAL]
    return found
