"""What the pages about meetings ask for: the citizen's meetings, and their own list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from afsaet.meetings.mine import Mine, OwnTask
from afsaet.store import meetings, own_tasks
from afsaet.store.citizens import Citizen
from afsaet.store.tx import Tx


def _meetings(tx: Tx, citizen: Citizen) -> Sequence[Mine]:
    """Every meeting with the answer to it as it is now, those that are over or called off among them."""
    return [Mine(kept.meeting, kept.answer.word if kept.answer else "", kept.changed_at)
            for kept in meetings.list_of(tx, citizen.id)]


def _own_tasks(tx: Tx, citizen: Citizen) -> Sequence[OwnTask]:
    """What stands on the citizen's own list."""
    return own_tasks.list_of(tx, citizen.id)


FETCH: Mapping[str, Callable[[Tx, Citizen], Any]] = {"meetings": _meetings, "own_tasks": _own_tasks}
