"""The citizen's own copy of what they sent, in the chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afsaet.flows.conversation import Conversation
from afsaet.flows.dates import danish_moment
from afsaet.flows.language import mark as _
from afsaet.flows.library import Library
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

    Of a question this channel may not carry no more is told than that an answer was sent, as in the summary.
    """
    tr = setting.tr
    sensitivity = {name: question.sensitivity
                   for name, question in library.dialogues[conversation.dialogue].questions.items()}
    parts = [_section(section, sensitivity, setting) for section in snapshot["sections"]]
    when = danish_moment(datetime.fromisoformat(snapshot["sent_at"]), language=setting.language)
    lead = tr(_("Din kopi. Sendt {when}"), when=when)
    text = "\n\n".join(part for part in parts if part)
    return Message(text, lead, rows=((Button(tr(_("Menu")), "m.menu"),),))


def _section(section: Mapping[str, Any], sensitivity: Mapping[str, str], setting: Setting) -> str:
    lines = [line for answer in section["answers"] if (line := _line(answer, sensitivity, setting))]
    closed = _closed(setting)
    lines = [line for line in lines if line != closed] + [closed] * (closed in lines)  # once and last
    return "\n".join([str(section["title"]).upper(), *lines]) if lines else ""


def _line(answer: Mapping[str, Any], sensitivity: Mapping[str, str], setting: Setting) -> str:
    # A question that has left the dialogue may have been of any kind, so it counts as the most private.
    if sensitivity.get(answer["id"], "følsom") in setting.open_to:
        return f"{answer['question']}\n→ {answer['text'] or setting.tr(STATES.get(answer['state'], ''))}"
    return _closed(setting) if answer["state"] == "answered" else ""


def _closed(setting: Setting) -> str:
    return setting.tr(_("Der er sendt svar, som jeg ikke viser her."))
