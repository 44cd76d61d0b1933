"""`python -m benchmarks` runs everything and prints one table."""

from __future__ import annotations

from benchmarks import beside, drain, due, memory, pictures, start, stored, turn
from benchmarks.table import show

if __name__ == "__main__":
    parts = (turn, stored, due, drain, start, memory, pictures, beside)
    show(line for part in parts for line in part.measure())
