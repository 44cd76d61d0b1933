"""What a citizen who wants to send does next, with the buttons they see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afsaet.flows.inputs import Input, Tap, Text

if TYPE_CHECKING:
    from tests.flows.walking.citizen import Citizen


def nearest(citizen: Citizen) -> Input | None:
    """The press or the text that lies nearest; None where there is nothing they could send."""
    if citizen.showing:
        return _answer(citizen)
    sections = {section.id for section in citizen.definition.sections}
    some = citizen.chosen is not None and not sections <= citizen.chosen
    refused = "ingen svar" in citizen.said or "mindst ét" in citizen.said
    if _first(citizen, "on.", "off."):
        more = _first(citizen, "on.", "page.") if some else None
        return more or _first(citizen, "leave" if refused else "send")
    if refused and some:
        return _first(citizen, "choose")
    if refused:
        can_change = any(map(citizen.visible, citizen.questions))
        return _first(citizen, "go", "rest") or (_first(citizen, "edit") if can_change else None)
    return _first(citizen, "confirm", "send", "finish", "begin", "es.", "eq.", "edit", "m.fortsaet", "leave")


def _answer(citizen: Citizen) -> Input | None:
    answer = citizen.answers.get(citizen.showing)
    if aside := _first(citizen, "unhelp", "stop.no"):
        return aside
    if answer and answer.state == "answered":
        return _first(citizen, "done", "keep")
    if citizen.kind(citizen.showing) in ("text", "points"):
        return Text(f"Det her er mit {len(citizen.written) + 1}. svar.", citizen.ref())
    return _first(citizen, "a.", "t.", "day.", "page.")


def _first(citizen: Citizen, *actions: str) -> Tap | None:
    """A press of the first button there is with one of these actions, or with one that so begins."""
    for wanted in actions:
        for button in citizen.live:
            if button.action == wanted or (wanted.endswith(".") and button.action.startswith(wanted)):
                return Tap(button.action, citizen.conversation.ask)
    return None
