"""One area of the wheel, and the ten to choose among at first. Higher is always better."""

from __future__ import annotations

from dataclasses import dataclass

from afsaet.flows.definition import Sensitivity
from afsaet.flows.language import mark as _


@dataclass(frozen=True, slots=True)
class Area:
    """An area under its present name. `id` never changes and is never given to another.

    question: what helps to find the number, perhaps none. low, high: what 0 and 10 mean. retired: not asked about
    now. goal_id: the part-goal it belongs to. sensitivity: of the area as shipped; ask `wheel.sensitivity`.
    """

    id: str
    label: str
    question: str
    low: str = _("slet ikke godt")
    high: str = _("rigtig godt")
    retired: bool = True
    goal_id: str | None = None
    sensitivity: Sensitivity = "følsom"


DEFAULTS = (
    Area("hjul_tro", _("Tro på job"), _("Hvor meget tror du på, at du kan klare et job, der passer til dig?"),
         _("slet ikke"), _("helt sikkert"), sensitivity="alm"),
    Area("hjul_retning", _("Min retning"), _("Hvor tydeligt er det for dig, hvad du vil arbejde med eller lære?"),
         _("slet ikke tydeligt"), _("helt tydeligt"), sensitivity="alm"),
    Area("hjul_muligheder", _("Mine muligheder"), _("Hvor meget ved du om job, steder og hjælp, som du kan bruge?"),
         _("slet ikke noget"), _("rigtig meget"), sensitivity="alm"),
    Area("hjul_skridt", _("Skridt mod job"), _("Hvor mange små skridt tager du mod et job for tiden?"),
         _("slet ingen"), _("rigtig mange"), sensitivity="alm"),
    Area("hjul_kunnen", _("Det, jeg kan"), _("Hvor godt kan du bruge det, du er god til?"),
         _("slet ikke"), _("rigtig godt"), sensitivity="alm"),
    Area("hjul_sammen", _("Sammen med andre"), _("Hvor let er det for dig at være sammen med andre om en opgave?"),
         _("meget svært"), _("helt let"), sensitivity="fortrolig"),
    Area("hjul_krop", _("Krop og hoved"),
         _("Hvor godt kan du passe på dig selv, når kroppen eller tankerne driller?"),
         _("slet ikke"), _("rigtig godt")),
    Area("hjul_hverdag", _("Min hverdag"), _("Hvor godt får du søvn, mad og opgaver til at hænge sammen?"),
         _("slet ikke"), _("rigtig godt")),
    Area("hjul_folk", _("Mine folk"), _("Hvor meget støtte får du fra dem, du har omkring dig?"),
         _("slet ingen"), _("rigtig meget"), sensitivity="fortrolig"),
    Area("hjul_ro", _("Ro på bolig og penge"), _("Hvor meget ro har du om bolig og penge?"),
         _("slet ingen"), _("helt ro på")),
)  # fmt: skip
