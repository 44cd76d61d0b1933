"""Whether what a citizen wants is really an offer: help the municipality gives, and not yet what it is to lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable

OFFERS = (
    "mentor", "praktik", "kursus", "kurset", "kurser", "bostøtte", "støttekontaktperson", "kontaktperson",
    "løntilskud", "forløb", "forløbet", "psykolog", "coach", "behandling", "genoptræning", "træning",
    "opkvalificering", "hjælpemiddel", "hjælpemidler", "virksomhedscenter",
)  # fmt: skip
SHORTEST = 3
# Words that hold an offer's and are none.
_OTHERS = frozenset({"sagsbehandling", "forhandling", "ligebehandling", "psykologi", "forløber"})
_ENDINGS = "(?:en|et|er|erne|n|ne|s|ens|ets)?"
# Who says what it is for has told what they want, ...
_PURPOSE = re.compile(r"\b(?:for at|så jeg|så at|sådan at|fordi)\b")
# ... and to become one is a job.
_TRADE = r"\b(?:blive|være|arbejde som|job som|læse til|uddanne mig til|uddannet)\s+(?:(?:en|et|god)\s+)*"


def wrong_offer(word: str) -> str:
    """Why a word cannot stand on a municipality's list, as the end of a sentence about it; empty where it can."""
    if len(word) < SHORTEST:
        return f"must have {SHORTEST} letters or more; a shorter word is found in many others"
    if word != word.strip() or not all(sign.isalnum() or sign in " -" for sign in word):
        return "must be a word or two, without other signs than letters, spaces between them and hyphens"
    return ""


def is_offer(text: str, offers: Iterable[str] = OFFERS) -> bool:
    """Whether a goal names an offer and not what it is to lead to: "Jeg vil have en mentor", "virksomhedspraktik".

    "Jeg vil have en mentor, så jeg tør ringe til en arbejdsgiver" is a goal, and so is "blive psykolog". It only
    decides whether "Hvad vil du opnå med det?" is asked; what was written is kept either way.
    """
    words = " ".join(text.casefold().split())
    if _PURPOSE.search(words):
        return False
    names = "|".join(re.escape(offer.casefold()) for offer in offers)
    if not names:
        return False
    without_trades = re.sub(rf"{_TRADE}\w*(?:{names})\w*", " ", words)
    found = re.findall(rf"\b(?:(?:{names})\w*|\w+(?:{names}){_ENDINGS})\b", without_trades)
    return any(word not in _OTHERS for word in found)
