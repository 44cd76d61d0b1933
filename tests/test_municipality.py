"""What a municipality writes in kommune.toml is used, and every mistake in it is named."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from afsaet.flows.offers import OFFERS
from afsaet.municipality import Municipality, MunicipalityFault, Table

EXAMPLE = Path(__file__).parents[1] / "deploy" / "kommune.example.toml"
PROFILES = ["rehabiliteringsteam", "samlet_beskrivelse"]


def load(folder: Path, text: str) -> Municipality:
    (folder / "kommune.toml").write_text(text, encoding="utf-8")
    return Municipality.load(folder)


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(MunicipalityFault) as fault:
        load(folder, text)
    assert all(mistake.startswith("kommune.toml: ") for mistake in fault.value.mistakes)
    return [mistake.removeprefix("kommune.toml: ") for mistake in fault.value.mistakes]


def test_without_a_folder_or_a_file_everything_has_a_default(tmp_path: Path) -> None:
    shipped = Municipality.load(None)
    assert Municipality.load(tmp_path) == shipped
    assert (shipped.profile, shipped.languages, shipped.zone.key) == (
        "rehabiliteringsteam",
        ("da", "en"),
        "Europe/Copenhagen",
    )
    assert (shipped.reminders.days_before, shipped.reminders.at) == ((3, 1), time(10))
    assert (shipped.quiet_hours.start, shipped.quiet_hours.end) == (time(20), time(8))
    assert (shipped.ration.per_day, shipped.ration.per_week) == (1, 3)
    assert (shipped.invite_days, shipped.retention.draft_days, shipped.retention.filed_days) == (30, 180, 30)
    assert shipped.mail is None


def test_nobody_is_said_to_have_checked_the_shipped_crisis_numbers() -> None:
    crisis = Municipality().crisis
    assert crisis.checked is None
    assert [contact.number for contact in crisis.contacts] == ["112", "", "70 201 201"]


@pytest.mark.parametrize("profile", PROFILES)
def test_both_profiles_fill_every_placeholder_and_heading(profile: str) -> None:
    shipped = Municipality()
    names = shipped.names(profile)
    assert all(value.strip() and not re.search(r"[{}]", value) for value in names.values())
    assert names.keys() == shipped.names().keys()
    assert list(shipped.headings(profile)) == ["O1", "O2", "O3", "O4", "O5", "O6", "O8", "T", "B"]
    assert names["ankomst_minutter"] == "15"
    assert (names["brev_dage"], names["overdragelse_dage"], names["tilfredshed_dage"]) == ("7", "14", "45")


def test_only_the_profile_with_the_team_speaks_of_the_team_and_the_attest() -> None:
    shipped = Municipality()
    assert "rehabiliteringsteam" in shipped.names("rehabiliteringsteam")["moedenavn"]
    other = " ".join([*shipped.names("samlet_beskrivelse").values(), *shipped.headings("samlet_beskrivelse").values()])
    assert "rehabilitering" not in other.lower()
    assert shipped.flags("rehabiliteringsteam") == {"laegeattest"}
    assert shipped.flags("samlet_beskrivelse") == set()


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(KeyError):
        Municipality().names("andet")


def test_names_come_from_the_file(tmp_path: Path) -> None:
    own = load(
        tmp_path,
        """
        name = "Hedeby Kommune"
        profile = "samlet_beskrivelse"
        controller = "Hedeby Kommune, Torvet 1"
        data_protection_officer = "Bo Beskytter"
        ressourceforloeb_word = true
        [contact]
        phone = "99 99 99 99"
        web = "hedeby.example"
        hours = "kl. 9-14"
        [retention]
        draft_days = 90
        """,
    )
    names = own.names()
    assert names["kommune"] == "Hedeby Kommune"
    assert names["dataansvarlig"] == "Hedeby Kommune, Torvet 1"
    assert names["dpo"] == "Bo Beskytter"
    assert names["kontakt"] == "telefon 99 99 99 99 eller hedeby.example (kl. 9-14)"
    assert names["kladde_dage"] == "90"
    assert names["plannavn"] == "den samlede beskrivelse"
    assert own.flags() == {"ressourceforloeb"}


def test_the_controller_is_the_municipality_unless_another_is_named(tmp_path: Path) -> None:
    assert load(tmp_path, 'name = "Hedeby Kommune"').names()["dataansvarlig"] == "Hedeby Kommune"


def test_one_name_of_a_profile_can_be_changed_and_the_rest_stays(tmp_path: Path) -> None:
    own = load(
        tmp_path,
        """
        [profiles.rehabiliteringsteam]
        moedenavn = "mødet i teamet"
        laegeattest_used = false
        [profiles.rehabiliteringsteam.deadlines]
        arrival_minutes = 20
        [profiles.rehabiliteringsteam.headings]
        T = "Borgerens forslag"
        """,
    )
    shipped = Municipality()
    changed = {"moedenavn": "mødet i teamet", "ankomst_minutter": "20"}
    assert own.names() == {**shipped.names(), **changed}
    assert own.headings() == {**shipped.headings(), "T": "Borgerens forslag"}
    assert own.flags() == set()
    assert own.names("samlet_beskrivelse") == shipped.names("samlet_beskrivelse")


def test_the_words_that_name_help_are_the_municipalitys_own_in_the_profile_it_says(tmp_path: Path) -> None:
    own = load(tmp_path, '[profiles.rehabiliteringsteam]\noffers = ["Kraftværket"]')
    assert own.text_profile().offers == ("Kraftværket",)
    assert own.text_profile("samlet_beskrivelse").offers == OFFERS == Municipality().text_profile().offers


def test_own_crisis_contacts_replace_the_shipped_ones(tmp_path: Path) -> None:
    own = load(
        tmp_path,
        """
        [crisis]
        checked = 2026-11-02
        [[crisis.contacts]]
        name = "Lægevagten"
        number = "1813"
        text = "Ring, når din læge har lukket."
        """,
    )
    assert own.crisis.checked == date(2026, 11, 2)
    assert [(contact.name, contact.number) for contact in own.crisis.contacts] == [("Lægevagten", "1813")]


def test_times_may_be_written_with_or_without_quotes(tmp_path: Path) -> None:
    own = load(tmp_path, '[quiet_hours]\nfrom = 21:30:00\nto = "07:00"\n')
    assert (own.quiet_hours.start, own.quiet_hours.end) == (time(21, 30), time(7))


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "kommune.toml").write_bytes("\ufeffname = 'Ærø'\r\nweekends = true\r\n".encode())
    own = Municipality.load(tmp_path)
    assert (own.name, own.weekends) == ("Ærø", True)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("name = 7", "name must be a text in quotes."),
        ('name = " "', "name must not be empty."),
        ('profile = "andet"', "profile must be 'rehabiliteringsteam' or 'samlet_beskrivelse'."),
        ('invite_day = "30"', "invite_day is not known here; is it invite_days you mean?"),
        ("qwerty = 1", "qwerty is not known here."),
        ("invite_days = 0", "invite_days must be at least 1."),
        ('invite_days = "a month"', "invite_days must be a whole number."),
        ('weekends = "perhaps"', "weekends must be true or false."),
        ('languages = "da"', "languages must be a list in square brackets."),
        ('languages = ["en"]', 'languages must have "da" among them; everything is written in Danish first.'),
        ('languages = ["da", "qq"]', 'languages (no. 2) must be a language there are texts in: da, en.'),
        ('zone = "Europe/Hedeby"', 'zone is not a zone; write one such as "Europe/Copenhagen".'),
        ("contact = 1", "contact must be a table of its own."),
        ("profiles = 1", "profiles must be a table of its own."),
        ('[reminders]\nbefore = ["3d", "tre"]', 'reminders.before (no. 2) must be a number of days written as "3d".'),
        ('[reminders]\nat = "ten"', 'reminders.at must be a time such as "10:00".'),
        (
            '[reminders]\nat = "10:00Z"',
            'reminders.at must be a time of the day in the municipality\'s zone, such as "10:00".',
        ),
        ('[quiet_hours]\nfrom = "08:00"', 'quiet_hours must not have the same time in "from" and "to".'),
        (
            '[profiles.rehabiliteringsteam]\noffers = ["mentor", "ko"]',
            "profiles.rehabiliteringsteam.offers (no. 2) must have 3 letters or more; a shorter word is found in many others.",
        ),
        (
            '[profiles.rehabiliteringsteam]\noffers = ["mentor|praktik"]',
            "profiles.rehabiliteringsteam.offers (no. 1) must be a word or two, without other signs than letters, spaces "
            "between them and hyphens.",
        ),
        ("[measures]\ngroup = 4", "measures.group must be at least 5."),
        ("[measures]\ntalk_total = 41", "measures.talk_total must be at most 40."),
        ("round_days = 85", "round_days must be at most 84."),
        ("[profiles.rehabiliteringsteam.deadlines]\nsatisfaction_days = 85",
         "profiles.rehabiliteringsteam.deadlines.satisfaction_days must be at most 84."),
        ("[measures]\nsteady_round = 3", "measures.steady_round is not known here; is it steady_rounds you mean?"),
        ("[ration]\nper_day = 0", "ration.per_day must be at least 1."),
        ("[crisis]\nchecked = 'yes'", "crisis.checked must be a date such as 2026-12-01, without quotes."),
        ("[crisis]\ncontacts = []", "crisis.contacts must have at least one contact."),
        ("[[crisis.contacts]]\nname = 'A'", "crisis.contacts (no. 1).text is missing."),
        (
            "[[crisis.contacts]]\nname = 'A'\ntext = 'Ring.'\nnumber = 'halvfjerds'",
            "crisis.contacts (no. 1).number must be a number to call, in digits, or be left out.",
        ),
        (
            "[[crisis.contacts]]\nname = 'A'\ntext = 'Ring {nu}'",
            "crisis.contacts (no. 1).text must not have curly brackets.",
        ),
        ("[mail]\nhost = 'h'\nfrom = 'afsaet'", "mail.from must be an e-mail address."),
        ("[mail]\nhost = 'h'", "mail.from is missing."),
        ("[mail]\nhost = 'h'\nfrom = 'a@b'\nport = 70000", "mail.port must be at most 65535."),
        (
            "[mail]\nhost = 'h'\nfrom = 'a@b'\npassword = 'hemmeligt'",
            "mail.password does not belong in a file like this; set AFSAET_MAIL_PASSWORD or AFSAET_MAIL_PASSWORD_FILE.",
        ),
        ("[profiles.hedeby]\nmoedenavn = 'x'", "profiles.hedeby is not known here."),
        (
            "[profiles.rehabiliteringsteam]\nmoedenavn = ''",
            "profiles.rehabiliteringsteam.moedenavn must not be empty.",
        ),
        (
            "[profiles.samlet_beskrivelse.headings]\nO7 = 'x'",
            "profiles.samlet_beskrivelse.headings.O7 is not known here.",
        ),
        ("[profiles]\nrehabiliteringsteam = 1", "profiles.rehabiliteringsteam must be a table of its own."),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, mistake: str) -> None:
    assert mistakes(tmp_path, text) == [mistake]


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    assert len(mistakes(tmp_path, 'name = ""\nround_days = -1\n[ration]\nper_weak = 3\n')) == 3


def test_a_file_that_is_not_toml_says_where(tmp_path: Path) -> None:
    (only,) = mistakes(tmp_path, 'name = "Hedeby"\nprofile = \n')
    assert only.startswith("this is not TOML")
    assert "line 2" in only


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kommune.toml").write_bytes("name = 'Ærø'".encode("latin-1"))
    with pytest.raises(MunicipalityFault, match="UTF-8"):
        Municipality.load(tmp_path)


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MunicipalityFault, match="does not exist"):
        Municipality.load(tmp_path / "borte")


def uncommented() -> str:
    return re.sub(r"^#(?=[\w\[])", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    examples = {"controller", "data_protection_officer", "contact", "mail", "crisis"}  # these have no default
    shown, shipped = load(tmp_path, uncommented()), Municipality()
    assert shown.model_dump(exclude=examples) == shipped.model_dump(exclude=examples)
    assert shown.crisis.contacts == shipped.crisis.contacts
    assert load(tmp_path, EXAMPLE.read_text(encoding="utf-8")) == shipped


def test_the_example_shows_every_setting() -> None:
    def keys(table: dict[str, Any]) -> set[str]:
        inner = [each for value in table.values() for each in (value if isinstance(value, list) else [value])]
        return set(table) | {key for each in inner if isinstance(each, dict) for key in keys(each)}

    known = {field.alias or name for table in Table.__subclasses__() for name, field in table.model_fields.items()}
    assert known <= keys(tomllib.loads(uncommented()))
