"""What comes of the questions in which a citizen chooses, names and words the areas of their wheel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import count

from afsaet.flows.language import mark as _
from afsaet.flows.library import Opener, Page, Visit
from afsaet.flows.machine import START, SUMMARY
from afsaet.flows.message import Button, Message
from afsaet.flows.pages.page import to_menu
from afsaet.measures.effects import WheelChanged
from afsaet.measures.hjulet import CHOICE
from afsaet.measures.pages import mine, ways
from afsaet.measures.pages.hjul import AREAS, ASKED, NAME, QUESTION, emptied, kept, overview, wheel_page
from afsaet.measures.wheel import Refused, Wheel, add, choose, rename, reword

QUESTIONS = (CHOICE, NAME, QUESTION)
OWN = "eget_"  # begins the ids of areas that a citizen has made up


def questions() -> dict[str, Traversable]:
    """The dialogues that ask for areas, a name and a question, by their files' names."""
    here = files("afsaet.measures.pages")
    return {f"{name}.yaml": here.joinpath(f"{name}.yaml") for name in QUESTIONS}


def with_own(wheel: Wheel, chosen: tuple[str, ...], names: tuple[str, ...]) -> Wheel | Refused:
    """The wheel with just these areas on it, and new ones of these names. An id that has been used is never used
    again: no area ever leaves the wheel."""
    new = Wheel(tuple(replace(area, retired=True) for area in wheel.areas))
    ids = list(chosen)
    for name in names:
        used = {area.id for area in new.areas}
        area_id = next(f"{OWN}{number}" for number in count(1) if f"{OWN}{number}" not in used)
        added = add(new, area_id, name)
        if isinstance(added, Refused):
            return added
        new = added
        ids.append(area_id)
    return choose(new, ids)


def chosen(visit: Visit) -> Page:
    """The end of the choice. Where it cannot be so, it is said, and the ticks are still there."""
    session, setting, wheel = visit.conversation.sessions[CHOICE], visit.setting, mine.wheel(visit)
    answer = session.answers.get(AREAS)
    if mine.closed(setting) or answer is None or answer.state != "answered":
        return left(visit)
    known = {area.id for area in wheel.areas}
    ticked = answer.value if isinstance(answer.value, tuple) else ()
    names = tuple(dict.fromkeys(name for part in answer.parts if (name := " ".join(part.text.split()))))
    new = with_own(wheel, tuple(area for area in ticked if area in known), names)
    if isinstance(new, Refused):
        back = visit.conversation.with_session(replace(session, state=AREAS))
        again = Button(setting.tr(_("Vælg igen")), f"{ways.HERE}.hjul.igen")
        refused = Message(setting.tr(new.why), setting.tr(_("Det gik ikke helt")), rows=((again,), (to_menu(setting),)))
        return Page(refused, replace(back, dialogue=visit.library.main))
    note = setting.tr(_("Dit hjul er klar."))
    return Page(overview(visit, new, note), emptied(visit, CHOICE), (WheelChanged(new),))


def named(visit: Visit) -> Page:
    """The area under its new name."""
    return _worded(visit, NAME)


def asked(visit: Visit) -> Page:
    """The area with its new question."""
    return _worded(visit, QUESTION)


def _worded(visit: Visit, dialogue: str) -> Page:
    session, wheel = visit.conversation.sessions[dialogue], mine.wheel(visit)
    answer = session.answers.get(ASKED[dialogue])
    text = " ".join(part.text for part in answer.parts) if answer and answer.state == "answered" else ""
    area = next((each for each in wheel.areas if each.id == session.about), None)
    back = replace(visit, conversation=emptied(visit, dialogue), argument=f"se.{session.about}")
    if area is None or not text.strip() or mine.closed(visit.setting):
        return wheel_page(back)
    if dialogue == NAME:
        return kept(back, wheel, rename(wheel, area.id, text), area.id, _("Området har fået et nyt navn."))
    return kept(back, wheel, reword(wheel, area.id, text), area.id, _("Nu spørger jeg med dine ord."))


def left(visit: Visit) -> Page:
    """Back from the question, with nothing changed."""
    dialogue = visit.conversation.dialogue
    about = visit.conversation.session.about
    return wheel_page(replace(visit, conversation=emptied(visit, dialogue), argument=f"se.{about}"))


ENDS: Mapping[tuple[str, str], Opener] = {
    (CHOICE, SUMMARY): chosen, (NAME, SUMMARY): named, (QUESTION, SUMMARY): asked,
    (CHOICE, START): left, (NAME, START): left, (QUESTION, START): left,
}  # fmt: skip
