"""A turn where much is stored, beside one in a database that holds its own citizens only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.fill import fill
from benchmarks.people import Walker, invited
from benchmarks.processes import afsaet, running
from benchmarks.sides import CITIZENS, Round, Side, alternate
from benchmarks.table import Line, show
from tests.fake_telegram import FakeTelegram

STORED = 20_000
ANSWERS = 25  # each


def play(full: Path, empty: Path) -> list[tuple[Round, Round]]:
    """Rounds in the full and in the empty database."""
    fill(full / "data", STORED, ANSWERS)
    codes = [invited(folder / "data", CITIZENS) for folder in (full, empty)]
    with (
        FakeTelegram() as one, FakeTelegram() as other,
        running(*afsaet(one.url, one.token, full / "data"), full) as large,
        running(*afsaet(other.url, other.token, empty / "data"), empty) as small,
    ):
        for telegram in (one, other):
            telegram.wait_until(lambda each: each.polling)
        sides = [
            Side(telegram, bot, [Walker(telegram, code) for code in own])
            for telegram, bot, own in zip((one, other), (large, small), codes, strict=True)
        ]
        return alternate(*sides, lambda done: None)


def measure() -> Iterator[Line]:
    """Processor time a turn, and the time until the citizen has seen all of it, in milliseconds."""
    with tempfile.TemporaryDirectory() as full, tempfile.TemporaryDirectory() as empty:
        pairs = play(Path(full), Path(empty))
    turns = len(pairs) * CITIZENS
    what, peer = f"{STORED * ANSWERS:,} answers stored", "the same in an empty database"
    large, small = (sum(each.cpu for each in side) / turns for side in zip(*pairs, strict=True))
    yield Line(f"processor time, {what}", 1000 * large, 1000 * small, "ms", peer, "≤ 1.2 ×")
    large, small = (median(wall for each in side for wall in each.wall) for side in zip(*pairs, strict=True))
    yield Line(f"time to the reply, {what}", 1000 * large, 1000 * small, "ms", peer, "≤ 1.2 ×")


if __name__ == "__main__":
    show(measure())
