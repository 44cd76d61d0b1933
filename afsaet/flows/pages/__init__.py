"""The pages of the menu, by the names of their commands."""

from __future__ import annotations

from collections.abc import Mapping

from afsaet.flows.pages.choices import delete, language, reminders
from afsaet.flows.pages.contact import contact
from afsaet.flows.pages.menu import about, help_, menu
from afsaet.flows.pages.next import next_
from afsaet.flows.pages.page import Opener, Page, Visit
from afsaet.flows.pages.urgent import urgent
from afsaet.flows.pages.words import words

__all__ = ["NOT_YET", "PAGES", "Page", "Visit", "command_name", "is_command"]

PAGES: Mapping[str, Opener] = {
    "menu": menu, "hvadnu": next_, "ord": words, "kontakt": contact, "paamindelser": reminders, "sprog": language,
    "slet": delete, "akut": urgent, "hjaelp": help_, "om": about,
}
WALKING = frozenset({"start", "fortsaet", "mine_svar", "pause"})
NOT_YET = frozenset({"moede", "udvikling"})  # asked for by name, and answered honestly

_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "_", "?": "", "!": "", ".": ""})
_ALSO = {"hvad_nu": "hvadnu", "menuen": "menu", "begynd": "fortsaet", "akut_hjaelp": "akut", "om_afsaet": "om",
         "stop": "pause"}


def command_name(text: str) -> str:
    """The command that was written, with or without its slash and in Danish letters; "" where it is none."""
    name = text.strip().removeprefix("/").partition("@")[0].casefold().translate(_PLAIN)
    name = _ALSO.get(name, name)
    return name if name in PAGES or name in WALKING or name in NOT_YET else ""


def is_command(text: str) -> bool:
    """Whether a text is a command: a slash and one word, or a known command with more words after it."""
    first, *more = text.split() or [""]
    return first.startswith("/") and len(first) > 1 and (not more or bool(command_name(first)))
