"""What a calendar file is made of when it is sent, which waits in the outbox until then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from afsaet.meetings.meeting import Meeting


def data_of(meeting: Meeting, stamp: datetime, language: str) -> dict[str, Any]:
    """What `calendar_file.file_of` takes, as JSON values. stamp: the moment the meeting's version was made. Place,
    people and agenda are not in the file, so they do not lie in an outbox for it either."""
    bare = replace(meeting, place="", room="", people="", agenda=())
    return {"meeting": bare.to_json(), "stamp": stamp.isoformat(), "language": language}
