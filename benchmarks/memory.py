"""The bot's memory with ten thousand open sessions, beside that with ten, after the same number of turns.

`python -m benchmarks.memory DATA_DIR CITIZENS` is one of the two: the whole channel without a network, in a process
that takes the turns and prints its resident memory in MiB.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psutil

from afsaet import clock
from afsaet.assistant import shelf
from afsaet.assistant.assistant import Assistant
from afsaet.channels.telegram import service
from afsaet.channels.telegram.render import OutText
from afsaet.channels.telegram.sender import Sender
from afsaet.channels.telegram.updates import CHANNEL
from afsaet.municipality import Municipality
from afsaet.store import outbox
from afsaet.store.database import Database
from benchmarks.fill import BOT, fill
from benchmarks.people import WORDS, opened
from benchmarks.processes import ROOT
from benchmarks.table import Line, show

FEW, MANY = 10, 10_000
ANSWERS = 20  # each
TURNS = 10_000
BATCH = 100  # updates that Telegram hands over at a time
FASTER = 1000.0


class NoNetwork:
    """In the transport's place: hands over the updates, and takes every message at once."""

    def __init__(self, citizens: int) -> None:
        self.over = asyncio.Event()
        self.bot = self
        self._citizens = citizens
        self._numbers = count(2 * TURNS)

    async def __aenter__(self) -> NoNetwork:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing to close."""

    async def updates(self, offset: int | None, wait: int, kinds: Sequence[str]) -> list[dict[str, Any]]:
        start = offset or 0
        if start == TURNS:
            self.over.set()
            await asyncio.Event().wait()
        return [update(number, self._citizens) for number in range(start, start + BATCH)]

    async def send(self, address: int, out: OutText) -> int:
        return next(self._numbers)

    async def call(self, *_: object) -> None:
        """Taken."""

    me = set_my_commands = edit = delete = call


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
    database, municipality = opened(data_dir), Municipality.load(None)
    assistant = Assistant(database, municipality, shelf.read_definitions(None), policy="open")
    line, sender = NoNetwork(citizens), partial(Sender, clock=FastClock(), every=2 * FASTER)
    with patch.object(service, "Transport", lambda token, url: line), patch.object(service, "Sender", sender):
        running = asyncio.create_task(service.Telegram(assistant, f"{BOT + 1}:none", "").run())
        await line.over.wait()
        await asyncio.to_thread(wait_until_sent, database)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    database.close()
    return float(psutil.Process().memory_info().rss) / 2**20


def wait_until_sent(database: Database) -> None:
    """Return when the outbox is empty."""
    while True:
        with database.read() as tx:
            if not outbox.due(tx, CHANNEL, clock.now(), 1):
                return
        time.sleep(0.1)


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
