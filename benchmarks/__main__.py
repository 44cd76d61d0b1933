"""`python -m benchmarks` runs everything and prints one table."""

from __future__ import annotations

from benchmarks import beside, memory, pictures, start, stored, turn
from benchmarks.table import show

if __name__ == "__main__":
    show(line for part in (turn, stored, start, memory, pictures, beside) for line in part.measure())
