"""Where a turn begins: the conversation as the input finds it, and all there is to say in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from afsaet.flows.conversation import Conversation
from afsaet.flows.converse.entering import entered, still_there
from afsaet.flows.dialogue import Dialogue
from afsaet.flows.inputs import Edited, Tap, Text
from afsaet.flows.library import Library, Visit
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Session
from afsaet.flows.state.step import Step
from afsaet.flows.state.walk import Walk, follow
from afsaet.flows.steps.take import take
from afsaet.flows.views.suggesting import written_before


@dataclass(frozen=True, slots=True)
class Talk:
    """before: the conversation as it was, in a dialogue that is still there. setting: in the citizen's language, with
    the words they have written before."""

    library: Library
    before: Conversation
    setting: Setting

    @staticmethod
    def of(library: Library, conversation: Conversation, setting: Setting) -> Talk:
        spoken = library.spoken(setting, conversation.language)
        before = still_there(library, conversation, spoken)
        return Talk(library, before, replace(spoken, earlier=written_before(library, before, spoken)))

    def elsewhere(self, dialogue: str) -> Talk:
        """The same talk in another dialogue."""
        return Talk.of(self.library, entered(self.library, self.before, dialogue, self.setting), self.setting)

    @property
    def dialogue(self) -> Dialogue:
        return self.library.dialogues[self.before.dialogue]

    def followed(self) -> Session:
        """The session in the dialogue's present revision and policy."""
        return follow(self.dialogue, self.before.session, self.setting)

    def walk(self, session: Session) -> Walk:
        return Walk(self.dialogue, session, self.setting)

    def take(self, given: Tap | Text | Edited) -> Step:
        """What comes of the input in the present dialogue."""
        return take(self.dialogue, self.before.session, given, self.setting)

    def visit(self, argument: str = "", conversation: Conversation | None = None) -> Visit:
        """The citizen opening a page; with another conversation where a step has come before it."""
        return Visit(self.library, conversation or self.before, self.setting, argument)
