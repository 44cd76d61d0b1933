"""From the start of the process to the first question for updates."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.people import invited
from benchmarks.processes import Start, afsaet, peer, running
from benchmarks.table import Line, show
from tests.fake_telegram import FakeTelegram

TIMES = 7


def to_first_poll(start: Start, telegram: FakeTelegram, folder: Path) -> float:
    """Seconds until the bot waits for updates."""
    since = time.perf_counter()
    with running(*start, folder):
        telegram.wait_until(lambda each: each.polling)
        return time.perf_counter() - since


def measure() -> Iterator[Line]:
    """Medians of several starts, in seconds, with an empty data folder and with one in use."""
    ours: list[float] = []
    first: list[float] = []
    peers: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        invited(folder / "data", 1)
        (folder / "script").touch()
        for number in range(TIMES):
            with FakeTelegram() as telegram:
                ours.append(to_first_poll(afsaet(telegram.url, telegram.token, folder / "data"), telegram, folder))
            with FakeTelegram() as telegram:
                new = folder / f"new-{number}"
                first.append(to_first_poll(afsaet(telegram.url, telegram.token, new), telegram, folder))
            with FakeTelegram() as telegram:
                script = folder / "script"
                peers.append(to_first_poll(peer(telegram.url, telegram.token, script), telegram, folder))
    yield Line("from start to first poll", median(ours), median(peers), "s", "python-telegram-bot", "< 2 s")
    yield Line("the same, making database and key", median(first), median(peers), "s", "python-telegram-bot", "")


if __name__ == "__main__":
    show(measure())
