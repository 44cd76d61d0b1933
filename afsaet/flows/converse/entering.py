"""Which dialogue a conversation is in: a new one, another one, or the main one where the present is gone or over."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.conversation import Conversation
from afsaet.flows.library import Library
from afsaet.flows.setting import Setting
from afsaet.flows.state.rounds import dropped, fresh_round, is_over, is_stale
from afsaet.flows.state.session import Session


def begin(library: Library, dialogue: str, *, ask: int = 1, versions: int = 0) -> Conversation:
    """A new conversation, at the start of this dialogue.

    ask: where the numbering of its buttons begins; higher than any button's that may still stand in the chat.
    versions: how many have been sent in an earlier conversation.
    """
    session = Session(dialogue, library.dialogues[dialogue].revision, versions=versions)
    return Conversation(dialogue, open=True, ask=ask, sessions={dialogue: session})


def entered(library: Library, conversation: Conversation, dialogue: str, setting: Setting) -> Conversation:
    """The conversation in this dialogue, where it was left or at its start; in the main one where there is no such.

    The buttons of the dialogue that is left are old from now on.
    """
    name = dialogue if dialogue in library.dialogues else library.main
    if name not in conversation.sessions:
        # What was sent before everything was deleted keeps its number.
        versions = setting.facts.get("versions", {}).get(name, 0)
        conversation = conversation.with_session(Session(name, library.dialogues[name].revision, versions=versions))
    if is_over(library.dialogues[name], conversation.sessions[name], setting):
        conversation = conversation.with_session(fresh_round(library.dialogues[name], setting))
    if name == conversation.dialogue:
        return conversation
    # What is written now was not written in answer to whatever was answered there last.
    conversation = conversation.with_session(replace(conversation.sessions[name], last=""))
    return replace(conversation, dialogue=name, open=False, ask=conversation.ask + 1, done="")


def still_there(library: Library, conversation: Conversation, setting: Setting) -> Conversation:
    """The conversation where it is, or in the main dialogue: when the municipality has taken the present one away, or
    it is a round whose time is over."""
    dialogue = library.dialogues.get(conversation.dialogue)
    if dialogue is None:
        return entered(library, conversation, library.main, setting)
    if not is_stale(dialogue, conversation.session, setting):
        return conversation
    return entered(library, conversation.with_session(dropped(conversation.session)), library.main, setting)
