"""One line a measurement: what, ours, the peer's, the ratio, and the target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = f"{'':<42} {'ours':>8} {'peer':>8} {'':<4} {'ratio':>6}  {'target':<8} peer"


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
        figures = f"{self.ours:8.2f} {self.peers:8.2f} {self.unit:<4} {self.ours / self.peers:4.2f} ×"
        return f"{self.what:<42} {figures}  {self.target:<8} {self.peer}"


def show(lines: Iterable[Line]) -> None:
    """Print the lines under one head, each as soon as it is measured."""
    print(HEAD, flush=True)
    for line in lines:
        print(line, flush=True)
