"""Everything there is to say, and the pages of the menu: what one is opened with, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from afsaet.flows.conversation import MAIN, Conversation
from afsaet.flows.dialogue import Dialogue
from afsaet.flows.effects import Effect, RoundDone
from afsaet.flows.message import Message
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Session


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of the glossary. `also`: other forms it is found by, in lower case."""

    id: str
    word: str
    text: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Helpline:
    """Somewhere to turn in need: when to use it, and the number where there is one."""

    name: str
    number: str
    text: str


@dataclass(frozen=True)
class Library:
    """Everything there is to say, the same for every citizen.

    translators: a function for each language offered, by its code, each with the language's own name for itself.
    pages: what opens each page of the menu, by the names of their commands. after_round: what is said once a round is
    done, if there is more to say than that it is kept. ends: pages that stand in the place of a dialogue's own start or
    summary, by the dialogue's id and that state. aloud: the name of the page with the words to read aloud, for each
    dialogue that has one. aside: what is said at once to an answer, above the next question; it is given the session as
    it was before.
    """

    dialogues: Mapping[str, Dialogue]
    words: tuple[Word, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    translators: Mapping[str, Callable[[str], str]] = field(default_factory=lambda: {"da": str})
    pages: Mapping[str, Opener] = field(default_factory=dict)
    after_round: Callable[[Visit, RoundDone], Page] | None = None
    ends: Mapping[tuple[str, str], Opener] = field(default_factory=dict)
    aloud: Mapping[str, str] = field(default_factory=dict)
    aside: Callable[[Visit, Session], Message | None] | None = None
    consent_revision: str = ""

    @property
    def main(self) -> str:
        """The dialogue that everybody begins with and comes back to."""
        return MAIN if MAIN in self.dialogues else next(iter(self.dialogues))

    def spoken(self, setting: Setting, language: str) -> Setting:
        """The setting in this language; in Danish where the language is not offered, or no longer."""
        if language not in self.translators:
            language = "da"
        return replace(setting, translate=self.translators.get(language, str), language=language)


@dataclass(frozen=True, slots=True)
class Visit:
    """A citizen opening a page. argument: what follows the page's name in a button ("" for none)."""

    library: Library
    conversation: Conversation
    setting: Setting
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What the page says, the conversation afterwards, and what is to be done.

    enter: the dialogue that the page leads into, where the citizen goes on in place of any message of the page's.
    """

    message: Message
    conversation: Conversation
    effects: tuple[Effect, ...] = ()
    enter: str = ""


Opener = Callable[[Visit], Page]
