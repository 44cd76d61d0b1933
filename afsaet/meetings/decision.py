"""What is to become of an unasked message: it goes out now, later, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# cancelled, moved: the meeting. too_late, next_is_near: it would not help any more. ration: the citizen has had enough
# of them. answered: they said they cannot come. unwanted: they want none. no_chat: there is nowhere to write to.
# done: what it is about is dealt with. returned: they have been here since.
# private: it may not pass the chat they are written to in. not_asked: there is nothing to remind of.
# asked: the caseworker has let them be asked already, or the other way round.
Why = Literal["cancelled", "moved", "too_late", "next_is_near", "ration", "answered", "unwanted", "no_chat", "done",
              "returned", "private", "not_asked", "asked"]


@dataclass(frozen=True, slots=True)
class Send:
    """Now is the time."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not before this moment, in UTC."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """It is not sent at all, and this is why, in a word for the caseworker's list."""

    why: Why


Decision = Send | Wait | Drop
