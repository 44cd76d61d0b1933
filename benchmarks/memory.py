"""The bot's memory with ten thousand open sessions, beside that with ten, after the same number of turns.

`python -m benchmarks.memory DATA_DIR CITIZENS` is the bot of one side: all of it but the network, in a process
that takes the turns and prints its resident memory in MiB.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import psutil

from afsaet.assistant import shelf
from afsaet.assistant.assistant import Assistant
from afsaet.channels.telegram.intake import Intake
from afsaet.channels.telegram.render import OutText
from afsaet.channels.telegram.sender import Sender
from afsaet.channels.telegram.source import StoreOutbox, item_of
from afsaet.channels.telegram.transport import Transport
from afsaet.municipality import Municipality
from afsaet.store.outbox import Outgoing
from benchmarks.fill import fill
from benchmarks.people import WORDS, opened
from benchmarks.processes import ROOT
from benchmarks.table import Line, show

FEW, MANY = 10, 10_000
ANSWERS = 20  # each
TURNS = 10_000
BATCH = 100  # updates that Telegram hands over at a time
FASTER = 1000.0
BOT = 1


class NoNetwork:
    """Takes every message at once."""

    def __init__(self) -> None:
        self._numbers = count(TURNS)

    async def send(self, address: int, out: OutText) -> int:
        return next(self._numbers)

    async def edit(self, address: int, message_id: int, out: OutText) -> None:
        """Taken."""

    async def delete(self, address: int, message_id: int) -> None:
        """Taken."""


class FastClock:
    """Runs a thousand times faster, so that nothing is waited for at the pace which Telegram allows."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def time(self) -> float:
        return self._loop.time() * FASTER

    def call_later(self, delay: float, callback: Callable[[], object], /) -> asyncio.TimerHandle:
        return self._loop.call_later(delay / FASTER, callback)


def update(number: int, citizens: int) -> dict[str, Any]:
    """One after the other, again and again, they ask for their question, or rewrite one of their answers."""
    chat = {"id": number % citizens + 1, "type": "private"}
    if number % 2:
        text = f"{WORDS[number % len(WORDS)]} {number}"
        return {"update_id": number, "edited_message": {"message_id": number % ANSWERS, "chat": chat, "text": text}}
    return {"update_id": number, "message": {"message_id": TURNS + number, "chat": chat, "text": "/fortsaet"}}


async def serve(data_dir: Path, citizens: int) -> float:
    """Take all the updates and send what is to be said; the memory afterwards, in MiB."""
    loop, database, municipality = asyncio.get_running_loop(), opened(data_dir), Municipality.load(None)
    assistant = Assistant(database, municipality, shelf.read_definitions(None), policy="open")
    outbox = StoreOutbox(assistant)
    sender = Sender(outbox, NoNetwork(), clock=FastClock(), every=2 * FASTER)

    def laid(rows: Sequence[Outgoing]) -> None:
        loop.call_soon_threadsafe(sender.offer, [item_of(row) for row in rows])

    database.laid = laid
    intake = Intake(assistant, outbox, Transport(f"{BOT}:none"), BOT, sender.nudge)
    sending = asyncio.create_task(sender.run())
    for start in range(0, TURNS, BATCH):
        await intake.take([update(number, citizens) for number in range(start, start + BATCH)])
    sender.stop()
    await sending
    database.close()
    return float(psutil.Process().memory_info().rss) / 2**20


def measured(citizens: int) -> float:
    """What a process of its own prints."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "data", citizens, ANSWERS)
        side = [sys.executable, "-m", "benchmarks.memory", str(Path(folder) / "data"), str(citizens)]
        return float(subprocess.run(side, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def measure() -> Iterator[Line]:
    """Resident memory after the turns, in MiB."""
    what = f"memory, {MANY:,} open sessions, {TURNS:,} turns"
    yield Line(what, measured(MANY), measured(FEW), "MiB", f"the same with {FEW}", "≤ 1.1 ×")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]))))
    else:
        show(measure())
