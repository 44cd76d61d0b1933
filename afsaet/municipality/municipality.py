"""What a municipality decides for itself: `kommune.toml`, with a default for everything."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

from babel.lists import format_list
from pydantic import AfterValidator, Field, ValidationError

from afsaet.flows.definition import Heading
from afsaet.flows.language import mark as _
from afsaet.municipality.mistakes import MunicipalityFault, sentence
from afsaet.municipality.profile import Profile, Profiles
from afsaet.municipality.tables import Contact, Crisis, Mail, Measures, QuietHours, Ration, Reminders, Retention
from afsaet.municipality.values import AskedDays, Days, ProfileName, Table, Words, a_language, with_danish

FILE = "kommune.toml"


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
    languages: Annotated[tuple[Annotated[str, AfterValidator(a_language)], ...], AfterValidator(with_danish)] = (
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
    round_days: AskedDays = 28
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
            raise MunicipalityFault([f"{FILE}: {sentence(each)}" for each in mistakes]) from None

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
