"""What comes of one input to a dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from afsaet.flows.effects import RoundDone
from afsaet.flows.state.session import Session


@dataclass(frozen=True, slots=True)
class Settled:
    """How what was asked reads from now on: the question, and the answer in one line beneath it, without buttons.

    of: "dialogue.question", empty where it was no question of a dialogue. again: it was answered before, and more was
    written to it or it was edited.
    """

    lead: str
    answer: str
    of: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The session afterwards, and what is said.

    notes: lines said above what is shown next. show: "new" for a new message with the present question or page,
    "same" to redraw the one that was pressed, "nothing" for silence. settled: the question just answered.
    sent: the version that was sent just now. completed: the round that was just done. leave: on to the menu, the
    dialogue resting where it is.
    """

    session: Session
    notes: tuple[str, ...] = ()
    show: Literal["new", "same", "nothing"] = "new"
    settled: Settled | None = None
    sent: Mapping[str, Any] | None = None
    completed: RoundDone | None = None
    copy: bool = False
    leave: Literal["", "menu", "pause"] = ""

