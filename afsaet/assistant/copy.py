"""The citizen's own copy of what they sent, in the chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afsaet.flows.conversation import Conversation, Library
from afsaet.flows.dates import danish_moment
from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting

STATES = {
    "skipped": _("Sprunget over"), "med_sagsbehandler": _("Tages med sagsbehandler"), "missing": _("Mangler"),
    "later": _("Kan komme senere"),
}


def copy_of(
    snapshot: Mapping[str, Any], conversation: Conversation, library: Library, setting: Setting
) -> Message:
    """A sent version as one long message, split by the channel where it must be.

    What this channel may not carry is named and left out.
    """
    tr = setting.tr
    sensitivity = {name: question.sensitivity
                   for name, question in library.dialogues[conversation.dialogue].questions.items()}
    parts = [_section(section, sensitivity, setting) for section in snapshot["sections"]]
    when = danish_moment(datetime.fromisoformat(snapshot["sent_at"]), language=setting.language)
    lead = tr(_("Din kopi. Sendt {when}"), when=when)
    return Message("\n\n".join(parts), lead, rows=((Button(tr(_("Menu")), "m.menu"),),))


def _section(section: Mapping[str, Any], sensitivity: Mapping[str, str], setting: Setting) -> str:
    lines = [str(section["title"]).upper()]
    for answer in section["answers"]:
        # A question that has left the dialogue may have been of any kind, so it counts as the most private.
        carried = sensitivity.get(answer["id"], "følsom") in setting.open_to
        shown = answer["text"] or setting.tr(STATES.get(answer["state"], ""))
        if not carried:
            shown = setting.tr(_("Sendt. Jeg viser det ikke her."))
        lines += [answer["question"], f"→ {shown}"]
    return "\n".join(lines)
