"""The one connection of SQLite: nobody who comes again overtakes those who wait."""

import threading

import pytest

from afsaet.store.faults import DatabaseFault
from afsaet.store.in_turn import InTurn


def test_who_comes_again_at_once_waits_behind_those_who_came_meanwhile():
    door, order = InTurn(30.0, "afsaet.db"), []

    def come(name):
        with door.turn():
            order.append(name)

    others = [threading.Thread(target=come, args=(name,)) for name in ("first", "second")]
    with door.turn():
        for place, thread in enumerate(others):
            thread.start()
            while len(door) <= place:
                pass
    come("again")
    for thread in others:
        thread.join()
    assert order == ["first", "second", "again"]


def test_waiting_too_long_is_told_and_leaves_the_line():
    door = InTurn(0.01, "afsaet.db")
    with door.turn(), pytest.raises(DatabaseFault, match=r"afsaet\.db is busy"), door.turn():
        raise AssertionError
    assert len(door) == 0
    with door.turn():
        pass


def test_what_goes_wrong_inside_lets_the_next_in():
    door = InTurn(0.01, "afsaet.db")
    with pytest.raises(ZeroDivisionError), door.turn():
        raise ZeroDivisionError
    with door.turn():
        pass
