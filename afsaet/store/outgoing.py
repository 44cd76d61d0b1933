"""What leaves the outbox. It stands by itself, since a transaction tells of it and the outbox needs transactions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["send", "edit", "delete"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message whose time has come. chat_id and citizen_id are None where nobody is bound to the address.
    line: the same for all that goes to one address, and tells nothing about it. progress: the pieces of a
    long message that have been sent already. timer_id: the timer it was laid by, if one."""

    id: int
    line: str
    chat_id: int | None
    citizen_id: str | None
    channel: str
    address: str = field(repr=False)
    kind: Kind
    reply: bool
    payload: Mapping[str, Any] = field(repr=False)
    created_at: datetime
    attempts: int
    progress: int
    timer_id: int | None = None
