"""The tables of `kommune.toml`: contact, reminders, quiet hours, ration, numbers, storage, crisis card, mail."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from afsaet.flows.language import mark as _
from afsaet.municipality.values import Before, Days, Printed, Table, TimeOfDay, Words


class Contact(Table):
    """Where citizens reach the municipality when they have no caseworker at hand."""

    phone: str = ""
    email: str = ""
    web: str = ""
    hours: str = ""


class Reminders(Table):
    """before: how long before a meeting, in days of the calendar ("3d"). at: when on those days."""

    before: tuple[Before, ...] = ("3d", "1d")
    at: TimeOfDay = time(10)

    @property
    def days_before(self) -> tuple[int, ...]:
        """The numbers of days before a meeting, the largest first."""
        return tuple(sorted({int(each.removesuffix("d")) for each in self.before}, reverse=True))


class QuietHours(Table):
    """No unasked message is sent from `start` ("from" in the file) until `end` ("to")."""

    start: TimeOfDay = Field(default=time(20), alias="from")
    end: TimeOfDay = Field(default=time(8), alias="to")

    @model_validator(mode="after")
    def _some_time(self) -> QuietHours:
        if self.start == self.end:
            raise ValueError('must not have the same time in "from" and "to".')
        return self


class Ration(Table):
    """At most so many unasked messages to one citizen; reminders of meetings are not counted."""

    per_day: Annotated[int, Field(ge=1)] = 1
    per_week: Annotated[int, Field(ge=1)] = 3


class Measures(Table):
    """When a number is worth a question. talk_item, talk_total: at or under the one, or under the other, in the check
    after a talk. fall: points down in the total of how things are. steady_rounds, steady_weeks: so many rounds over so
    long without a rise. support_item: at or under it the support card is shown. tens_every: of rounds with nothing but
    tens, every how many it is asked whether something could be better. group: the fewest people a figure may be about.
    """

    talk_item: Annotated[int, Field(ge=0, le=10)] = 6
    talk_total: Annotated[int, Field(ge=0, le=40)] = 30
    fall: Annotated[int, Field(ge=1, le=40)] = 5
    steady_rounds: Annotated[int, Field(ge=2)] = 4
    steady_weeks: Annotated[int, Field(ge=1)] = 8
    support_item: Annotated[int, Field(ge=0, le=10)] = 1
    tens_every: Annotated[int, Field(ge=1)] = 3
    group: Annotated[int, Field(ge=5)] = 5


class Retention(Table):
    """draft_days: without a word from the citizen. filed_days: after the caseworker has filed what was sent."""

    draft_days: Days = 180
    filed_days: Days = 30


def _to_call(number: str) -> str:
    if number and not re.fullmatch(r"\+?\d[\d ]*", number):
        raise ValueError("must be a number to call, in digits, or be left out.")
    return number


class CrisisContact(Table):
    """One line of the crisis card: whom it is for, who answers, and the number if there is one for everybody."""

    name: Printed
    number: Annotated[str, AfterValidator(_to_call)] = ""
    text: Printed


def _not_empty(contacts: tuple[CrisisContact, ...]) -> tuple[CrisisContact, ...]:
    if not contacts:
        raise ValueError("must have at least one contact.")
    return contacts


class Crisis(Table):
    """checked: the day somebody last called the numbers or looked them up."""

    checked: date | None = None
    contacts: Annotated[tuple[CrisisContact, ...], AfterValidator(_not_empty)] = (
        CrisisContact(name=_("Alarmcentralen"), number="112", text=_("Er der fare for liv, så ring nu.")),
        CrisisContact(name=_("Egen læge eller lægevagt"), text=_("Har du brug for en læge, så ring dertil.")),
        CrisisContact(name=_("Livslinien"), number="70 201 201", text=_("Tænker du på selvmord, så tal med dem.")),
    )


class Mail(Table):
    """The server for notices to caseworkers. Its password is a secret and is set outside this file."""

    host: Words
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    sender: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")] = Field(alias="from")
