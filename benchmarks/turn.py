"""A turn's processor time, from the update to the sent reply, beside python-telegram-bot's with nothing kept."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.people import Walker, invited
from benchmarks.processes import Bot, afsaet, peer, running
from benchmarks.table import Line, show
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.world import Call

CITIZENS = 12
APART = 0.09  # seconds between two turns, so that the pace Telegram allows is never what is measured
WARM_UP = 4  # rounds that are not counted: the greeting and the first questions
LAPS = 4


@dataclass(frozen=True)
class Side:
    """One bot with its server and its citizens."""

    telegram: FakeTelegram
    bot: Bot
    walkers: list[Walker]

    def round(self) -> tuple[float, list[list[Call]]]:
        """Every citizen takes a turn; the bot's processor time for them, and their calls."""
        before = self.bot.cpu
        calls = []
        for walker in self.walkers:
            at = time.monotonic() + APART
            calls.append(walker.turn())
            time.sleep(max(0.0, at - time.monotonic()))
        return self.bot.cpu - before, calls


@contextmanager
def sides(folder: Path, citizens: int = CITIZENS) -> Iterator[tuple[Side, Side, Path]]:
    """Ours and the peer, waiting for their first update; and the script that the peer plays."""
    codes = invited(folder / "data", citizens)
    script = folder / "script"
    script.touch()
    with (
        FakeTelegram() as one, FakeTelegram() as other,
        running(*afsaet(one.url, one.token, folder / "data"), folder) as ours,
        running(*peer(other.url, other.token, script), folder) as theirs,
    ):
        for telegram in (one, other):
            telegram.wait_until(lambda each: each.polling)
        yield (
            Side(one, ours, [Walker(one, code) for code in codes]),
            Side(other, theirs, [Walker(other, code) for code in codes]),
            script,
        )


def scripted(calls: list[Call]) -> str:
    """One turn's calls as a line of the peer's script."""
    turn = [
        {"method": call.method, "text": call.params["text"],
         "rows": json.loads(call.params.get("reply_markup", "{}")).get("inline_keyboard")}
        for call in calls
    ]
    return json.dumps(turn) + "\n"


def measure() -> list[Line]:
    """Alternate rounds of ours and the peer's, until every citizen has sent the plan."""
    pairs: list[tuple[float, float]] = []
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, sides(Path(name)) as (ours, theirs, script):
        while not all(walker.done for walker in ours.walkers):
            spent, calls = ours.round()
            with script.open("a", encoding="utf-8") as lines:
                lines.write(scripted(calls[0]))
            pairs.append((spent, theirs.round()[0]))
        for side, telegram in (("ours", ours.telegram), ("peer", theirs.telegram)):
            counted.update((side, call.method) for call in telegram.calls)
    pairs = pairs[WARM_UP:]
    turns = len(pairs) * CITIZENS
    print(f"{turns} turns of {CITIZENS} citizens; calls:", file=sys.stderr)
    for (side, method), number in sorted(counted.items()):
        print(f"  {side} {method}: {number}", file=sys.stderr)
    size = -(-len(pairs) // LAPS)
    for start in range(0, len(pairs), size):
        lap = pairs[start : start + size]
        print(f"  rounds from {start}: {sum(a for a, _ in lap) / sum(b for _, b in lap):.2f} ×", file=sys.stderr)
    mine, others = (1000 * sum(column) / turns for column in zip(*pairs, strict=True))
    return [Line("a turn, update to sent reply: processor", mine, others, "ms", "python-telegram-bot", "≤ 2.0 ×")]


if __name__ == "__main__":
    show(measure())
