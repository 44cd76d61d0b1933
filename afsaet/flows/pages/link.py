"""What is said to a link opened where there is a conversation already."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.conversation import Turn
from afsaet.flows.language import mark as _
from afsaet.flows.library import Visit
from afsaet.flows.pages.page import plain_page


def another_link(visit: Visit) -> Turn:
    """The link is not this citizen's own. Whether it is good is told to nobody but the one who uses it."""
    tr = visit.setting.tr
    text = tr(_("På en telefon kan der kun være én samtale. Åbn linket på en anden telefon, eller slet først samtalen "
                "her med /slet. Er du i tvivl, så spørg din sagsbehandler."))
    page = plain_page(visit, tr(_("Her er allerede en samtale")), text)
    return Turn(replace(page.conversation, open=False, done=""), (page.message,))
