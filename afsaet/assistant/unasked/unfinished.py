"""Rounds that were left half-way go quietly when their time is over, also where the citizen does not come back.

One who does meets the same: `flows.converse` leaves such a round before anything else.
"""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from afsaet.assistant import keeping
from afsaet.assistant.assistant import Assistant
from afsaet.flows.conversation import Conversation
from afsaet.flows.converse.entering import entered
from afsaet.flows.library import Library
from afsaet.flows.setting import Setting
from afsaet.flows.state.rounds import dropped, is_stale
from afsaet.store import conversations, retention
from afsaet.store.faults import KeyFault, UnknownCitizen
from afsaet.store.tx import Tx

log = structlog.get_logger(__name__)


def end_rounds(assistant: Assistant) -> None:
    """Take away what is left of every round whose time is over. A citizen at a time, each under their own lock; the
    citizen was not here, and is told nothing."""
    dialogues = assistant.library(assistant.municipality.profile).dialogues
    names = [name for name, dialogue in dialogues.items() if dialogue.definition.kind == "round"]
    with assistant.database.read() as tx:
        found = retention.half_way(tx, names)
    gone = False
    for citizen_id in found:
        try:
            with assistant.database.write() as tx:
                gone = _end(assistant, tx, citizen_id) or gone
        except UnknownCitizen:
            continue
        except KeyFault:
            log.error("a round whose time is over cannot be opened", citizen=citizen_id)
    if gone:
        assistant.database.scrub()


def _end(assistant: Assistant, tx: Tx, citizen_id: str) -> bool:
    """Whether there was one to be ended."""
    opened = conversations.open_citizen(tx, citizen_id)
    before = keeping.load(opened)
    if before is None:
        return False
    library, setting = assistant.library(opened.citizen.profile), assistant.setting("", opened.citizen.profile)
    over = [name for name, session in before.sessions.items()
            if name in library.dialogues and is_stale(library.dialogues[name], session, setting)]
    if not over:
        return False
    for name in over:
        conversations.drop_answers(tx, citizen_id, name)
    conversations.put_state(tx, citizen_id, _without(library, before, over, setting).to_json())
    return True


def _without(library: Library, before: Conversation, over: Iterable[str], setting: Setting) -> Conversation:
    """The conversation in which these rounds are given up; in the main dialogue, if it was in one of them."""
    after = before
    for name in over:
        after = after.with_session(dropped(after.sessions[name]))
    return entered(library, after, library.main, setting) if before.dialogue in over else after
