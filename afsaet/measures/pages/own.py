"""The library as one citizen meets it: their wheel in the place of the shipped one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from afsaet.flows.dialogue import Dialogue
from afsaet.flows.library import Library
from afsaet.measures.hjulet import CHOICE, ROUND, choosing, personal
from afsaet.measures.wheel import Wheel


def for_citizen(library: Library, facts: Mapping[str, Any]) -> Library:
    """The same library, with what is the citizen's own made only when the conversation comes to it."""
    return replace(library, dialogues=_Dialogues(library.dialogues, facts))


def wheel_of(facts: Mapping[str, Any]) -> Wheel:
    """The citizen's wheel; the one to begin with where nothing is chosen yet."""
    wheel: Wheel | None = facts.get("wheel")
    return wheel if wheel is not None else Wheel()


class _Dialogues(Mapping[str, Dialogue]):
    """There is no round about a wheel that nobody has chosen areas for."""

    def __init__(self, shared: Mapping[str, Dialogue], facts: Mapping[str, Any]) -> None:
        self._shared = shared
        self._facts = facts
        self._made: dict[str, Dialogue] = {}

    def __getitem__(self, name: str) -> Dialogue:
        if name not in (ROUND, CHOICE):
            return self._shared[name]
        if name not in self:
            raise KeyError(name)
        if name not in self._made:
            make = personal if name == ROUND else choosing
            self._made[name] = make(self._shared[name], wheel_of(self._facts))
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._shared and (name != ROUND or wheel_of(self._facts).ready)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._shared if name in self)

    def __len__(self) -> int:
        return sum(1 for _name in self)
