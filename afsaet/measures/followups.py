"""What is asked about a number of the wheel once it is given: what helped if it rose, what would help if it fell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from afsaet.flows.language import mark as _

FollowUp = Literal["hjalp", "ogsaa", "hjaelp_til"]
TEXTS: Mapping[FollowUp, str] = {
    "hjalp": _("Hvad tror du, der har hjulpet?"),
    "ogsaa": _("Har det også gjort noget godt for andre dele af dit liv?"),
    "hjaelp_til": _("Hvad vil du gerne have hjælp til?"),
}
WARM = _("Tallet er gået op. Hvor er det godt!")


def words_key(area: str, which: FollowUp) -> str:
    """Under which key of a round's `words` the citizen's answer about this area stands."""
    return f"{area}.{which}"
