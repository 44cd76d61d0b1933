"""Two bots side by side, each with a server and citizens of its own, taking rounds in turn."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.people import Walker
from benchmarks.processes import Bot
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.world import Call

# Twelve citizens, and so long between two turns, that the pace which Telegram allows is never what is measured.
CITIZENS = 12
APART = 0.05
WARM_UP = 4  # rounds that are not counted: the greeting and the first question


@dataclass(frozen=True, slots=True)
class Round:
    """A turn of every citizen. cpu: the bot's processor time for all of them. wall: of each, until all was seen."""

    cpu: float
    wall: list[float]
    calls: list[list[Call]]


@dataclass(frozen=True, slots=True)
class Side:
    """One bot with its server and its citizens."""

    telegram: FakeTelegram
    bot: Bot
    walkers: list[Walker]

    def round(self) -> Round:
        """Every citizen takes a turn."""
        before, wall, calls = self.bot.cpu, [], []
        for walker in self.walkers:
            began = time.perf_counter()
            calls.append(walker.turn())
            wall.append(time.perf_counter() - began)
            time.sleep(max(0.0, APART - wall[-1]))
        return Round(self.bot.cpu - before, wall, calls)

    def counted(self) -> Counter[str]:
        """How often the bot has called each method, and with what status where it was not 200."""
        return Counter(
            call.method if call.status == 200 else f"{call.method} {call.status}" for call in self.telegram.calls
        )


def alternate(one: Side, other: Side, between: Callable[[Round], None]) -> list[tuple[Round, Round]]:
    """Rounds of both in turn until the first side's citizens have sent their plans; those of the warm-up left out.

    between: is given every round of the first before the second takes its own.
    """
    pairs = []
    while not all(walker.done for walker in one.walkers):
        mine = one.round()
        between(mine)
        pairs.append((mine, other.round()))
    return pairs[WARM_UP:]
