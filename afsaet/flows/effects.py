"""What a turn asks to have done beyond talking. The rooms that come later add their own kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Effect:
    """Base of them all. Whoever keeps the turn carries it out in the same transaction."""


@dataclass(frozen=True, slots=True)
class Lasting(Effect):
    """Base of those whose button names all that it is about, so that it may be pressed long after it was shown."""


@dataclass(frozen=True, slots=True)
class Sent(Effect):
    """The citizen has sent this version."""

    snapshot: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RoundDone(Effect):
    """The citizen has finished a round of this dialogue, and shows it to their caseworker or keeps it.

    at: the moment, ISO with offset. values: by question, a number, an option's id, or None where none was chosen.
    words: the citizen's own, by question. whole: whether every question that was to be answered has been. begun: when
    the first was answered. alone: shared, if it is, without what was asked along with it.
    """

    dialogue: str
    revision: str
    at: str
    values: Mapping[str, str | int | None]
    words: Mapping[str, str]
    whole: bool
    shared: bool
    begun: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ContactWished(Effect):
    """The citizen wishes to be called. No text goes with it."""


@dataclass(frozen=True, slots=True)
class CopyWanted(Effect):
    """The citizen wants their own copy of what they sent last."""


@dataclass(frozen=True, slots=True)
class Forget(Effect):
    """The citizen deletes what is theirs."""


@dataclass(frozen=True, slots=True)
class RemindersChosen(Lasting):
    """The citizen has chosen anew which reminders they want; the conversation has it."""


@dataclass(frozen=True, slots=True)
class Unsend(Effect):
    """The message of this reference held something that must not stand in the chat."""

    ref: str
