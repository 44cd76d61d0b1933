"""Goals: one main goal, part-goals in the citizen's own words, what is done, what will be seen, and when it is asked.

A goal is what the citizen wants. The help that is given toward it is no goal, and stands beside it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import count as count_from
from itertools import islice
from string import ascii_lowercase, digits
from typing import Any, Literal

from afsaet.flows.language import mark as _

Status = Literal["naaet", "paa_vej", "aendret", "droppet"]
STATUS: Mapping[Status, str] = {
    "naaet": _("Nået"), "paa_vej": _("På vej"), "aendret": _("Ændret"), "droppet": _("Droppet"),
}  # fmt: skip
ASK = _("Hvordan går det med dit delmål?")
REPLIES: Mapping[Status, str] = {
    "naaet": _("Du nåede det. Hvor er det flot!"),
    "paa_vej": _("Godt. Du er på vej."),
    "aendret": _("Mål må gerne ændre sig. Skriv, hvad det er nu."),
    "droppet": _("Det er helt i orden at lægge et mål fra sig."),
}
CHECK_MONTHS = 3  # a part-goal is asked about every so many months, as long as it is open
_DIGITS = digits + ascii_lowercase
_CLOSED: frozenset[Status] = frozenset({"naaet", "droppet"})


@dataclass(frozen=True, slots=True)
class Note:
    """What the citizen said of a part-goal on a day. text: how the goal read before it was changed then."""

    on: date
    status: Status
    text: str = ""


@dataclass(frozen=True, slots=True)
class PartGoal:
    """A part-goal. text: what the citizen wants. does: what they do for it. three_months, six_months: what will be
    seen by then. who: who does it now, and who in three months. since: the day it was agreed in these words, from
    which the check dates are counted. offer: the help they named first, where what they want with it was written
    after. shared: they show these words to their caseworker."""

    id: str
    text: str
    since: date
    does: str = ""
    three_months: str = ""
    six_months: str = ""
    who: str = ""
    offer: str = ""
    shared: bool = False
    history: tuple[Note, ...] = ()

    @property
    def status(self) -> Status | None:
        """What was said of it last; None if it has not been asked about."""
        return self.history[-1].status if self.history else None

    @property
    def is_open(self) -> bool:
        """Whether it is neither reached nor dropped."""
        return self.status not in _CLOSED


@dataclass(frozen=True, slots=True)
class Goal:
    """The main goal, and the part-goals that lead there.

    text: empty for one who has only part-goals. offer and shared: as for a part-goal. earlier: how the goal read
    before, the oldest first.
    """

    id: str
    text: str
    parts: tuple[PartGoal, ...] = ()
    offer: str = ""
    shared: bool = False
    earlier: tuple[str, ...] = ()

    def with_part(self, part: PartGoal) -> Goal:
        """The same goal with this part-goal, in the place of the one of its id or else last."""
        if part.id not in {each.id for each in self.parts}:
            return replace(self, parts=(*self.parts, part))
        return replace(self, parts=tuple(part if each.id == part.id else each for each in self.parts))

    def without_part(self, part_id: str) -> Goal:
        """The same goal without the part-goal of that id."""
        return replace(self, parts=tuple(part for part in self.parts if part.id != part_id))

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back to an equal goal."""
        parts = [{**asdict(part), "since": part.since.isoformat(),
                  "history": [{**asdict(note), "on": note.on.isoformat()} for note in part.history]}
                 for part in self.parts]
        return {"id": self.id, "text": self.text, "parts": parts, "offer": self.offer, "shared": self.shared,
                "earlier": list(self.earlier)}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Goal:
        parts = tuple(_part(part) for part in data["parts"])
        return Goal(**{**data, "parts": parts, "earlier": tuple(data["earlier"])})


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the month's last where it has no such day: 30 November + 3 is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_check(part: PartGoal) -> date | None:
    """The day it is asked about next: the first of the days three, six, nine … months after it was agreed on which,
    or after which, nothing has been said of it. None once it is reached or dropped."""
    if not part.is_open:
        return None
    said = max((note.on for note in part.history if note.status != "aendret"), default=part.since)
    return next(day for n in count_from(1) if (day := months_later(part.since, n * CHECK_MONTHS)) > said)


def expected_at(part: PartGoal, day: date) -> str:
    """What the citizen said would be seen by that check: after three months, or after six and later."""
    return part.three_months if day < months_later(part.since, 2 * CHECK_MONTHS) else part.six_months


def is_due(part: PartGoal, today: date) -> bool:
    """Whether a day on which it is asked about has come, and nothing has been said of it since."""
    day = next_check(part)
    return day is not None and day <= today


def coming_checks(part: PartGoal, count: int = 4) -> tuple[tuple[int, date], ...]:
    """The next so many days on which it is asked about, if nothing is said of it meanwhile: each with its number of
    months. Whoever has been asked so often and said nothing is left in peace."""
    first = next_check(part)
    if first is None:
        return ()
    days = ((n * CHECK_MONTHS, months_later(part.since, n * CHECK_MONTHS)) for n in count_from(1))
    return tuple(islice(((months, day) for months, day in days if day >= first), count))


def shared(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """What the citizen shows their caseworker of their goals. Earlier words are not among it: nobody has asked them
    about those."""
    shown = []
    for goal in goals:
        parts = tuple(replace(part, history=tuple(replace(each, text="") for each in part.history))
                      for part in goal.parts if part.shared)
        if goal.shared or parts:
            own = goal if goal.shared else replace(goal, text="", offer="", shared=False)
            shown.append(replace(own, parts=parts, earlier=()))
    return tuple(shown)


def note(part: PartGoal, status: Status, on: date) -> PartGoal:
    """The part-goal once the citizen has said how it goes. For a goal in other words, use `change`."""
    return replace(part, history=(*part.history, Note(on, status)))


def change(part: PartGoal, text: str, on: date, three_months: str = "", six_months: str = "") -> PartGoal:
    """The part-goal in new words, which nobody else has been shown. The old ones stay in its history, and its checks
    are counted from this day."""
    return replace(part, text=text, since=on, three_months=three_months, six_months=six_months, offer="", shared=False,
                   history=(*part.history, Note(on, "aendret", part.text)))


def new_id(prefix: str, now: datetime, goals: Iterable[Goal]) -> str:
    """An id for a new goal, short enough for a button: no goal of the citizen's has it, and none that is deleted had.
    now: the present moment."""
    goals = list(goals)
    taken = {goal.id for goal in goals} | {part.id for goal in goals for part in goal.parts}
    moments = (prefix + _in_36(second) for second in count_from(int(now.timestamp())))
    return next(moment for moment in moments if moment not in taken)


def _in_36(number: int) -> str:
    return (_in_36(number // 36) if number >= 36 else "") + _DIGITS[number % 36]


def _part(data: Mapping[str, Any]) -> PartGoal:
    history = tuple(Note(**{**each, "on": date.fromisoformat(each["on"])}) for each in data["history"])
    return PartGoal(**{**data, "since": date.fromisoformat(data["since"]), "history": history})
