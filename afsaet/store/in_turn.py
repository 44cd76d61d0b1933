"""Letting threads to the one connection of SQLite in the order they came."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from afsaet.store.faults import DatabaseFault


class InTurn:
    """One thread at a time. Whoever leaves hands over to the one who has waited longest.

    A lock of the library lets the thread that has just left in again before those that wait have woken: a mass
    sending, which writes again and again, would keep citizens' turns waiting till it is through. wait: seconds to wait
    at most. name: the database, as messages may name it.
    """

    def __init__(self, wait: float, name: str) -> None:
        self._wait = wait
        self._name = name
        self._mutex = threading.Lock()
        self._taken = False
        self._line: deque[threading.Event] = deque()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._line)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Be the one who is let in. Raises DatabaseFault when that takes too long."""
        if not self._enter():
            raise DatabaseFault(f"The database {self._name} is busy: it did not come free in time. Try again.")
        try:
            yield
        finally:
            self._leave()

    def _enter(self) -> bool:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._line.append(mine)
        if mine.wait(self._wait):
            return True
        with self._mutex:
            if mine.is_set():  # at the very last moment
                return True
            self._line.remove(mine)
            return False

    def _leave(self) -> None:
        with self._mutex:
            if self._line:
                self._line.popleft().set()
            else:
                self._taken = False
