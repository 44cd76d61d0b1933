"""One citizen who goes through everything there is, from the welcome to the farewell.

Only what is shown is looked at. What the citizen writes has no letters but for one word, so nearly every letter is the
assistant's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from afsaet.assistant import shelf
from afsaet.flows import welcome
from afsaet.flows.conversation import Turn
from afsaet.flows.converse import converse, opening
from afsaet.flows.converse.entering import begin
from afsaet.flows.files import checks
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text, Unreadable
from afsaet.flows.message import Button, Message
from afsaet.flows.pages import PAGES
from afsaet.flows.setting import Setting
from afsaet.municipality import Municipality
from tests import meetings_shown
from tests.measures.touring import rounds_shown

MUNICIPALITY = Municipality()
LIBRARY = shelf.build(MUNICIPALITY, shelf.read_definitions(None))
QUESTIONS = LIBRARY.dialogues["forberedelse"].questions
CASEWORKER = {"sagsbehandler": "Mette Holm", "sagsbehandler_telefon": "12 34 56 78", "sagsbehandler_tid": "9-14"}
OWN = "1234567"
# Of each question the choices that open another.
OPENS = {(parent, f"a.{option}") for question in QUESTIONS.values() for parent, options in question.when.items()
         if options != "any" for option in options}  # fmt: skip


class Walker:
    """The citizen. `shown`: every message so far, and each answered question as it reads from then on."""

    def __init__(self, language: str, translate: Callable[[str], str]) -> None:
        self.library = replace(LIBRARY, translators={"da": str, language: translate})
        now = datetime(2026, 12, 1, 10, tzinfo=MUNICIPALITY.zone)
        self.setting = Setting(now, flags=checks.FLAGS, names={**MUNICIPALITY.names(), **CASEWORKER})
        self.conversation = replace(begin(self.library, "forberedelse"), language=language)
        self.shown: list[Message] = []
        self.live: list[Button] = []
        self._take(opening(self.library, self.conversation, self.setting))

    @property
    def at(self) -> str:
        return self.conversation.session.state

    def give(self, given: Input) -> None:
        self._take(converse(self.library, self.conversation, given, self.setting))

    def tap(self, *actions: str) -> None:
        """Press one button after another: each the first whose action begins so, or is just that."""
        for action in actions:
            button = next(b for b in self.live if b.action == action or b.action.startswith(f"{action}."))
            self.give(Tap(button.action, self.conversation.ask))

    def _take(self, turn: Turn) -> None:
        self.conversation = turn.conversation
        settled = [Message(turn.settled.answer, turn.settled.lead)] if turn.settled else []
        said = [*([turn.redraw] if turn.redraw else []), *turn.say]
        self.shown += [*settled, *said]
        self.live = [button for message in said for row in message.rows for button in row] or self.live

    def answer(self) -> None:
        """The help, a stop, words that do not answer, going back, and then an answer."""
        question = self.at
        kind = QUESTIONS[question].answer.kind
        self.tap("help", "unhelp")
        self.give(Text("stop", f"stop {question}"))
        self.give(Command("fortsaet"))
        if kind in ("text", "points"):
            self.tap("stop.no")
        for words in ("31/2", "1/1 2020", "mandag den 2/12", "2/12 3/12", OWN) if kind == "date" else (OWN,):
            if self.at == question:
                self.give(Text(words, f"own {question}"))
        while self.at == question:
            answers = [b.action for b in self.live if b.action.startswith(("a.", "t.", "day.", "done", "keep"))]
            self.tap(next((action for action in answers if (question, action) in OPENS), answers[0]))
            if self.at == question:
                self.tap("done")
        self.give(Command("fortsaet"))

    def walk(self) -> None:
        """Everything from the first question to the farewell."""
        self.tap("begin")
        while self.at in QUESTIONS:
            self.answer()
        assert self.conversation.session.answers.keys() == QUESTIONS.keys()
        self.tap("edit", "es", "eq", "help", "withworker", "edit", "es", "leave", "leave")
        self.tap("choose", "off", "on", "off", "send", "leave", "send", "confirm", "copy", "edit", "es", "eq", "drop")
        self.give(Command("mine_svar"))
        assert self.conversation.session.versions == 1
        for facts in meetings_shown.shown(self.setting.now, self.give, lambda: self.conversation.ask):
            self.setting = replace(self.setting, facts=facts)
        self.give(Command("mine_svar"))
        self.menu()

    def menu(self) -> None:
        """Every page with its buttons, every word, and what a citizen might send besides."""
        for page in (*PAGES, "start", "nothing"):
            self.give(Command(page))
        actions = [f"ord.{word.id}" for word in self.library.words]
        actions += ["ord.page.1", "kontakt.ring", "paamindelser.fra", "paamindelser.til"]
        actions += [f"paamindelser.{word}.{day}" for day in (3, 2, 1) for word in ("fra", "til")]
        for action in (*actions, f"sprog.{self.conversation.language}"):
            self.give(Tap(f"m.{action}", self.conversation.ask))
        for text in (OWN, "hello", "mentor", "pause", "010170-1234", "I want to die"):
            self.give(Text(text, text))
        for text in (OWN * 2, "9" * 30_000):
            self.give(Edited(text, "own maal_droem"))
        self.give(Edited(OWN, "unknown"))
        self.give(Tap("old", 0))
        for kind in ("voice", "sticker", "file"):
            self.give(Unreadable(kind))
        self.give(Command("slet"))
        self.tap("m.slet.ja")

    def door(self) -> list[Message]:
        """What is said before the yes, and on a phone that is left behind."""
        setting = self.library.spoken(self.setting, self.conversation.language)
        doors = [welcome.closed_door(setting, why) for why in ("used", "expired", "revoked", "unknown")]
        doors += [page(setting, "CODE") for page in (welcome.invited, welcome.more, welcome.declined)]
        return [*doors, *(page(setting) for page in (welcome.agreed, welcome.only_alone, welcome.moved_away))]


def everything_shown(language: str, translate: Callable[[str], str]) -> list[Message]:
    """All that is said in this language, read with this function from the Danish."""
    walker = Walker(language, translate)
    walker.walk()
    return walker.shown + walker.door() + rounds_shown(walker.library, language)
