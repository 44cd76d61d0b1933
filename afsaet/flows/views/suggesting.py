"""What the citizen has written before, offered as an answer to a question that asks for much the same."""

from __future__ import annotations

from collections.abc import Mapping

from afsaet.flows.conversation import Conversation
from afsaet.flows.definition import Points, Question
from afsaet.flows.kinds import WORDS_ARE_ANSWERS
from afsaet.flows.library import Library
from afsaet.flows.setting import Earlier, Setting
from afsaet.flows.state.session import Answer
from afsaet.flows.state.walk import Walk

OWN, USED = "own_words", "used_words"  # facts: the words of the citizen's goals, and all that ever stood among them
MOST = 4  # offered at once


def written_before(library: Library, conversation: Conversation, setting: Setting) -> Mapping[str, tuple[Earlier, ...]]:
    """The citizen's own words, by question: what they answered in the main dialogue where it is asked here and not kept
    for the talk with their caseworker, and what stands among their goals where this channel may carry it.

    Only of questions that the present dialogue suggests; nothing is fetched for one that suggests none.
    """
    dialogue = library.dialogues.get(conversation.dialogue)
    wanted = {name for question in dialogue.questions.values() for name in question.suggest} if dialogue else set()
    if not wanted or conversation.dialogue == library.main:
        return {}
    found: dict[str, tuple[Earlier, ...]] = {}
    session = conversation.sessions.get(library.main)
    if session is not None:
        walk = Walk(library.dialogues[library.main], session, setting)
        found = {name: (Earlier(tuple(part.text for part in answer.parts)),) for name, answer in session.answers.items()
                 if name in wanted and answer.state == "answered" and answer.parts and _shown_here(walk, name)}
    asked = {name: question for each in library.dialogues.values() for name, question in each.questions.items()}
    own = setting.facts.get(OWN) or {}
    return found | {name: tuple(Earlier((text,), goal=True) for text in own[name]) for name in own.keys() & wanted
                    if name in asked and asked[name].sensitivity in setting.open_to}


def _shown_here(walk: Walk, name: str) -> bool:
    question = walk.dialogue.questions.get(name)
    return question is not None and walk.allowed(question) and walk.branch_open(question)


def offered(question: Question, answer: Answer | None, setting: Setting) -> tuple[Earlier, ...]:
    """The words of which one press makes the answer, each once; none where there is an answer already, and nothing
    that this question was given before."""
    known = answer is not None and answer.state != "skipped"
    if not question.suggest or known or question.answer.kind not in WORDS_ARE_ANSWERS:
        return ()
    used = (setting.facts.get(USED) or {}).get(question.id, ())
    seen = {_bare(text) for text in used}
    found = []
    for earlier in (each for name in question.suggest for each in setting.earlier.get(name, ())):
        if (bare := _bare(" ".join(earlier.parts))) not in seen:
            seen.add(bare)
            found.append(earlier)
    if isinstance(question.answer, Points):
        return tuple(Earlier(each.parts[:question.answer.most], each.goal) for each in found[:1])
    return tuple(found[:MOST])


def _bare(text: str) -> str:
    """As it is compared: "Et job med dyr." says no more than "et job med dyr"."""
    return " ".join(text.split()).casefold().rstrip(".!")
