"""A page of the menu: what is said, and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from afsaet.flows.conversation import Conversation, Effect, Library
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting


@dataclass(frozen=True, slots=True)
class Visit:
    """A citizen opening a page. argument: what follows the page's name in a button ("" for none)."""

    library: Library
    conversation: Conversation
    setting: Setting
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What the page says, the conversation afterwards, and what is to be done."""

    message: Message
    conversation: Conversation
    effects: tuple[Effect, ...] = ()


Opener = Callable[[Visit], Page]


def go_on(setting: Setting) -> Button:
    """The way back to the question."""
    return Button(setting.tr(_("Fortsæt")), "m.fortsaet")


def to_menu(setting: Setting) -> Button:
    return Button(setting.tr(_("Menu")), "m.menu")


def plain_page(visit: Visit, lead: str, text: str, *rows: tuple[Button, ...]) -> Page:
    """A page that changes nothing, with the ways on under it."""
    setting = visit.setting
    return Page(Message(text, lead, rows=(*rows, (go_on(setting), to_menu(setting)))), visit.conversation)
