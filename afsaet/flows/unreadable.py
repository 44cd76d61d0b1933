"""What is said to something that is not text: friendly, and clear about what has not been kept."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.message import Message
from afsaet.flows.setting import Setting


def cannot_read(kind: str, setting: Setting) -> Message:
    """The answer to a "sticker", a "voice" message, or any file: kind is the channel's word for it."""
    tr = setting.tr
    if kind == "sticker":
        return Message(tr(_("Tak for den. Jeg forstår kun tekst og knapper.")))
    if kind == "voice":
        text = _("Jeg kan ikke høre lyd, så det er ikke gemt. Skriv det, eller brug tastaturets mikrofon.")
        return Message(tr(text))
    return Message(tr(_("Jeg kan ikke se billeder og papirer, så det er ikke gemt. Giv dem til din sagsbehandler.")))
