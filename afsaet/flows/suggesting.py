"""What the citizen has written before, offered as an answer to a question that asks for much the same."""

from __future__ import annotations

from collections.abc import Mapping

from afsaet.flows.conversation import Conversation
from afsaet.flows.definition import Points, Question
from afsaet.flows.kinds import WORDS_ARE_ANSWERS
from afsaet.flows.library import Library
from afsaet.flows.session import Answer
from afsaet.flows.setting import Setting
from afsaet.flows.walk import Walk


def written_before(library: Library, conversation: Conversation, setting: Setting) -> Mapping[str, tuple[str, ...]]:
    """The citizen's own words in the main dialogue, by question: of those that are asked here, and that they have not
    kept for the talk with their caseworker."""
    session = conversation.sessions.get(library.main)
    if session is None or conversation.dialogue == library.main:
        return {}
    walk = Walk(library.dialogues[library.main], session, setting)
    return {name: tuple(part.text for part in answer.parts) for name, answer in session.answers.items()
            if answer.state == "answered" and answer.parts and _shown_here(walk, name)}


def _shown_here(walk: Walk, name: str) -> bool:
    question = walk.dialogue.questions.get(name)
    return question is not None and walk.allowed(question) and walk.branch_open(question)


def offered(question: Question, answer: Answer | None, setting: Setting) -> tuple[str, ...]:
    """The words that one press makes the answer, a part each; none where there is an answer already."""
    if question.answer.kind not in WORDS_ARE_ANSWERS or (answer is not None and answer.state != "skipped"):
        return ()
    parts = next((setting.earlier[name] for name in question.suggest if name in setting.earlier), ())
    return parts[:question.answer.most] if isinstance(question.answer, Points) else parts
