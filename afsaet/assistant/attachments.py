"""What goes with a message besides words, made at the moment it is sent: a calendar file, a picture.

Until then only the few values it is made of are kept, sealed with the message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from afsaet.flows.message import Attachment
from afsaet.locales import translator
from afsaet.measures.pictures import draw
from afsaet.measures.showing import content_from, plain_setting


@dataclass(frozen=True, slots=True)
class File:
    """A file as a channel sends it. name: as the citizen sees it, and the same for everybody. media_type: such as
    "image/png"."""

    name: str
    media_type: str
    content: bytes = field(repr=False)

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown in the chat."""
        return self.media_type.startswith("image/")


def _calendar(data: Mapping[str, Any]) -> File:
    # Only who sends one has to wait for icalendar, and not whoever starts the service.
    from afsaet.meetings.calendar_file import FILE_NAME, MEDIA_TYPE, file_of  # noqa: PLC0415

    return File(FILE_NAME, MEDIA_TYPE, file_of(data, translator(data["language"])))


def _picture(kind: str, data: Mapping[str, Any]) -> File:
    setting = plain_setting(data["language"], translator(data["language"]))
    return File("afsaet.png", "image/png", draw(content_from(Attachment(kind, data)), setting))


MAKERS: Mapping[str, Callable[[Mapping[str, Any]], File]] = {
    "calendar": _calendar, "wheel": partial(_picture, "wheel"), "line": partial(_picture, "line"),
}  # fmt: skip


def made(attachment: Attachment) -> File:
    """The file of an attachment. Takes some tenths of a second for a picture, so never call it in the event loop.

    Raises KeyError for a kind nobody makes.
    """
    return MAKERS[attachment.kind](attachment.data)
