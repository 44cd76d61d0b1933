"""Words explained: a list to tap, or the word written in the menu."""

from __future__ import annotations

import re

from afsaet.flows.language import mark as _
from afsaet.flows.library import Library, Page, Visit, Word
from afsaet.flows.message import Button, Message
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.paging import page_of, turn_buttons
from afsaet.flows.setting import Setting

_ASKED = re.compile(r"^(?:hvad (?:er|betyder)|what (?:is|are))(?: (?:en|et|ordet|a|an|the))? ")


def words(visit: Visit) -> Page:
    """The list, or the word a button names ("ord.<id>"), or another page of the list ("ord.page.<n>")."""
    chosen = next((word for word in visit.library.words if word.id == visit.argument), None)
    if chosen is not None:
        return Page(explained(chosen, visit.setting), visit.conversation)
    return Page(_list(visit), visit.conversation)


def _list(visit: Visit) -> Message:
    setting = visit.setting
    number = visit.argument.removeprefix("page.")
    page = int(number) if number.isdecimal() else 0
    entries = visit.library.words
    rows = tuple((Button(setting.tr(word.word), f"m.ord.{word.id}"),) for word in page_of(entries, page))
    turns = tuple(Button(turn.label, f"m.ord.{turn.action}") for turn in turn_buttons(len(entries), page, setting))
    ways = ((turns,) if turns else ()) + ((go_on(setting), to_menu(setting)),)
    text = setting.tr(_("Tryk på et ord. Eller skriv det."))
    return Message(text, setting.tr(_("Ord, du kan møde")), rows=(*rows, *ways))


def explained(word: Word, setting: Setting) -> Message:
    """One word and what it means."""
    rows = ((Button(setting.tr(_("Flere ord")), "m.ord"),), (go_on(setting), to_menu(setting)))
    return Message(setting.tr(word.text), setting.tr(word.word), rows=rows)


def find(library: Library, text: str, setting: Setting) -> Word | None:
    """The glossary's entry for what was written, in any of its forms or as "hvad er en …?"; None if there is none."""
    said = _ASKED.sub("", " ".join(text.casefold().split()), count=1).strip("?!.»«\"' ")
    for word in library.words:
        names = {setting.danish(word.word).casefold(), setting.tr(word.word).casefold()}
        if said in names or said in word.also or said == word.id:
            return word
    return None
