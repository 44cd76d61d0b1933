"""What a municipality decides for itself: `kommune.toml`, with a default for everything."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, time
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from babel.lists import format_list
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails

from afsaet.flows.checks import NAMES
from afsaet.flows.definition import Heading
from afsaet.flows.language import mark as _
from afsaet.locales import available

FILE = "kommune.toml"
ProfileName = Literal["rehabiliteringsteam", "samlet_beskrivelse"]


class MunicipalityFault(Exception):  # noqa: N818 - "fault" is the word the command line uses
    """`kommune.toml` cannot be used. `mistakes` has one plain sentence for each, with its place."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


def _no_braces(text: str) -> str:
    if "{" in text or "}" in text:
        raise ValueError("must not have curly brackets.")
    return text


def _language(code: str) -> str:
    if code not in available():
        raise ValueError(f"must be a language there are texts in: {', '.join(available())}.")
    return code


def _with_danish(codes: tuple[str, ...]) -> tuple[str, ...]:
    if "da" not in codes:
        raise ValueError('must have "da" among them; everything is written in Danish first.')
    return codes


def _all_headings(headings: dict[Heading, str]) -> dict[Heading, str]:
    if lacking := [code for code in get_args(Heading) if code not in headings]:
        raise ValueError(f"must have a heading for {', '.join(lacking)} too.")
    return headings


def _local(at: time) -> time:
    if at.tzinfo:
        raise ValueError('must be a time of the day in the municipality\'s zone, such as "10:00".')
    return at


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Printed = Annotated[Words, AfterValidator(_no_braces)]  # taken as a text of its own, where brackets have a meaning
Days = Annotated[int, Field(ge=1, le=3650)]
TimeOfDay = Annotated[time, AfterValidator(_local)]
Before = Annotated[str, StringConstraints(pattern=r"^[1-9]\d?d$")]


