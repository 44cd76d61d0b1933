"""One line a measurement: what, ours, the peer's, the ratio, and the target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """ours and peers: in `unit`. target: what ours may be at most, in times of the peer's or in `unit`."""

    what: str
    ours: float
    peers: float
    unit: str
    peer: str
    target: str

    def __str__(self) -> str:
        ratio = f"{self.ours / self.peers:5.2f} ×" if self.peers else "      –"
        return f"{self.what:<46} {self.ours:8.2f} {self.peers:8.2f} {self.unit:<4} {ratio}  {self.target:<8} {self.peer}"


HEAD = f"{'':<46} {'ours':>8} {'peer':>8}      {'ratio':>7}  {'target':<8} peer"


def show(lines: Iterable[Line]) -> None:
    """Print the lines under one head."""
    print(HEAD, *lines, sep="\n", flush=True)
