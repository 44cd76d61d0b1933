"""What the values of `kommune.toml` are made of: words, days, times, and the base of every table."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from afsaet.locales import available

ProfileName = Literal["rehabiliteringsteam", "samlet_beskrivelse"]


def no_braces(text: str) -> str:
    if "{" in text or "}" in text:
        raise ValueError("must not have curly brackets.")
    return text


def a_language(code: str) -> str:
    if code not in available():
        raise ValueError(f"must be a language there are texts in: {', '.join(available())}.")
    return code


def with_danish(codes: tuple[str, ...]) -> tuple[str, ...]:
    if "da" not in codes:
        raise ValueError('must have "da" among them; everything is written in Danish first.')
    return codes


def local(at: time) -> time:
    if at.tzinfo:
        raise ValueError('must be a time of the day in the municipality\'s zone, such as "10:00".')
    return at


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Printed = Annotated[Words, AfterValidator(no_braces)]  # taken as a text of its own, where brackets have a meaning
Days = Annotated[int, Field(ge=1, le=3650)]
# Twelve weeks. That a citizen was asked for a round is forgotten somewhat later (`service.REMEMBER_TIMERS`), and where
# they might be asked for longer than that they could be asked twice.
ASKED_MOST = 84
AskedDays = Annotated[int, Field(ge=1, le=ASKED_MOST)]
TimeOfDay = Annotated[time, AfterValidator(local)]
Before = Annotated[str, StringConstraints(pattern=r"^[1-9]\d?d$")]


class Table(BaseModel):
    """Base of every part of the file: unknown keys are mistakes, and nothing changes after load."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
