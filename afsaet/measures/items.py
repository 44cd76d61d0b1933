"""What a citizen is asked again and again: the measures and their items, as ids, short labels and sensitivities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from afsaet.flows.definition import Sensitivity
from afsaet.flows.language import mark as _

Measure = Literal["forberedelse", "trivselstjek", "samtaletjek", "hjulet", "status", "tilfredshed"]
Scale = Literal["number", "choice", "words"]
LOW, HIGH = 0, 10
NOT_RELEVANT = "ikke_aktuelt"  # the answer "Ikke aktuelt for mig"
DISCLAIMER = _("Ikke en test. Ikke valideret.")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked for in every round of a measure.

    label: the short name beside a number. scale: a number from 0 to 10, the id of a choice, or own words, which may
    always be left out. may_pass: "Ikke aktuelt for mig" is an answer too. line: the item under whose name its
    numbers are followed, where that is another one: both then make one history.
    """

    id: str
    label: str
    sensitivity: Sensitivity
    scale: Scale = "number"
    may_pass: bool = False
    line: str = ""

    @property
    def history(self) -> str:
        """The name of the line that its numbers belong to."""
        return self.line or self.id


# The areas of the wheel are each citizen's own, and stand in `wheel`.
ITEMS: Mapping[Measure, tuple[Item, ...]] = {
    "forberedelse": (  # asked in the preparation, and followed from there
        Item("maal_tro", _("Min tro på job"), "alm", line="status_tro"),
        Item("helbred_oplevelse", _("Mit helbred"), "følsom", line="status_helbred"),
    ),
    "trivselstjek": (
        Item("trivsel_mig", _("Mig selv"), "følsom"),
        Item("trivsel_naere", _("Mine nærmeste"), "følsom", may_pass=True),
        Item("trivsel_andre", _("Blandt andre"), "følsom", may_pass=True),
        Item("trivsel_samlet", _("Det hele"), "følsom"),
    ),
    "samtaletjek": (
        Item("samtale_relation", _("Os to"), "fortrolig"),
        Item("samtale_maal", _("Målet"), "fortrolig"),
        Item("samtale_metode", _("Vejen"), "fortrolig"),
        Item("samtale_samlet", _("Det hele"), "fortrolig"),
        Item("samtale_anderledes", _("Næste gang"), "fortrolig", "words"),
    ),
    "hjulet": (),
    "status": (
        Item("status_tro", _("Min tro på job"), "alm"),
        Item("status_helbred", _("Mit helbred"), "følsom"),
        Item("status_socialt", _("Sammen med andre"), "følsom"),
        Item("status_timer", _("Timer i job"), "fortrolig", "choice"),
    ),
    "tilfredshed": (
        Item("tilfreds_moede", _("Mødet"), "fortrolig", "choice"),
        Item("tilfreds_hoert", _("Blev jeg hørt?"), "fortrolig", "choice"),
        Item("tilfreds_vigtigst", _("Det vigtigste i planen"), "fortrolig", "words"),
        Item("tilfreds_spoergsmaal", _("Det vil jeg spørge om"), "fortrolig", "words"),
        Item("tilfreds_bedre", _("Det kunne have været bedre"), "fortrolig", "words"),
    ),
}

# The ids of the answers to `tilfreds_moede`, best first; the first two count as satisfied.
SATISFACTION = ("meget_tilfreds", "tilfreds", "hverken_eller", "utilfreds", "meget_utilfreds")
SATISFIED = frozenset(SATISFACTION[:2])
HEARD = ("ja", "noget_af_tiden", "nej")
HOURS = ("0", "1_5", "6_10", "11_20", "over_20")  # hours a week in a paid job

CHOICES: Mapping[str, tuple[str, ...]] = {
    "status_timer": HOURS, "tilfreds_moede": SATISFACTION, "tilfreds_hoert": HEARD,
}  # fmt: skip
CHOICE_WORDS: Mapping[str, str] = {  # hours in words: Danish Excel reads "1-5" as the first of May
    "0": "0", "1_5": _("1 til 5"), "6_10": _("6 til 10"), "11_20": _("11 til 20"), "over_20": _("over 20"),
    "meget_tilfreds": _("meget tilfreds"), "tilfreds": _("tilfreds"), "hverken_eller": _("hverken eller"),
    "utilfreds": _("utilfreds"), "meget_utilfreds": _("meget utilfreds"),
    "ja": _("ja"), "noget_af_tiden": _("noget af tiden"), "nej": _("nej"),
}  # fmt: skip
BY_ID: Mapping[str, Item] = {item.id: item for items in ITEMS.values() for item in items}


def numbered(measure: Measure) -> tuple[Item, ...]:
    """The items of a measure that are answered with a number."""
    return tuple(item for item in ITEMS[measure] if item.scale == "number")


def history_of(item: str) -> str:
    """The line that an item's numbers belong to; for an area of the wheel, and any other id, its own name."""
    return BY_ID[item].history if item in BY_ID else item
