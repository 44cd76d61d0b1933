"""Writing a conversation down as JSON text and reading it again, as a restart between two messages does."""

from __future__ import annotations

import json
from typing import Any

from afsaet.flows.conversation import Conversation
from afsaet.flows.state.session import Answer


def stored(conversation: Conversation) -> dict[str, Any]:
    """All that is kept of a conversation, as JSON."""
    answers = {dialogue: {name: answer.to_json() for name, answer in session.answers.items()}
               for dialogue, session in conversation.sessions.items()}  # fmt: skip
    return {"state": conversation.to_json(), "answers": answers}


def restarted(conversation: Conversation) -> Conversation:
    """The conversation as it is read again: an equal one."""
    data = json.loads(json.dumps(stored(conversation)))
    answers = {dialogue: {name: Answer.from_json(answer) for name, answer in given.items()}
               for dialogue, given in data["answers"].items()}  # fmt: skip
    again = Conversation.from_json(data["state"], answers)
    assert again == conversation
    return again


def without(data: Any, texts: set[str]) -> Any:
    """The data with nothing in the place of each of the texts."""
    if isinstance(data, dict):
        return {key: without(each, texts) for key, each in data.items()}
    if isinstance(data, list | tuple):
        return [without(each, texts) for each in data]
    return "" if isinstance(data, str) and data in texts else data
