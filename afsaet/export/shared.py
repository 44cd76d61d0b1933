"""What a citizen has shared of their rounds and goals, as it stands in the exports beside a sent version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from afsaet.export import words
from afsaet.export.document import Picture
from afsaet.flows.setting import Setting
from afsaet.measures.development import development
from afsaet.measures.followups import TEXTS as FOLLOWUPS
from afsaet.measures.goals import Goal, next_check
from afsaet.measures.items import BY_ID, CHOICE_WORDS, CHOICES, NOT_RELEVANT
from afsaet.measures.pictures import Mark, describe, draw
from afsaet.measures.rounds import Round, Value, shared
from afsaet.measures.showing import FOLLOWED, content_of
from afsaet.measures.wheel import Wheel, label_of

GOAL = ("id", "text", "offer")
PART = ("id", "text", "since", "does", "three_months", "six_months", "who", "offer", "history")
MOST_ROUNDS = 8  # in a document; data for programs has them all


@dataclass(frozen=True, slots=True)
class Shared:
    """taken_at: local time with zone; a sent version never changes, but this is as it was then. rounds: of any others
    than those that are shared nothing is shown. goals: what the citizen shows of them (`goals.shared`). marks: the
    talks and meetings that have been, for the pictures."""

    taken_at: datetime
    rounds: tuple[Round, ...] = ()
    wheel: Wheel = field(default_factory=Wheel)
    goals: tuple[Goal, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is anything to show."""
        return bool(shared(self.rounds) or self.goals)

    @property
    def development(self) -> str:
        """The text "Udvikling siden sidst", ready to be pasted."""
        return development(self.rounds, self.wheel, self.goals, Setting(self.taken_at))

    def rounds_data(self) -> list[dict[str, Any]]:
        """Each shared round as it stands in JSON, the oldest first."""
        return [round_data(each, self.wheel, self.taken_at) for each in shared(self.rounds)]

    def goals_data(self) -> list[dict[str, Any]]:
        """Each goal as it stands in JSON."""
        return [_goal_data(goal, self.taken_at) for goal in self.goals]

    def parts(self, *, beside: bool) -> list[tuple[str, str]]:
        """The document's own chapter: a note, and then a heading with its text each. beside: beside a sent version."""
        _title, disclaimer, *rest = self.development.split("\n", 2)
        note = words.SHARED.format(day=words.day(self.taken_at))
        if beside:
            note = f"{note} {words.SINCE}"
        blocks = [block.partition("\n") for block in "".join(rest).strip("\n").split("\n\n") if block]
        rounds = [(words.ROUNDS, "\n".join(self.latest(MOST_ROUNDS)))] if shared(self.rounds) else []
        return [("", f"{note} {disclaimer}"), *((head, text) for head, _, text in blocks), *rounds]

    def pictures(self) -> list[Picture]:
        """The wheel and the lines over time, as the citizen has seen them, of what is shared."""
        setting, sent = Setting(self.taken_at), shared(self.rounds)
        each_of = (content_of(measure, sent, self.wheel, setting, self.marks) for measure in FOLLOWED)
        shown = [content for content in each_of if content]
        return [Picture(each.title, describe(each, setting), draw(each, setting)) for each in shown]

    def latest(self, most: int) -> Iterator[str]:
        """A line for each of the latest rounds, the newest first: its day, its name, its numbers and words."""
        for each in shared(self.rounds)[:-most - 1:-1]:
            yield _line(each, self.wheel, self.taken_at)


def round_data(done: Round, wheel: Wheel, now: datetime) -> dict[str, Any]:
    """One round as other systems get it: times local, and what each number is called beside it."""
    asked = [*done.values, *(name for name in done.words if name in BY_ID and name not in done.values)]
    asked.sort(key=_in_order(wheel))
    return {
        "id": done.id,
        "measure": done.measure,
        "title": words.MEASURES.get(done.measure, done.measure),
        "at": done.at.astimezone(now.tzinfo).isoformat(timespec="seconds"),
        "total": done.total(),
        "items": [{"id": item, "label": label(item, wheel, now), "value": done.values.get(item),
                   "text": value_words(item, done.values.get(item))} for item in asked],
        "words": {name: done.words[name] for name in sorted(done.words, key=_in_order(wheel))},
    }


def rows_of(done: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The answers of a round of `rounds_data` as the rows of a table: what was chosen, and then the words, each once
    and with what it answers; beside an area that is the area's name and the question."""
    called = {item["id"]: item["label"] for item in done["items"]}
    yield from (item for item in done["items"] if item["id"] not in done["words"])
    for name, text in done["words"].items():
        area = name.rpartition(".")[0]
        asked = {f"{area}.{each}": f"{called.get(area, area)}: {question}" for each, question in FOLLOWUPS.items()}
        yield {"id": name, "label": asked.get(name) or called.get(name, name), "value": None, "text": text}


def numbers_in_words(done: Mapping[str, Any]) -> list[str]:
    """What was chosen in a round of `rounds_data`, such as "Os to 7"."""
    return [f"{item['label']} {item['text']}" for item in done["items"] if item["text"]]


def own_words(done: Mapping[str, Any]) -> list[str]:
    """What was written in it, each with what it answers and on one line, such as "Næste gang »mere tid«"."""
    written = (item for item in rows_of(done) if item["id"] in done["words"])
    return [f"{item['label']} »{' '.join(item['text'].split())}«" for item in written]


def _in_order(wheel: Wheel) -> Callable[[str], tuple[int, int]]:
    """Sorts items as they are asked, areas as they stand on the wheel, and words beside an area with it. Kept answers
    come in no particular order."""
    places = {name: place for place, name in enumerate((*BY_ID, *(area.id for area in wheel.areas)))}
    following: dict[str, int] = {name: place for place, name in enumerate(FOLLOWUPS)}

    def key(name: str) -> tuple[int, int]:
        area, _dot, which = name.rpartition(".")
        own = which if which not in following else area
        return places.get(own, len(places)), following.get(which, -1)

    return key


def label(item: str, wheel: Wheel, now: datetime) -> str:
    """What an item or area is called, an area by its present name; its id where it is of another's making."""
    if item in BY_ID:
        return BY_ID[item].label
    named = {area.id: area for area in wheel.areas}
    return label_of(named[item], Setting(now)) if item in named else item


def value_words(item: str, value: Value) -> str:
    """A value as it reads."""
    if value == NOT_RELEVANT:
        return words.NOT_RELEVANT
    if item in CHOICES and isinstance(value, str):
        return CHOICE_WORDS.get(value, value)
    return "" if value is None else str(value)


def _goal_data(goal: Goal, taken_at: datetime) -> dict[str, Any]:
    """The goal, with when it was read and when each part-goal is asked about next."""
    data, checks = goal.to_json(), [next_check(part) for part in goal.parts]
    parts = [{**{name: part[name] for name in PART}, "next_check": day.isoformat() if day else None}
             for part, day in zip(data["parts"], checks, strict=True)]
    return {**{name: data[name] for name in GOAL}, "as_of": taken_at.isoformat(timespec="seconds"), "parts": parts}


def _line(done: Round, wheel: Wheel, now: datetime) -> str:
    data: Mapping[str, Any] = round_data(done, wheel, now)
    total = [words.TOTAL_OF_ROUND.format(total=data["total"])] if data["total"] is not None else []
    answers = ", ".join([*numbers_in_words(data), *total, *own_words(data)])
    return f"{words.day(done.at.astimezone(now.tzinfo))}, {data['title']}: {answers}"
