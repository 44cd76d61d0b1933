"""What the pages of the menu have in common: the ways on that stand under them."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting


def go_on(setting: Setting) -> Button:
    """The way back to the question."""
    return Button(setting.tr(_("Fortsæt")), "m.fortsaet")


def to_menu(setting: Setting) -> Button:
    return Button(setting.tr(_("Menu")), "m.menu")


def plain_page(visit: Visit, lead: str, text: str, *rows: tuple[Button, ...]) -> Page:
    """A page that changes nothing, with the ways on under it."""
    setting = visit.setting
    return Page(Message(text, lead, rows=(*rows, (go_on(setting), to_menu(setting)))), visit.conversation)