class Table(BaseModel):
    """Base of every part of the file: unknown keys are mistakes, and nothing changes after load."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Deadlines(Table):
    """letter_days, handover_days: after the meeting. arrival_minutes: before it. satisfaction_days: how long
    after the meeting an answer about it still counts."""

    letter_days: Days
    handover_days: Days
    arrival_minutes: Annotated[int, Field(ge=0, le=240)]
    satisfaction_days: Days


def _fillable(text: str) -> str:
    """A text about the process: its placeholders must be names that every profile has."""
    try:
        used = {name for _before, name, _format, _how in Formatter().parse(text) if name is not None}
    except ValueError:
        used = {""}
    if used - PROCESS_NAMES:
        names = ", ".join(sorted(f"{{{name}}}" for name in PROCESS_NAMES))
        raise ValueError(f"may have no other curly brackets than {names}.")
    return text


PROCESS_NAMES = NAMES | {"brev_dage", "overdragelse_dage"}
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
StepText = Annotated[Words, AfterValidator(_fillable)]
Need = Literal["plan", "meeting", "meeting_held"]
Happening = Literal["plan_sent", "meeting_booked", "meeting_held", "handover_held", "start_held", "followup_held"]


class Step(Table):
    """Something that has happened on the citizen's way. The texts are for the citizen.

    name: what has happened. next, expected, coming: the answers to "hvad nu?" while it is the latest that has; an
    empty `expected` is nothing. needs: what must be so before it can be said. reached_by: what brings the citizen
    here by itself. due: the deadline, counted from the meeting, by which it happens.
    """

    name: StepText
    next: StepText
    expected: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_fillable)] = ""
    coming: StepText
    needs: tuple[Need, ...] = ()
    reached_by: Literal[Happening, ""] = ""
    due: Literal["letter_days", "handover_days", ""] = ""


class Process(Table):
    """The way through the case: `order` names the steps, and `steps` describes each of them."""

    order: tuple[StepId, ...]
    steps: dict[StepId, Step]

    @model_validator(mode="after")
    def _hangs_together(self) -> Process:
        if len(self.order) < 2 or len(set(self.order)) < len(self.order):
            raise ValueError('must have two steps or more in "order", each of them once.')
        if lacking := [step for step in self.order if step not in self.steps]:
            raise ValueError(f"must describe the steps {', '.join(lacking)} too.")
        if self.steps[self.order[0]].needs:
            raise ValueError('must begin with a step that has nothing in "needs".')
        return self


class Profile(Table):
    """The names that law and custom give things, as they read inside a sentence, and the way through the case."""

    moedenavn: Words
    plannavn: Words
    forloebsnavn: Words
    laegeattest: Words
    laegeattest_used: bool
    participants: tuple[Words, ...]
    deadlines: Deadlines
    headings: Annotated[dict[Heading, Words], AfterValidator(_all_headings)]
    process: Process


class Profiles(Table):
    rehabiliteringsteam: Profile
    samlet_beskrivelse: Profile


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


class CrisisContact(Table):
    """One line of the crisis card: whom it is for, who answers, and the number if there is one for everybody."""

    name: Printed
    number: str = ""
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


def _read_profiles() -> Profiles:
    return Profiles.model_validate(_shipped_profiles())


class Municipality(Table):
    """Everything a municipality may set. `weekends` lets unasked messages out on Saturdays and Sundays too."""

    name: Words = _("Kommunen")
    profile: ProfileName = "rehabiliteringsteam"
    profiles: Profiles = Field(default_factory=_read_profiles)
    ressourceforloeb_word: bool = False
    controller: str = ""
    data_protection_officer: str = ""
    contact: Contact = Contact()
    languages: Annotated[tuple[Annotated[str, AfterValidator(_language)], ...], AfterValidator(_with_danish)] = (
        "da",
        "en",
    )
    zone: ZoneInfo = ZoneInfo("Europe/Copenhagen")
    reminders: Reminders = Reminders()
    quiet_hours: QuietHours = QuietHours()
    weekends: bool = False
    ration: Ration = Ration()
    invite_days: Days = 30
    nudge_days: Days = 7
    round_days: Days = 28
    measures: Measures = Measures()
    retention: Retention = Retention()
    crisis: Crisis = Crisis()
    mail: Mail | None = None

    @staticmethod
    def load(folder: Path | None) -> Municipality:
        """The municipality described in `folder`; what its `kommune.toml` leaves out, and all of it where there
        is no folder or no such file, is the default. Raises MunicipalityFault with every mistake."""
        if folder is None:
            return Municipality()
        if not folder.is_dir():
            raise MunicipalityFault([f"{FILE}: the folder {folder} does not exist."])
        data = _read(folder / FILE)
        own = data.get("profiles", {})
        try:
            return Municipality.model_validate({**data, "profiles": _laid_over(_shipped_profiles(), own)})
        except ValidationError as error:
            mistakes = error.errors(include_url=False, include_input=False)
            raise MunicipalityFault([f"{FILE}: {_sentence(each)}" for each in mistakes]) from None

    def text_profile(self, profile: str | None = None) -> Profile:
        """The profile of that name, or the municipality's own. Raises KeyError if there is none."""
        return {
            "rehabiliteringsteam": self.profiles.rehabiliteringsteam,
            "samlet_beskrivelse": self.profiles.samlet_beskrivelse,
        }[profile or self.profile]

    def names(self, profile: str | None = None) -> dict[str, str]:
        """What the placeholders in texts stand for. Raises KeyError for an unknown profile."""
        chosen = self.text_profile(profile)
        reach = self.contact
        ways = [f"telefon {reach.phone}" if reach.phone else "", reach.email, reach.web]
        contact = format_list([way for way in ways if way], style="or", locale="da")
        return {
            "kommune": self.name,
            "kontakt": f"{contact} ({reach.hours})" if contact and reach.hours else contact or _("din sagsbehandler"),
            "dataansvarlig": self.controller or self.name,
            "dpo": self.data_protection_officer or _("kommunens databeskyttelsesrådgiver"),
            "moedenavn": chosen.moedenavn,
            "plannavn": chosen.plannavn,
            "forloebsnavn": chosen.forloebsnavn,
            "laegeattest": chosen.laegeattest,
            "deltagere": format_list(chosen.participants, locale="da"),
            "ankomst_minutter": str(chosen.deadlines.arrival_minutes),
            "brev_dage": str(chosen.deadlines.letter_days),
            "overdragelse_dage": str(chosen.deadlines.handover_days),
            "tilfredshed_dage": str(chosen.deadlines.satisfaction_days),
            "invitation_dage": str(self.invite_days),
            "kladde_dage": str(self.retention.draft_days),
            "arkiv_dage": str(self.retention.filed_days),
        }

    def flags(self, profile: str | None = None) -> frozenset[str]:
        """The municipality's choices that questions and glossary ask for. Raises KeyError for an unknown profile."""
        choices = {
            "laegeattest": self.text_profile(profile).laegeattest_used,
            "ressourceforloeb": self.ressourceforloeb_word,
        }
        return frozenset(name for name, chosen in choices.items() if chosen)

    def headings(self, profile: str | None = None) -> dict[str, str]:
        """The document's headings by their codes, in order. Raises KeyError for an unknown profile."""
        headings = self.text_profile(profile).headings
        return {code: headings[code] for code in get_args(Heading)}


