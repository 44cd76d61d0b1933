"""A citizen with the whole of what is shipped, who comes back for rounds, and a store in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from afsaet.assistant import shelf
from afsaet.flows.conversation import Turn
from afsaet.flows.converse import converse
from afsaet.flows.converse.entering import begin
from afsaet.flows.files import checks
from afsaet.flows.inputs import Command, Input, Tap, Text
from afsaet.flows.library import Library
from afsaet.flows.message import Attachment, Message
from afsaet.flows.offers import OFFERS
from afsaet.flows.setting import ALL_SENSITIVITIES, Setting
from afsaet.measures.pages import for_citizen
from afsaet.measures.wheel import Wheel, choose
from afsaet.meetings.kinds import Kind
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.mine import Mine
from afsaet.municipality import Municipality
from tests.flows.transcript import after_restart
from tests.measures.kept import Kept

MUNICIPALITY = Municipality()
LIBRARY = shelf.build(MUNICIPALITY, shelf.read_definitions(None))
FOUR = ("hjul_tro", "hjul_retning", "hjul_hverdag", "hjul_ro")
CALM = ("hjul_tro", "hjul_retning", "hjul_muligheder", "hjul_skridt")  # of nothing private
OUTCOME = ("trivsel_mig", "trivsel_naere", "trivsel_andre", "trivsel_samlet")
SAFE = frozenset({"alm"})
MONTHLY = (5, 6, 7, "1-5 timer")  # answers to the month's four


def chosen(*areas: str) -> Wheel:
    wheel = choose(Wheel(), areas)
    assert isinstance(wheel, Wheel)
    return wheel


def meeting(kind: Kind, day: date) -> Mine:
    """A meeting of theirs on that day from ten to eleven."""
    wall = datetime.combine(day, time(10))
    return Mine(Meeting(f"m{day}", "u@afsaet", kind, wall, "Europe/Copenhagen"), "", wall)


HELD = [meeting("samtale", date(2026, 8, 30)), meeting("rehabiliteringsmoede", date(2026, 8, 25))]


class Rounder:
    """Somebody who has said yes. Months go by with `later`, so that nothing monthly is asked unless it is meant to be."""

    def __init__(self, *areas: str, monthly: bool = False, library: Library = LIBRARY, language: str = "da",
                 **facts: Any) -> None:
        self.kept = Kept()
        if areas:
            self.kept.card = replace(self.kept.card, wheel=chosen(*areas))
        self.monthly, self.more = monthly, facts
        self.now = datetime(2026, 9, 1, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
        self.open_to = ALL_SENSITIVITIES
        self.library = library
        self.conversation = replace(begin(library, "forberedelse"), language=language)
        self.shown: list[Message] = []
        self.messages: list[Message] = []
        self.effects: tuple[Any, ...] = ()
        self.written = 0
        self.offers = OFFERS

    @property
    def setting(self) -> Setting:
        facts = {**self.kept.facts(self.now), **self.more}
        if not self.monthly:
            facts["maanedens_foerste"] = lambda begun: False
        return Setting(self.now, self.open_to, checks.FLAGS, MUNICIPALITY.names(), facts, offers=self.offers)

    @property
    def said(self) -> str:
        return "\n\n".join(message.plain() for message in self.messages)

    @property
    def seen(self) -> Message:
        return next(message for message in reversed(self.messages) if message.rows)

    @property
    def buttons(self) -> dict[str, str]:
        return {button.label.lstrip("☑☐✓ "): button.action for row in self.seen.rows for button in row}

    @property
    def picture(self) -> Attachment | None:
        return self.messages[-1].attachment if self.messages else None

    @property
    def wheel(self) -> Wheel:
        return self.kept.card.wheel

    def give(self, given: Input) -> None:
        setting = self.setting
        self._turn(converse(for_citizen(self.library, setting.facts), self.conversation, given, setting))

    def _turn(self, turn: Turn) -> None:
        self.conversation = after_restart(turn.conversation)
        self.messages = [message for message in (turn.redraw, *turn.say) if message]
        self.effects = turn.effects
        settled = [Message(turn.settled.answer, turn.settled.lead)] if turn.settled else []
        self.shown += [*settled, *self.messages]
        for effect in turn.effects:
            self.kept.carry_out(effect)

    def press(self, *labels: object) -> None:
        for label in labels:
            self.give(Tap(self.buttons[str(label)], self.conversation.ask))

    def go(self, action: str) -> None:
        """Press a button of /udvikling, wherever it stands."""
        self.give(Tap(f"m.udvikling.{action}", self.conversation.ask))

    def act(self, *actions: str) -> None:
        """Press the first button under the latest message whose action is this, one after another."""
        for action in actions:
            assert action in self.buttons.values(), (action, self.said)
            self.give(Tap(action, self.conversation.ask))

    def write(self, text: str) -> None:
        self.written += 1
        self.give(Text(text, str(self.written)))

    def command(self, name: str) -> None:
        self.give(Command(name))

    def later(self, days: int = 28) -> None:
        self.now += timedelta(days=days)

    def round(self, measure: str, *numbers: object, ending: str = "Gem og vis til min sagsbehandler") -> None:
        """A whole round, from its first question to its end; own words are skipped."""
        self.go(f"begynd.{measure}")
        left = [str(number) for number in numbers]
        while left or ending not in self.buttons:
            if left and left[0] in self.buttons:
                self.press(left.pop(0))
            else:
                self.press("Spring over")
        self.press(ending)
