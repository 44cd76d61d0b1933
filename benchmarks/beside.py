"""How long other citizens' turns take while the picture that one of them gets is drawn, beside the same without one.

A turn is measured from what comes in to its commit. Pictures are made as the sender makes them, one after the other for
as long as turns are measured: nothing worse can happen to those. What a worker thread in the place of the process would
have cost is told too.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from statistics import fmean

from afsaet.assistant import drawing
from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Incoming
from afsaet.assistant.shelf import read_definitions
from afsaet.assistant.turn.receive import receive
from afsaet.flows.inputs import Command, Input, Tap
from afsaet.measures.pictures import draw
from afsaet.municipality import Municipality
from benchmarks.fill import BOT
from benchmarks.people import invited, opened
from benchmarks.pictures import SETTING, WHEEL
from benchmarks.table import Line, show

LAPS, TURNS = 8, 40


class Other:
    """Another citizen, who takes one turn after the other."""

    def __init__(self, assistant: Assistant, code: str) -> None:
        self._assistant = assistant
        self._numbers = count(1)
        self._comes(Tap(f"w.yes.{code}", 0))

    async def turn(self) -> float:
        """The seconds that a turn takes."""
        since = time.perf_counter()
        await asyncio.to_thread(self._comes, Command("menu"))
        return time.perf_counter() - since

    def _comes(self, given: Input) -> None:
        receive(self._assistant, Incoming("telegram", "1", given, "5", (BOT, next(self._numbers))))


async def turns(other: Other, picture: Callable[[], Awaitable[object]] | None) -> list[float]:
    """What turns take while such pictures are made, or none."""

    async def again() -> None:
        while picture is not None:
            await picture()

    making = asyncio.create_task(again())
    await asyncio.sleep(0.05)  # it is under way
    taken = [await other.turn() for _ in range(TURNS)]
    making.cancel()
    await asyncio.gather(making, return_exceptions=True)
    return taken


async def play(other: Other) -> dict[str, list[float]]:
    """Seconds of turns without a picture, with one drawn in the process beside, and with one drawn in a thread."""
    ways: dict[str, Callable[[], Awaitable[object]] | None] = {
        "none": None, "process": lambda: drawing.beside(draw, WHEEL, SETTING),
        "thread": lambda: asyncio.to_thread(draw, WHEEL, SETTING),
    }  # fmt: skip
    await drawing.beside(draw, WHEEL, SETTING)  # both have drawn before
    draw(WHEEL, SETTING)
    await turns(other, None)
    found: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(LAPS):
        for way, picture in ways.items():
            found[way] += await turns(other, picture)
    return found


def measure() -> Iterator[Line]:
    """Means, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        [code] = invited(Path(folder), 1)
        with closing(opened(Path(folder))) as database:
            other = Other(Assistant(database, Municipality(), read_definitions(None), policy="open"), code)
            found = {way: 1000 * fmean(taken) for way, taken in asyncio.run(play(other)).items()}
            drawing.stop()
    print(f"  drawn in a thread instead: {found['thread'] / found['none']:.2f} ×", file=sys.stderr)
    yield Line("a turn while others' pictures are drawn", found["process"], found["none"], "ms", "no picture drawn",
               "≤ 1.2 ×")


if __name__ == "__main__":
    show(measure())
