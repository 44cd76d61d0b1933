"""One row of a list of meetings as it stands in the file, and how its parts are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

REQUIRED = ("reference", "dato", "tid", "type")
HEADINGS = (*REQUIRED, "minutter", "sted", "lokale", "med")
LONGEST_MINUTES = 24 * 60

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DANISH = re.compile(r"(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>\d{4})", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]00[:.]00([:.]00)?$", re.ASCII)  # what a spreadsheet adds to a date
_TIME = re.compile(r"(?:kl\.? ?)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?:[:.]00)?)?", re.ASCII | re.IGNORECASE)


class BadFile(Exception):  # noqa: N818 - named for what the file is
    """No list of meetings can be read from the file. `str()` is one plain sentence."""


class BadRow(Exception):  # noqa: N818 - named for what the row is
    """The row cannot be used. `str()` is one plain sentence without anything that stands in it."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A row before it is read. cells: by the headings. wall: its time, where the file's own form gives it.
    fault: why it cannot be read at all."""

    line: int
    cells: Mapping[str, str] = field(default_factory=dict, repr=False)
    wall: datetime | None = None
    fault: str = ""


def decoded(data: bytes) -> str:
    """The file's text: UTF-8, or else Latin-1 with the signs that Windows puts in its gaps."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_wall(day: str, at: str) -> datetime:
    """The wall time of "2026-12-01" or "1/12-2026" and "10:00", "10.00", "kl. 10". Raises BadRow."""
    if not day:
        raise BadRow("The date is missing.")
    if not at:
        raise BadRow("The time is missing.")
    return datetime.combine(_day(day), _time(at))


def read_minutes(text: str) -> int | None:
    """The length in minutes; None where none is written. Raises BadRow."""
    if not text:
        return None
    number = re.sub(r" ?min(utter|\.)?$", "", text)
    if not re.fullmatch(r"[0-9]{1,4}", number) or not 1 <= int(number) <= LONGEST_MINUTES:
        raise BadRow(f"The number of minutes is not a whole number from 1 to {LONGEST_MINUTES}.")
    return int(number)


def _day(text: str) -> date:
    written = _MIDNIGHT.sub("", text)
    match = _ISO.fullmatch(written) or _DANISH.fullmatch(written)
    if match is None:
        raise BadRow("The date is not written like 2026-12-01 or 01-12-2026.")
    try:
        return date(*(int(match[part]) for part in ("year", "month", "day")))
    except ValueError:
        raise BadRow("There is no such date.") from None


def _time(text: str) -> time:
    match = _TIME.fullmatch(text)
    if match is None:
        raise BadRow("The time is not written like 10:00.")
    try:
        return time(int(match["hour"]), int(match["minute"] or 0))
    except ValueError:
        raise BadRow("There is no such time.") from None
