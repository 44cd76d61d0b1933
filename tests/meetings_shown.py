"""The part of the walk through everything that is about meetings, the next step and the citizen's own list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from afsaet.flows.inputs import Command, Input, Tap, Text
from afsaet.meetings.buttons import LABELS
from afsaet.meetings.kinds import KINDS
from afsaet.meetings.meeting import Meeting, cancelled, changed
from afsaet.meetings.mine import Mine, OwnTask
from afsaet.meetings.pages.own_list import MOST
from afsaet.meetings.place import Passed, Place
from afsaet.meetings.reminders import Rules
from afsaet.municipality import Municipality

Facts = Mapping[str, Any]
Give = Callable[[Input], None]
OWN = "1234567"
RULES = Rules.of(Municipality())
STEPS = tuple(Municipality().text_profile().process.order)


def booked(now: datetime) -> list[Mine]:
    """A meeting of each kind, a day apart, the main one last. Nothing typed has letters."""
    kinds = [*(kind for kind in KINDS if not KINDS[kind].ready), *(kind for kind in KINDS if KINDS[kind].ready)]
    return [Mine(Meeting(f"m{number}", f"u{number}", kind, datetime(2026, 12, 3 + number, 10), "Europe/Copenhagen",  # noqa: DTZ001
                         75 if number else 60, OWN, "2", OWN, 15, (OWN,) if number else ()), "", now)
            for number, kind in enumerate(kinds)]  # fmt: skip


def shown(now: datetime, give: Give, ask: Callable[[], int]) -> Iterator[Facts]:
    """Each set of facts that the citizen is to have next; between two of them they do what there is to do with it."""

    def press(*actions: str) -> None:
        for action in actions:
            give(Tap(action, ask()))

    def visit() -> None:
        give(Command("moede"))
        give(Command("hvadnu"))

    yield {}
    visit()
    press("m.moede.calendar.gone", "m.mine_ord")
    meetings = booked(now)
    for mine in meetings:
        yield {"meetings": [mine]}
        meeting = mine.meeting
        visit()
        press(*(f"m.moede.{word}.{meeting.id}.{meeting.version}" for word in LABELS))
        press(f"m.moede.ready.{meeting.id}", f"m.moede.calendar.{meeting.id}", f"m.moede.prepare.{meeting.id}")
        give(Command("menu"))
        for word in LABELS:
            yield {"meetings": [mine.answered(word)]}
            visit()
        moved = changed(meeting, wall=datetime(2026, 12, 2, 9, 30))  # noqa: DTZ001
        yield {"meetings": [replace(mine, meeting=moved)]}
        press(f"m.moede.coming.{meeting.id}.0", f"m.moede.calendar.{meeting.id}")
        yield {"meetings": [replace(mine, meeting=cancelled(moved))]}
        press(f"m.moede.{meeting.id}", f"m.moede.calendar.{meeting.id}")
        yield {"meetings": [replace(mine, meeting=replace(meeting, wall=now.replace(tzinfo=None)))]}
        visit()
    yield {"meetings": meetings}
    visit()
    later = [replace(mine, meeting=replace(mine.meeting, wall=datetime(2026, 12, 4, 10 + number)))  # noqa: DTZ001
             for number, mine in enumerate(meetings)]  # fmt: skip
    yield {"meetings": later}
    visit()
    press(f"m.moede.prepare.{meetings[-1].meeting.id}", "begin")
    for _question in range(4):
        press("use")
        press("done")
    give(Command("menu"))
    press("m.mine_ord", f"m.moede.ready.{meetings[-1].meeting.id}")
    again = replace(meetings[-1], meeting=replace(meetings[-1].meeting, id="again"))
    yield {"meetings": [again]}
    press("m.moede.prepare.again")
    for step in STEPS:
        yield {"place": Place((Passed(step, now, "caseworker"),)), "meetings": [meetings[-1]]}
        give(Command("hvadnu"))
    yield {"reminder_rules": RULES}
    give(Command("liste"))
    press("m.liste.slet")
    for day in (1, 5, 24):
        press("m.liste.ny")
        give(Text(OWN, f"on the list for the {day}."))
        press(f"day.2026-12-{day:02}")
    tasks = [OwnTask(f"t{number}", OWN, date(2026, 12, 24) if number else None) for number in range(MOST)]
    yield {"own_tasks": tasks}
    give(Command("hvadnu"))
    press("m.liste", "m.liste.page.1", "m.liste.slet", "m.liste.slet.1", "m.liste.t0.gjort", "m.liste.t0.slet")
    press("m.liste.ny")
    yield {"own_tasks": tasks[:1]}
    give(Command("hvadnu"))
