"""Urgent help: the same card whether it is asked for or a text sounds like distress. Nothing tells which."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.library import Library, Page, Visit
from afsaet.flows.message import Message
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.setting import Setting


def urgent(visit: Visit) -> Page:
    return Page(card(visit.library, visit.setting), visit.conversation)


def card(library: Library, setting: Setting, *, kept: bool = True) -> Message:
    """Where to turn, that nobody is reading along, and, where answers are kept, that one can go on later."""
    tr = setting.tr
    lines = [f"• {tr(line.text)}\n  {tr(line.name)}{': ' + line.number if line.number else ''}"
             for line in library.helplines]
    text = "\n\n".join((
        tr(_("Jeg er en maskine og kan ikke ringe for dig. Ingen læser med lige nu.")),
        "\n".join(lines),
        *([tr(_("Alt, du har svaret, er gemt. Du kan fortsætte en anden dag."))] if kept else []),
    ))
    rows = ((go_on(setting), to_menu(setting)),)
    return Message(text, tr(_("Har du det svært lige nu, så tal med nogen")), rows=rows)