@cache
def _shipped_profiles() -> Mapping[str, Any]:
    folder = files("afsaet").joinpath("profiles")
    return {
        name: tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
        for name in get_args(ProfileName)
    }


def _laid_over(shipped: Mapping[str, Any], own: Any) -> Any:
    """A table of the file over the shipped one, key by key. What is no table is left for the check to name."""
    if not isinstance(own, dict):
        return own
    both = {
        name: _laid_over(value, own[name]) if isinstance(value, dict) and name in own else own.get(name, value)
        for name, value in shipped.items()
    }
    return {**own, **both}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError:
        raise MunicipalityFault([f"{FILE}: the file cannot be opened."]) from None
    except UnicodeDecodeError:
        raise MunicipalityFault([f"{FILE}: the file is not saved as UTF-8; choose UTF-8 when saving."]) from None
    except tomllib.TOMLDecodeError as error:
        raise MunicipalityFault([f"{FILE}: this is not TOML: {error}."]) from None


_SENTENCES = {
    "missing": "is missing.",
    "string_type": "must be a text in quotes.",
    "string_too_short": "must not be empty.",
    "int": "must be a whole number.",
    "bool": "must be true or false.",
    "literal_error": "must be {expected}.",
    "greater_than_equal": "must be at least {ge}.",
    "less_than_equal": "must be at most {le}.",
    "tuple_type": "must be a list in square brackets.",
    "model": "must be a table of its own.",
    "dict_type": "must be a table of its own.",
    "date": "must be a date such as 2026-12-01, without quotes.",
    "time": 'must be a time such as "10:00".',
    "zoneinfo_str": 'is not a zone; write one such as "Europe/Copenhagen".',
}
_BY_PLACE = {
    "before": 'must be a number of days written as "3d".',
    "from": "must be an e-mail address.",
    "order": "must be a name of at most 32 characters from a to z, 0 to 9 and _ that begins with a letter.",
    "password": "does not belong in a file like this; set AFSAET_MAIL_PASSWORD or AFSAET_MAIL_PASSWORD_FILE.",
}


def _sentence(error: ErrorDetails) -> str:
    """One mistake: where it is, and what would be right."""
    keys = [part for part in error["loc"] if part != "[key]"]
    kind, context = error["type"], error.get("ctx", {})
    named = [key for key in keys if isinstance(key, str)]
    place = "".join(f" (no. {key + 1})" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")
    if kind == "value_error":
        return f"{place} {context['error']}"
    if kind == "extra_forbidden" or "[key]" in error["loc"]:
        return f"{place} {_BY_PLACE['password'] if named[-1] == 'password' else 'is not known here' + _hint(named[-1])}"
    if kind == "string_pattern_mismatch":
        return f"{place} {_BY_PLACE[named[-1]]}"
    family = next((name for name in (kind, kind.split("_")[0]) if name in _SENTENCES), "")
    return f"{place} {_SENTENCES[family].format(**context)}" if family else f"{place}: {error['msg']}."


def _hint(key: str) -> str:
    tables: list[type[Table]] = Table.__subclasses__()
    known = {field.alias or name for table in tables for name, field in table.model_fields.items()}
    near = get_close_matches(key, known, n=1, cutoff=0.75)
    return f"; is it {near[0]} you mean?" if near else "."
