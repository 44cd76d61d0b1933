"""What is said to something that is not text: friendly, and clear about what has not been kept."""

from __future__ import annotations

import unicodedata

from afsaet.flows.language import mark as _
from afsaet.flows.message import Message
from afsaet.flows.setting import Setting

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})


def says_anything(text: str) -> bool:
    """Whether there is a sign in the text that can be seen. One that is newer than this Python counts as one."""
    return any(unicodedata.category(sign) not in UNSEEN for sign in text)


def cannot_read(kind: str, setting: Setting) -> Message:
    """The answer to a "sticker", a "voice" message, an "empty" text, or any file: the channel's word for it."""
    tr = setting.tr
    if kind == "empty":
        return Message(tr(_("Der stod ikke noget i din besked, så der er ikke gemt noget.")))
    if kind == "sticker":
        return Message(tr(_("Tak for den. Jeg forstår kun tekst og knapper.")))
    if kind == "voice":
        text = _("Jeg kan ikke høre lyd, så det er ikke gemt. Skriv det, eller brug tastaturets mikrofon.")
        return Message(tr(text))
    return Message(tr(_("Jeg kan ikke se billeder og papirer, så det er ikke gemt. Giv dem til din sagsbehandler.")))
