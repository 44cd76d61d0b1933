"""What reaches the assistant, whichever channel it came through."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tap:
    """A press of a button: its action, and the number of the question it stood under."""

    action: str
    ask: int


@dataclass(frozen=True, slots=True)
class Text:
    """A written message. ref: the channel's name for it.

    early: written before the present question had arrived at all. behind: the question had arrived, but what was
    said last had not. asked: the number of the question that stood last where it was written; 0 where that is not
    known.
    """

    text: str
    ref: str = ""
    early: bool = False
    behind: bool = False
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier message, written anew."""

    text: str
    ref: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as `/menu`, with or without the slash, in any spelling. ref: the channel's name for it.

    early, asked: as of a text. What concerns the question that stands open is no command to one not seen yet.
    """

    name: str
    ref: str = ""
    early: bool = False
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is not text: a voice message, a picture, a sticker. kind: the channel's word for it.
    caption: what was written with it, which is read for the citizen's safety and not kept."""

    kind: str
    caption: str = ""
    ref: str = ""


Input = Tap | Text | Edited | Command | Unreadable


def whole(text: str) -> str:
    """The text with every half character (a lone surrogate) replaced by U+FFFD, and two that belong together joined.

    JSON, and a terminal that is not UTF-8, can carry half a character; UTF-8, and so everything we keep and
    send, cannot.
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def written(given: Text | Edited | Command | Unreadable) -> str:
    """All the words of an input, also those that are not kept."""
    if isinstance(given, Unreadable):
        return given.caption
    return given.name if isinstance(given, Command) else given.text
