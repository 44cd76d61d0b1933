"""The wheel: the areas of life that a citizen follows, which are theirs to choose, name, add and lay away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from afsaet.flows.definition import Sensitivity
from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting
from afsaet.measures.areas import DEFAULTS, Area
from afsaet.measures.rounds import Round

FEWEST, MOST = 4, 8
UNNAMED = _("Eget område")
LONGEST_LABEL, LONGEST_QUESTION = 60, 200


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a change was not made, as a Danish text for the citizen. The wheel is as it was."""

    why: str


TOO_FEW = Refused(_("Der skal være mindst 4 områder i hjulet. Vælg et nyt, før du lægger et væk."))
CHOOSE = Refused(_("Vælg 4-8 områder, som er vigtige for dig."))
TOO_MANY = Refused(_("Der er plads til 8 områder. Læg et væk først."))
NO_NAME = Refused(_("Skriv et kort navn til området."))
LONG_NAME = Refused(_("Navnet er for langt. Skriv det med færre ord."))
LONG_QUESTION = Refused(_("Spørgsmålet er for langt. Skriv det med færre ord."))
SAME_NAME = Refused(_("Du har allerede et område, der hedder sådan."))


@dataclass(frozen=True, slots=True)
class Wheel:
    """One citizen's areas, those laid away among them: an area keeps its id for ever, and its numbers with it."""

    areas: tuple[Area, ...] = DEFAULTS

    @property
    def active(self) -> tuple[Area, ...]:
        """The areas that are asked about now, in the citizen's order."""
        return tuple(area for area in self.areas if not area.retired)

    @property
    def ready(self) -> bool:
        """Whether a round can begin."""
        return FEWEST <= len(self.active) <= MOST

    def area(self, area_id: str) -> Area:
        """The area of that id. Raises KeyError if there is none."""
        return {area.id: area for area in self.areas}[area_id]

    def to_json(self) -> list[dict[str, Any]]:
        """A JSON array that `from_json` reads back to an equal wheel."""
        return [asdict(area) for area in self.areas]

    @staticmethod
    def from_json(data: Collection[Mapping[str, Any]]) -> Wheel:
        return Wheel(tuple(Area(**area) for area in data))


def choose(wheel: Wheel, chosen: Collection[str]) -> Wheel | Refused:
    """The wheel with just these areas on it; the others are laid away. Raises KeyError for an unknown id."""
    names = {wheel.area(area_id).label.casefold() for area_id in chosen}
    if not FEWEST <= len(set(chosen)) <= MOST:
        return CHOOSE
    if len(names) < len(set(chosen)):
        return SAME_NAME
    return Wheel(tuple(replace(area, retired=area.id not in chosen) for area in wheel.areas))


def rename(wheel: Wheel, area_id: str, label: str) -> Wheel | Refused:
    """The area under another name, such as "deltage i frokostpauser". Its history stays with it."""
    label = " ".join(label.split())
    wrong = _wrong_name(wheel, label, area_id)
    return wrong or _with(wheel, replace(wheel.area(area_id), label=label))


def reword(wheel: Wheel, area_id: str, question: str, low: str = "", high: str = "") -> Wheel | Refused:
    """The area with a help question of the citizen's own, and ends of its own if they are given. Without those a new
    question has ends that go with any: "slet ikke tydeligt" is no answer to how often something is done."""
    old, question = wheel.area(area_id), " ".join(question.split())
    if len(question) > LONGEST_QUESTION:
        return LONG_QUESTION
    same = next((area for area in (old, *DEFAULTS) if (area.id, area.question) == (area_id, question)), None)
    ends = same or Area(area_id, "", "")
    return _with(wheel, replace(old, question=question, low=low or ends.low, high=high or ends.high))


def add(wheel: Wheel, area_id: str, label: str, question: str = "") -> Wheel | Refused:
    """The wheel with an area the citizen has made up, last. Raises ValueError for an id that has been used."""
    if area_id in {area.id for area in wheel.areas}:
        raise ValueError("the id of an area is never used again")
    label = " ".join(label.split())
    if wrong := _wrong_name(wheel, label, area_id):
        return wrong
    if len(wheel.active) >= MOST:
        return TOO_MANY
    added = Wheel((*wheel.areas, Area(area_id, label, "", retired=False)))
    return reword(added, area_id, question)


def retire(wheel: Wheel, area_id: str) -> Wheel | Refused:
    """The area laid away: no longer asked about, and restored with all its numbers. A wheel that is ready stays so."""
    if not wheel.area(area_id).retired and len(wheel.active) == FEWEST:
        return TOO_FEW
    return _with(wheel, replace(wheel.area(area_id), retired=True))


def restore(wheel: Wheel, area_id: str) -> Wheel | Refused:
    """The area taken up again where it was left."""
    if wheel.area(area_id).retired and len(wheel.active) >= MOST:
        return TOO_MANY
    if wrong := _wrong_name(wheel, wheel.area(area_id).label, area_id):
        return wrong
    return _with(wheel, replace(wheel.area(area_id), retired=False))


def link(wheel: Wheel, area_id: str, goal_id: str | None) -> Wheel:
    """The area tied to a part-goal, or to none."""
    return _with(wheel, replace(wheel.area(area_id), goal_id=goal_id))


def sensitivity(area: Area) -> Sensitivity:
    """How private an area's numbers are. What the citizen has worded may be about anything, and so counts as most."""
    shipped = next((each for each in DEFAULTS if each.id == area.id), None)
    if shipped is None or (area.label, area.question) != (shipped.label, shipped.question):
        return "følsom"
    return shipped.sensitivity


def label_of(area: Area, setting: Setting) -> str:
    """The area's name as it is shown. What the citizen has written stands as they wrote it, in every language."""
    shipped = any(area.label == each.label for each in DEFAULTS)
    return setting.tr(area.label) if shipped else area.label


def as_shared(wheel: Wheel, rounds: Iterable[Round]) -> Wheel:
    """The wheel as a caseworker may read it: every area by the name it had in the latest of these rounds, all of them
    shared and the oldest first. One that was in none of them has its shipped name, or none of its own."""
    called = {area: label for each in rounds for area, label in each.labels.items()}
    shipped = {area.id: area.label for area in DEFAULTS}
    areas = (replace(area, label=called.get(area.id) or shipped.get(area.id) or UNNAMED) for area in wheel.areas)
    return Wheel(tuple(areas))


def _wrong_name(wheel: Wheel, label: str, area_id: str) -> Refused | None:
    if not label:
        return NO_NAME
    if len(label) > LONGEST_LABEL:
        return LONG_NAME
    others = {area.label.casefold() for area in wheel.active if area.id != area_id}
    return SAME_NAME if label.casefold() in others else None


def _with(wheel: Wheel, new: Area) -> Wheel:
    return Wheel(tuple(new if area.id == new.id else area for area in wheel.areas))
