"""Pictures to talk from, as PNG for a phone, and the same in words for those who have it read aloud.

What is drawn is handed in as plain values. Their labels and titles are shown as they are, so hand them in in the
citizen's language; what is said around them is translated here.
"""

from __future__ import annotations

from threading import Lock

from afsaet.flows.setting import Setting
from afsaet.measures.pictures.course import Course, Item, Mark, describe_course
from afsaet.measures.pictures.wheel import Area, Wheel, describe_wheel

__all__ = ["Area", "Course", "Item", "Mark", "Wheel", "describe", "draw"]

# matplotlib promises nothing to threads that draw at the same time: its caches of fonts and of measured words belong
# to the whole process. So one picture is drawn at a time, in whatever thread.
_DRAWING = Lock()


def draw(content: Wheel | Course, setting: Setting) -> bytes:
    """The picture as PNG, 1080 pixels wide. On one installation the same content always gives the same bytes.

    It takes some two tenths of a second of processor time, so call it in a worker thread. matplotlib, which takes a
    second to import, is imported by the first call.
    """
    with _DRAWING:
        from afsaet.measures.pictures import course_drawing, wheel_drawing  # noqa: PLC0415 - they import matplotlib

        if isinstance(content, Wheel):
            return wheel_drawing.sheet(content, setting).png()
        return course_drawing.sheet(content, setting).png()


def describe(content: Wheel | Course, setting: Setting) -> str:
    """Everything the picture shows, in words: its title, its days, and each area's or item's numbers on a line.

    It may be longer than the 1,024 characters that a caption may have.
    """
    if isinstance(content, Wheel):
        return describe_wheel(content, setting)
    return describe_course(content, setting)
