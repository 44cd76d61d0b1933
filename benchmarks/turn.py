"""A turn's processor time, from the update to the sent reply, beside python-telegram-bot's with nothing kept."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.people import Walker, invited
from benchmarks.processes import afsaet, peer, running
from benchmarks.sides import CITIZENS, Round, Side, alternate
from benchmarks.table import Line, show
from tests.fake_telegram import FakeTelegram

LAPS = 4


def scripted(done: Round) -> str:
    """What was called in the first citizen's chat, as a line of the peer's script."""
    turn = [
        {"method": call.method, "text": call.params["text"],
         "rows": json.loads(call.params.get("reply_markup", "{}")).get("inline_keyboard")}
        for call in done.calls[0]
    ]
    return json.dumps(turn) + "\n"


def play(folder: Path) -> list[tuple[Round, Round]]:
    """Rounds of ours and of the peer, which makes the same calls."""
    codes = invited(folder / "data", CITIZENS)
    script = folder / "script"
    script.touch()

    def write(done: Round) -> None:
        with script.open("a", encoding="utf-8") as lines:
            lines.write(scripted(done))

    with (
        FakeTelegram() as one, FakeTelegram() as other,
        running(*afsaet(one.url, one.token, folder / "data"), folder) as ours,
        running(*peer(other.url, other.token, script), folder) as theirs,
    ):
        for telegram in (one, other):
            telegram.wait_until(lambda each: each.polling)
        mine = Side(one, ours, [Walker(one, code) for code in codes])
        peers = Side(other, theirs, [Walker(other, code) for code in codes])
        pairs = alternate(mine, peers, write)
        for name, side in (("ours", mine), ("peer", peers)):
            print(f"  calls, {name}:", dict(sorted(side.counted().items())), file=sys.stderr)
    return pairs


def measure() -> Iterator[Line]:
    """Processor time a turn, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = play(Path(folder))
    size = -(-len(pairs) // LAPS)
    for start in range(0, len(pairs), size):
        lap = pairs[start : start + size]
        ratio = sum(mine.cpu for mine, _ in lap) / sum(peers.cpu for _, peers in lap)
        print(f"  {len(lap) * CITIZENS} turns: {ratio:.2f} ×", file=sys.stderr)
    turns = len(pairs) * CITIZENS
    ours, peers = (sum(each.cpu for each in side) / turns for side in zip(*pairs, strict=True))
    yield Line("processor time of a turn", 1000 * ours, 1000 * peers, "ms", "python-telegram-bot, nothing kept",
               "≤ 2.0 ×")


if __name__ == "__main__":
    show(measure())
