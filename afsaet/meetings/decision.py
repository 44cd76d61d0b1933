"""What is to become of an unasked message: it goes out now, later, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


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

    why: Literal["cancelled", "moved", "too_late", "next_is_near", "ration"]


Decision = Send | Wait | Drop
