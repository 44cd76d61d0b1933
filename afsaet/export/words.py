"""The document's own words. It goes into a Danish authority's file, so they are Danish whatever
language the citizen chose, and are not translated."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime

STATES = {
    "answered": "Besvaret",
    "skipped": "Sprunget over",
    "med_sagsbehandler": "Tages med sagsbehandler",
    "missing": "Mangler",
    "later": "Kan komme senere",
}
REFERENCE = "Reference"
VERSION = "Version"
SENT = "Sendt"
TAKEN_OUT = "Taget ud"
UPDATED = "Sidst opdateret"
GOAL = "Mål"
IMPORTANT = "Det vigtigste"
COVERAGE = "Overblik over svarene"
HEADING = "Afsnit"
TOTAL = "I alt"
NOT_SENT = "Ikke med i det sendte"
NONE_SENT = "Der er ikke sendt noget svar her."
NO_REFERENCE = "Ingen"
SHORTENED = "Lange svar er forkortet her, hvor der står »…«. De står helt ud i afsnittene."
ANNEX = "Bilag: {heading}"
ANNEX_NOTE = "Det er borgerens egne forslag. De siger ikke, hvad kommunen vurderer eller beslutter."
OWN_WORDS = "Teksten er borgerens egne ord. Programmet har ikke ændret den."
CHOSEN = "Dokumentet viser de afsnit, borgeren har valgt at sende."
REPLACED = "Nogle tegn kan ikke vises her. I stedet står tegnets nummer i kantet parentes, for eksempel [U+4E2D]."
DATE_LINE = "Dato"
SIGNATURE_LINE = "Borgerens underskrift"
PAGE = "Side"
OF = "af"
PART = "{part} af {parts}"
ROUNDS_AND_GOALS = "Runder og mål"
DEVELOPMENT = "Udvikling siden sidst"
SHARED = "Her står det, borgeren har delt indtil {day}."
SINCE = "Det kan være kommet til, efter at resten blev sendt."
ROUNDS = "De seneste runder"
MAIN_GOAL = "Mit mål"
PART_GOAL = "Delmål"
STATUS = "Hvordan det går"
GOAL_STATUS = {"naaet": "Nået", "paa_vej": "På vej", "aendret": "Ændret", "droppet": "Droppet"}
OF_A_PART_GOAL = {
    "does": "Det gør jeg", "who": "Hvem gør det", "three_months": "Om tre måneder", "six_months": "Om seks måneder",
    "offer": "Det kan hjælpe mig",
}
NOT_RELEVANT = "ikke aktuelt"
TOTAL_OF_ROUND = "i alt {total} af 40"
MEASURES = {
    "forberedelse": "Forberedelse",
    "trivselstjek": "Trivselstjek",
    "samtaletjek": "Samtaletjek",
    "hjulet": "Hjulet",
    "status": "Status",
    "tilfredshed": "Tilfredshed med mødet",
}


def day(moment: datetime) -> str:
    """The date as it is said: "den 1. december 2026"."""
    return format_datetime(moment, "'den' d. MMMM y", tzinfo=moment.tzinfo, locale="da")


def clock(moment: datetime) -> str:
    """The date with its weekday and time: "tirsdag den 1. december 2026 kl. 10.00"."""
    return format_datetime(moment, "EEEE 'den' d. MMMM y 'kl.' HH.mm", tzinfo=moment.tzinfo, locale="da")
