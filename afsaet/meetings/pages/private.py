"""What an open chat may show of a meeting, even to the citizen who asks.

Kind and time are as ordinary as the preparation itself. What a caseworker has typed is not: a place can tell of an
illness as plainly as a diagnosis, and so can who takes part. Where only ordinary things may pass, a place is shown
when every word of it is known to tell nothing, and all other typed words are left out. A list of telling words would
be the other way round, and never complete.
"""

from __future__ import annotations

import re

from afsaet.flows.setting import ALL_SENSITIVITIES, Setting
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.wording import TELLING

_PLAIN = frozenset({
    "rådhus", "rådhuset", "borgerservice", "kommune", "kommunen", "kommunes", "bibliotek", "biblioteket", "kulturhus",
    "kulturhuset", "medborgerhus", "medborgerhuset", "forsamlingshus", "forsamlingshuset", "lokale", "mødelokale",
    "rum", "sal", "salen", "etage", "stuen", "kælder", "indgang", "hovedindgang", "receptionen", "telefon",
    "telefonen", "telefonisk", "online", "video", "videomøde", "hjemme", "hos", "dig", "i", "på", "ved", "og", "nr",
    "st", "tv", "th", "mf",
})
_STREET = re.compile(r"\w*(?:vej|vejen|gade|gaden|torv|torvet|plads|pladsen|allé|alle|stræde|boulevard|vænge|vænget"
                     r"|parken|alléen|stien)")
_WORD = re.compile(r"[^\W\d_]+")


def closed(setting: Setting) -> bool:
    """Whether only ordinary things may pass the channel."""
    return setting.open_to < ALL_SENSITIVITIES


def place_of(meeting: Meeting, setting: Setting) -> str:
    """Where it is, as far as it may be shown here; else empty."""
    return meeting.place if _may_show(meeting.place, setting) else ""


def room_of(meeting: Meeting, setting: Setting) -> str:
    """The room, as far as it may be shown here; else empty."""
    return meeting.room if _may_show(meeting.room, setting) else ""


def people_of(meeting: Meeting, setting: Setting) -> str:
    """Who takes part besides the citizen; empty where it may not be shown here."""
    return "" if closed(setting) else meeting.people


def agenda_of(meeting: Meeting, setting: Setting) -> tuple[str, ...]:
    """The caseworker's own agenda; empty where it may not be shown here."""
    return () if closed(setting) else meeting.agenda


def holds_back(meeting: Meeting, setting: Setting) -> bool:
    """Whether something about the meeting is not shown here."""
    return ((meeting.place, meeting.room, meeting.people, meeting.agenda)
            != (place_of(meeting, setting), room_of(meeting, setting), people_of(meeting, setting),
                agenda_of(meeting, setting)))


def _may_show(words: str, setting: Setting) -> bool:
    return not closed(setting) or all(_tells_nothing(word, setting) for word in _WORD.findall(words.casefold()))


def _tells_nothing(word: str, setting: Setting) -> bool:
    own = _WORD.findall(setting.names.get("kommune", "").casefold())
    return len(word) == 1 or word in _PLAIN or word in own or bool(
        _STREET.fullmatch(word) and not TELLING.search(word))
