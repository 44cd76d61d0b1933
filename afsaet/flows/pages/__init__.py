"""The pages of the menu, by the names of their commands. Rooms that come later add theirs to the library."""

from __future__ import annotations

from collections.abc import Mapping

from afsaet.flows.library import Opener
from afsaet.flows.pages.choices import delete, language, reminders
from afsaet.flows.pages.contact import contact
from afsaet.flows.pages.menu import about, help_, menu
from afsaet.flows.pages.urgent import urgent
from afsaet.flows.pages.words import words

PAGES: Mapping[str, Opener] = {
    "menu": menu, "ord": words, "kontakt": contact, "paamindelser": reminders, "sprog": language,
    "slet": delete, "akut": urgent, "hjaelp": help_, "om": about,
}
