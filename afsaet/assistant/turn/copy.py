"""The citizen's own copy of what they sent, in the chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afsaet.flows.conversation import Conversation
from afsaet.flows.dates import danish_moment
from afsaet.flows.definition import Question, Scale
from afsaet.flows.dialogue import Dialogue
from afsaet.flows.kinds import WORDS_ARE_ANSWERS, chosen_words
from afsaet.flows.language import mark as _
from afsaet.flows.library import Library
from afsaet.flows.message import Button, Message
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer
from afsaet.flows.state.snapshot import with_ends

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
    dialogue = library.dialogues[conversation.dialogue]
    parts = [_section(section, dialogue, setting) for section in snapshot["sections"]]
    when = danish_moment(datetime.fromisoformat(snapshot["sent_at"]), language=setting.language)
    lead = tr(_("Din kopi. Sendt {when}"), when=when)
    text = "\n\n".join(part for part in parts if part)
    return Message(text, lead, rows=((Button(tr(_("Menu")), "m.menu"),),))


def _section(section: Mapping[str, Any], dialogue: Dialogue, setting: Setting) -> str:
    lines = [line for answer in section["answers"]
             if (line := _line(answer, dialogue.questions.get(answer["id"]), setting))]
    closed = _closed(setting)
    lines = [line for line in lines if line != closed] + [closed] * (closed in lines)  # once and last
    now = next((known.title for known in dialogue.definition.sections if known.id == section["id"]), "")
    return "\n".join([_as_sent(section["title"], now, setting).upper(), *lines]) if lines else ""


def _as_sent(danish: str, now: str, setting: Setting) -> str:
    """What was sent in Danish, in the citizen's language. now: how the dialogue has it today, names not yet put in."""
    return setting.tr(now) if now and setting.danish(now) == danish else setting.translate(danish)


def _line(answer: Mapping[str, Any], question: Question | None, setting: Setting) -> str:
    # A question that has left the dialogue may have been of any kind, so it counts as the most private.
    if (question.sensitivity if question else "følsom") in setting.open_to:
        words = _words(answer, question, setting) or setting.tr(STATES.get(answer["state"], ""))
        return f"{_as_sent(answer['question'], question.ask if question else '', setting)}\n→ {words}"
    return _closed(setting) if answer["state"] == "answered" else ""


def _words(answer: Mapping[str, Any], question: Question | None, setting: Setting) -> str:
    """What was answered: what was chosen in the citizen's language, and their own words as they wrote them."""
    value, lines = answer["value"], answer["text"].split("\n")
    if question is None or value is None or question.answer.kind in WORDS_ARE_ANSWERS:
        return str(answer["text"])
    chosen = len(value) if isinstance(value, list) else 1
    if isinstance(question.answer, Scale) and isinstance(value, int):
        first = [with_ends(value, question.answer, setting.tr)]
    else:
        kept = Answer("answered", answer["question"], "", "", value, "\n".join(lines[:chosen]))
        first = chosen_words(question, kept, setting)
    return "\n".join([*first, *lines[chosen:]])


def _closed(setting: Setting) -> str:
    return setting.tr(_("Der er sendt svar, som jeg ikke viser her."))
