"""Personal numbers that were written over several messages: which of the messages are to go."""

from __future__ import annotations

from afsaet.flows.conversation import Conversation
from afsaet.flows.safety.cpr import MASK


def halves_before(before: Conversation, after: Conversation, written: str) -> tuple[str, ...]:
    """The references of earlier messages that a turn has put together with the one just written, because a personal
    number reached over them. written: that message, with the numbers masked that are in it alone."""
    gone: list[str] = []
    for dialogue, session in after.sessions.items():
        old = before.sessions[dialogue].answers if dialogue in before.sessions else {}
        for name, answer in session.answers.items():
            parts = old[name].parts if name in old else ()
            known, refs = {written, *(part.text for part in parts)}, {part.ref for part in parts}
            if any(MASK in part.text and part.text not in known and part.ref in refs for part in answer.parts):
                gone += [part.ref for part in parts if part not in answer.parts]
    return tuple(dict.fromkeys(gone))
