"""One citizen's walk through a dialogue, held after every step against what must always be true.

What the citizen sees is read off the messages alone, by their words and buttons. From that follows which answer
an input may touch, and that is compared with what the engine has kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from afsaet.flows import cpr
from afsaet.flows.conversation import Conversation, Forget, Library, Sent, Turn, Word
from afsaet.flows.converse import begin, converse, opening
from afsaet.flows.crisis import sounds_like_crisis
from afsaet.flows.definition import Definition, Many, One, Points, Question, Scale
from afsaet.flows.dialogue import load
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text
from afsaet.flows.machine import START, STOPS
from afsaet.flows.message import Button, Message
from afsaet.flows.session import Answer
from afsaet.flows.setting import Setting

NAMES = {
    "moedenavn": "rehabiliteringsmødet", "plannavn": "planen", "forloebsnavn": "forløbet", "laegeattest": "LÆ265",
    "ankomst_minutter": "15", "kommune": "Prøve Kommune", "kontakt": "os", "dataansvarlig": "kommunen",
    "dpo": "rådgiveren", "kladde_dage": "180", "sagsbehandler": "Dorte", "sagsbehandler_telefon": "12 34 56 78",
    "sagsbehandler_tid": "9-12",
}  # fmt: skip
WORDS = tuple(Word(f"w{n}", f"Mentor{n}", "En, der støtter dig.", (f"mentor nr. {n}",)) for n in range(20))
FIRST_ASK = 1_790_000_000  # the numbering of buttons begins at the time, in seconds
CPR_NUMBERS = ("010170-1234", "0101701234", "010170 1234")

WALKING_WORDS = ("fortsæt", "begynd", "mine svar", "hej")
TOLD_NOT_SAVED = ("ikke gemt", "ikke plads", "for lang")
ASKED_AGAIN = ("findes ikke i kalenderen", "allerede gået", "Ugedagen passer ikke", "Mener du")
NOT_UNDERSTOOD = ("Den knap virker ikke mere", "Den knap hører til noget tidligere", "Det valg findes ikke mere",
                  "Den kommando kender jeg ikke")  # fmt: skip


def foreign(text: str) -> str:
    """A language with longer words, in which no text reads as it does in Danish."""
    return f"¤{text}¤"


class Citizen:
    """A citizen on a walk. `step` gives the assistant one input and checks everything that came of it.

    showing: the question on the screen that a text would answer. behind: the question, if any, that was on the
    screen before the latest one. wordings: each question as it was last shown, in Danish. live: the buttons of
    the latest message that has any, and fresh: whether the world is still as it was then. old: every button ever shown, with its number. written: what stands in the
    chat, by the reference of the message.
    """

    def __init__(self, definition: Definition, open_to: frozenset[str], flags: frozenset[str]) -> None:
        self.setting = Setting(datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/Copenhagen")), open_to, flags, NAMES)
        self.library = Library({}, WORDS, (), {"da": str, "en": foreign})
        self.revise(definition)
        self.conversation = begin(self.library, definition.id, ask=FIRST_ASK)
        self.showing = ""
        self.behind = ""
        self.wordings: dict[str, str] = {}
        self.live: tuple[Button, ...] = ()
        self.old: list[Tap] = []
        self.written: dict[str, str] = {}
        self.chosen: set[str] | None = None
        self.last_tap = Tap("begin", 0)
        self.said = ""
        self.sent: list[Mapping[str, Any]] = []
        self.gone = False
        self._seen(self.conversation, opening(self.library, self.conversation, self.setting))

    @property
    def answers(self) -> Mapping[str, Answer]:
        return self.conversation.session.answers

    def revise(self, definition: Definition) -> None:
        """The dialogue's file is another from now on."""
        self.fresh = False
        self.definition = definition
        self.questions = {question.id: question for section in definition.sections for question in section.questions}
        self.library = replace(self.library, dialogues={definition.id: load(definition, NAMES)})

    def world(self, **changes: Any) -> None:
        """The policy or the municipality's choices are others from now on."""
        self.fresh = False
        self.setting = replace(self.setting, **changes)

    def ref(self) -> str:
        """The channel's name for the next message the citizen writes."""
        return str(100 + len(self.written))

    def twin(self) -> Citizen:
        """The same citizen, whose further walk leaves this one where it is."""
        other = copy(self)
        other.wordings, other.old, other.written, other.sent = (
            dict(self.wordings), list(self.old), dict(self.written), list(self.sent))  # fmt: skip
        other.chosen = None if self.chosen is None else set(self.chosen)
        return other

    def step(self, given: Input) -> Turn:
        """One input, and everything that must hold of what came of it."""
        before = self.conversation
        turn = self._converse(given)
        self._only_what_was_meant(given, turn)
        self._effects(before, turn)
        if isinstance(given, Text):
            self.written[given.ref] = given.text
        if isinstance(given, Tap):
            self._a_double_tap_does_nothing(given, turn)
            self._note_chosen(given, before)
            self.last_tap = given
        is_crisis = isinstance(given, Text | Edited) and sounds_like_crisis(given.text)
        other = self._after_harmless_words(given, turn) if is_crisis else None
        self._seen(before, turn)
        if other is not None:
            self.behind = other.behind
        self.setting = replace(self.setting, now=self.setting.now + timedelta(minutes=1))
        return turn

    def _converse(self, given: Input) -> Turn:
        return converse(self.library, self.conversation, given, self.setting)

    # What was said

    def _seen(self, before: Conversation, turn: Turn) -> None:
        self.conversation = restarted(turn.conversation)
        self.gone = any(isinstance(effect, Forget) for effect in turn.effects)
        messages = [message for message in (turn.redraw, *turn.say) if message is not None]
        self.said = "\n".join(message.plain() for message in messages)
        for message in messages:
            self._fits(message)
            self._show(before, message)
        self._keeps_secrets(messages, turn)
        place = self.conversation.session.state
        assert self.showing == (place if self.conversation.open and place not in (START, *STOPS) else "")
        if self.fresh and not self.gone:
            self._has_a_way_on()

    def _show(self, before: Conversation, message: Message) -> None:
        """What the message makes of the screen."""
        buttons = tuple(button for row in message.rows for button in row)
        if not buttons:
            return
        self.live = buttons
        self.fresh = True
        self.old += [Tap(button.action, self.conversation.ask) for button in buttons]
        place = before.session.state if before.session.state not in (START, *STOPS) else ""
        asked = {self._tr(question.ask): name for name, question in self.questions.items()}
        is_stop = any(button.action == "stop.no" for button in buttons)
        shown = self.conversation.session.state if is_stop else asked.get(message.lead, "")
        if shown:
            self.wordings[shown] = self.setting.danish(self.questions[shown].ask)
            self._progress(shown, message)
        if shown or self.conversation.open:
            self.behind = place
        self.showing = shown

    def _tr(self, text: str) -> str:
        translate = self.library.translators[self.conversation.language]
        return replace(self.setting, translate=translate).tr(text)

    def _progress(self, shown: str, message: Message) -> None:
        visible = [name for name in self.questions if name == shown or self._visible(name)]
        if found := re.search(r"Spørgsmål (\d+) af (\d+)", message.note):
            assert (int(found[1]), int(found[2])) == (visible.index(shown) + 1, len(visible))
        assert self.questions[shown].sensitivity in self.setting.open_to
        assert self.branch_open(shown)

    def branch_open(self, name: str) -> bool:
        """Whether the answers given lead to a question."""
        question = self.questions[name]
        if question.only_if and question.only_if not in self.setting.flags:
            return False
        for parent, wanted in question.when.items():
            answer = self.answers.get(parent)
            if answer is None or answer.state != "answered" or not self.branch_open(parent):
                return False
            values = answer.value if isinstance(answer.value, tuple) else (answer.value,)
            if wanted != "any" and not set(wanted) & set(values):
                return False
        return True

    def _allowed(self, name: str) -> bool:
        return name in self.questions and self.questions[name].sensitivity in self.setting.open_to

    def _visible(self, name: str) -> bool:
        question = self.questions[name]
        in_set = not self.conversation.session.short or question.short or name in self.answers
        return in_set and self._allowed(name) and self.branch_open(name)

    def _fits(self, message: Message) -> None:
        assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message
        buttons = [button for row in message.rows for button in row]
        assert len(buttons) <= 100
        assert all(1 <= len(row) <= 8 for row in message.rows)
        actions = [button.action for button in buttons if button.action != "stay"]
        assert len(actions) == len(set(actions))
        for button in buttons:
            assert 1 <= len(button.label) <= 64
            assert button.label.strip() or button.action == "stay"
            assert button.action.isascii()
            assert len(f"{self.conversation.ask}:{button.action}") <= 64
        if sum(len(answer.words) for answer in self.answers.values()) < 400:
            assert len(message.plain().encode("utf-16-le")) // 2 < 4096 or "send" in actions

    def _keeps_secrets(self, messages: list[Message], turn: Turn) -> None:
        """Nothing that may not pass this channel, and no personal number anywhere."""
        words = "\n".join([*(words_of(message) for message in messages), str(turn.settled)])
        state = json.dumps(stored(turn.conversation), ensure_ascii=False)
        for number in CPR_NUMBERS:
            assert number not in words
            assert number not in state
        open_words = {part.text for name, answer in self.answers.items() if self._allowed(name) for part in answer.parts}
        for name, question in self.questions.items():
            if not self._allowed(name):
                assert self._tr(question.ask)[:40] not in words
                assert not re.search(rf"\b{name}\b", words)
                answer = self.answers.get(name)
                for part in answer.parts if answer else ():
                    assert len(part.text) < 9 or part.text in open_words or part.text[:40] not in words

    def _has_a_way_on(self) -> None:
        """Every button on the screen is understood, and one of them leads elsewhere."""
        ways = 0
        for button in self.live:
            if button.action == "stay":
                continue
            turn = self._converse(Tap(button.action, self.conversation.ask))
            after = [message for message in (turn.redraw, *turn.say) if message is not None]
            said = "\n".join(message.plain() for message in after)
            assert not any(words in said for words in NOT_UNDERSTOOD), button
            ways += bool(after and after[-1].rows and tuple(b for row in after[-1].rows for b in row) != self.live)
        assert ways, self.said

    # What was kept

    def _only_what_was_meant(self, given: Input, turn: Turn) -> None:
        before, after = self.answers, turn.conversation.session.answers
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        doubt = self.conversation.session.doubt
        if isinstance(given, Text):
            self._text_went_right(given, turn, changed)
        elif isinstance(given, Edited) and doubt is not None and doubt.ref == given.ref:
            self._text_went_right(Text(given.text, given.ref), turn, changed)
        elif isinstance(given, Edited):
            self._edit_went_right(given, turn, changed)
        elif isinstance(given, Tap) and given.ask == self.conversation.ask and not given.action.startswith("m."):
            self._tap_went_right(given, turn, changed)
        else:
            assert not changed, given
        if turn.conversation.session.state == self.conversation.session.state and not changed:
            return
        for name in changed:
            if isinstance(given, Edited) or (isinstance(given, Text) and given.early and name in before):
                continue
            if name in after:
                assert after[name].question == self.wordings[name]

    def _text_went_right(self, given: Text, turn: Turn, changed: set[str]) -> None:
        text = cpr.mask(given.text)[0]
        after = turn.conversation.session.answers
        if not given.early and (button := self._button_in_words(text)):
            self._tap_went_right(Tap(button.action, self.conversation.ask), turn, changed)
            return
        if not says_anything(text):
            assert not changed
        meant = {self.behind, self.showing} if given.early and self.behind == self.showing else {self.showing}
        if given.early and self.behind != self.showing:
            meant = {self.behind}
        assert changed <= meant - {""}, (given, changed, meant)
        kept = [(name, part) for name, answer in after.items() for part in answer.parts if part.ref == given.ref]
        for name, part in kept:
            assert part.text == text
            earlier = self.answers[name].parts if name in self.answers else ()
            anew = not given.early or name == self.conversation.session.state
            replaced = anew and self._kind(name) == "text"
            assert replaced or after[name].parts[: len(earlier)] == earlier
        assert len(kept) <= 1
        if kept:
            return
        for name in changed:
            assert name in after and self._is_choice(self.questions[name], text), given
            assert name not in self.answers or after[name].parts == self.answers[name].parts
        assert not self._must_be_kept(given), given
        if not changed:
            said = "\n".join(message.plain() for message in turn.say)
            told = any(words in said for words in (*TOLD_NOT_SAVED, *ASKED_AGAIN)) or sounds_like_crisis(text)
            doubt = turn.conversation.session.doubt
            asked = doubt is not None and doubt.ref == given.ref and "Vil du stoppe nu?" in said
            command = text.casefold() in WALKING_WORDS or not turn.conversation.open
            elsewhere = self._kind(self.showing) not in ("text", "points") and command and said
            question = self.questions.get(self.showing)
            chosen_already = question is not None and self._is_choice(question, text)
            stopped = self.conversation.session.doubt is not None and not turn.conversation.open
            assert told or asked or elsewhere or chosen_already or stopped, given

    def _must_be_kept(self, given: Text) -> bool:
        """Whether it is plain words to the question on the screen, with room for them."""
        question = self.questions.get(self.showing)
        if question is None or given.early or not given.text.startswith("Jeg tænker på noget"):
            return False
        answer = self.answers.get(self.showing)
        parts = answer.parts if answer else ()
        if isinstance(question.answer, Points) and len(parts) >= question.answer.most:
            return False
        return sum(len(part.text) for part in parts) < 19_000

    def _button_in_words(self, text: str) -> Button | None:
        """The button on the screen whose words were written, where words are not the answer."""
        if not self.conversation.open or self._kind(self.showing) in ("text", "points"):
            return None
        said = text.casefold().strip(" .!")
        return next((button for button in self.live if button.label.casefold().strip(" .!☑☐✓‹›") == said), None)

    def _kind(self, name: str) -> str:
        return self.questions[name].answer.kind if name in self.questions else ""

    def _is_choice(self, question: Question, text: str) -> bool:
        said = text.strip().strip(".!").casefold()
        answer = question.answer
        if isinstance(answer, One | Many):
            read = [self._tr(option.text) for option in answer.options] + [option.text for option in answer.options]
            return said in [words.casefold() for words in (*read, *(option.id for option in answer.options))]
        if isinstance(answer, Scale):
            return said.strip("¤") in map(str, range(11))
        return answer.kind == "date" or said.strip("¤") in ("ja", "nej")

    def _edit_went_right(self, given: Edited, turn: Turn, changed: set[str]) -> None:
        text = cpr.mask(given.text)[0]
        after = turn.conversation.session.answers
        holders = {name for name, answer in self.answers.items() for part in answer.parts if part.ref == given.ref}
        assert changed <= (holders if says_anything(text) else set())
        for name in changed:
            old = self.answers[name]
            parts = tuple(replace(part, text=text) if part.ref == given.ref else part for part in old.parts)
            assert after[name] == replace(old, parts=parts)
        said = "\n".join(message.plain() for message in turn.say)
        assert said
        if not changed and not sounds_like_crisis(given.text):
            assert "står, som det var" in said or "ikke gemt" in said or "ikke et svar" in said or "rettet" in said

    def _tap_went_right(self, given: Tap, turn: Turn, changed: set[str]) -> None:
        place = self.conversation.session.state
        after = turn.conversation.session.answers
        assert changed <= {place}, (given, changed)
        verb = given.action.partition(".")[0]
        if not changed:
            return
        old, new = self.answers.get(place), after.get(place)
        if verb == "drop":
            assert new is None
        elif verb == "skip":
            assert old is None and new is not None and new.state == "skipped"
        elif verb == "withworker":
            assert new is not None and new.state == "med_sagsbehandler"
            assert old is None or (old.parts, old.value, old.text) == (new.parts, new.value, new.text)
        elif given.action == "stop.no":
            assert new is not None and new.parts[-1].text.strip().strip(".!").casefold() == "stop"
        else:
            assert verb in ("a", "t", "u", "day", "done"), given
            assert old is None or (new.parts if new else ()) == old.parts
            self._choice_went_right(given, old, new)

    def _choice_went_right(self, given: Tap, old: Answer | None, new: Answer | None) -> None:
        """The choice pressed is in the answer, and only what was pressed has changed."""
        verb, _dot, name = given.action.partition(".")
        before = old.value if old and isinstance(old.value, tuple) else ()
        if verb in ("a", "day"):
            assert new is not None and str(new.value) == name and new.text
        elif verb == "t":
            assert new is not None and isinstance(new.value, tuple)
            assert name in new.value
            assert len(set(new.value)) == len(new.value)
            assert set(new.value) <= {*before, name, str(old.value if old else "")}
            assert len(new.value) == len(new.text.split("\n"))
        elif verb == "u":
            assert set(before) - {name} == set(new.value if new and isinstance(new.value, tuple) else ())

    # What was done

    def _a_double_tap_does_nothing(self, given: Tap, turn: Turn) -> None:
        again = converse(self.library, restarted(turn.conversation), given, self.setting)
        assert _kept(again.conversation) == _kept(turn.conversation), given
        assert not again.effects, given

    def _note_chosen(self, given: Tap, before: Conversation) -> None:
        if given.ask != before.ask or before.session.state != "sections":
            return
        verb, _dot, name = given.action.partition(".")
        everything = {section.id for section in self.definition.sections}
        chosen = everything if self.chosen is None else self.chosen & everything
        if verb == "on" and name in everything:
            chosen = chosen | {name}
        elif verb == "off":
            chosen = chosen - {name}
        else:
            return
        self.chosen = None if chosen == everything else chosen

    def _effects(self, before: Conversation, turn: Turn) -> None:
        sent = [effect.snapshot for effect in turn.effects if isinstance(effect, Sent)]
        assert len(sent) == turn.conversation.session.versions - before.session.versions
        for snapshot in sent:
            assert snapshot["version"] == turn.conversation.session.versions
            self._sends_only_what_was_chosen(json.loads(json.dumps(snapshot)))
        self.sent += sent

    def _sends_only_what_was_chosen(self, snapshot: dict[str, Any]) -> None:
        words = json.dumps(snapshot, ensure_ascii=False)
        assert not any(number in words for number in CPR_NUMBERS)
        expected = {}
        for section in self.definition.sections:
            if self.chosen is None or section.id in self.chosen:
                names = [question.id for question in section.questions if self.branch_open(question.id)]
                if names:
                    expected[section.id] = names
        found = {section["id"]: [answer["id"] for answer in section["answers"]] for section in snapshot["sections"]}
        assert found == expected
        told = [answer for section in snapshot["sections"] for answer in section["answers"]]
        assert any(answer["state"] == "answered" for answer in told)
        for answer in told:
            kept = self.answers.get(answer["id"])
            if kept is not None:
                assert (answer["state"], answer["question"]) == (kept.state, kept.question)
            if kept is None or kept.state != "answered":
                assert (answer["text"], answer["value"]) == ("", None)
            else:
                chosen, own = kept.text, [part.text for part in kept.parts]
                if self._kind(answer["id"]) == "scale" and isinstance(kept.value, int):
                    chosen = answer["text"].partition("\n")[0]
                    assert chosen.startswith(f"{kept.value} (0 = ")
                assert answer["text"] == "\n".join(filter(None, [chosen, *own]))

    def _after_harmless_words(self, given: Text | Edited, turn: Turn) -> Citizen:
        """The card stands alone and leaves no trace: what is kept is that of harmless words and an ordinary pause."""
        assert [message for message in turn.say if "Har du det svært lige nu" in message.lead] == [turn.say[-1]]
        assert turn.redraw is None
        harmless = replace(given, text=HARMLESS.ljust(len(given.text), "."))
        other = self.twin()
        other.step(harmless)
        other.step(Command("menu"))
        written = {given.text, cpr.mask(given.text)[0], harmless.text}
        assert without(stored(turn.conversation), written) == without(stored(other.conversation), written)
        return other


    def reaches_sending(self) -> None:
        """A citizen who does what lies nearest comes to the summary, and sends, in a bounded number of steps."""
        other = self.twin()
        other.step(Command("fortsaet"))
        most = 4 * len(self.questions) + 30
        for _step in range(most):
            if len(other.sent) > len(self.sent):
                return
            nearest = other.nearest()
            if nearest is None:
                return
            other.step(nearest)
        raise AssertionError(f"not sent after {most} steps, but: {other.said}")

    def nearest(self) -> Input | None:
        """What a citizen who wants to send does next; None where there is nothing they could send."""
        if self.showing:
            return self._nearest_answer()
        some = self.chosen is not None and not {section.id for section in self.definition.sections} <= self.chosen
        refused = "ingen svar" in self.said or "mindst ét" in self.said
        if self._first("on.", "off."):
            more = self._first("on.", "page.") if some else None
            return more or self._first("leave" if refused else "send")
        if refused and some:
            return self._first("choose")
        if refused:
            can_answer = any(map(self._visible, self.questions))
            return self._first("go", "rest") or (self._first("edit") if can_answer else None)
        return self._first("confirm", "send", "finish", "begin", "es.", "eq.", "edit", "m.fortsaet", "leave")

    def _nearest_answer(self) -> Input | None:
        answer = self.answers.get(self.showing)
        if aside := self._first("unhelp", "stop.no"):
            return aside
        if answer and answer.state == "answered":
            return self._first("done", "keep")
        if self._kind(self.showing) in ("text", "points"):
            return Text(f"Det her er mit {len(self.written) + 1}. svar.", self.ref())
        return self._first("a.", "t.", "day.", "page.")

    def _first(self, *actions: str) -> Tap | None:
        """A press of the first button there is with one of these actions, or with one that so begins."""
        for wanted in actions:
            for button in self.live:
                if button.action == wanted or (wanted.endswith(".") and button.action.startswith(wanted)):
                    return Tap(button.action, self.conversation.ask)
        return None


HARMLESS = "Jeg holder af min hund"


def _kept(conversation: Conversation) -> tuple[Any, ...]:
    """Where the citizen is, and what every answer says."""
    session = conversation.session
    said = {name: (a.state, a.value, a.text, a.parts) for name, a in session.answers.items()}
    return session.state, session.section, session.page, session.chosen, session.versions, said


def says_anything(text: str) -> bool:
    """Whether anything of it can be seen."""
    return bool(text.translate(dict.fromkeys((0, 7, 9, 10, 13, 32, 8203, 8288), "")))


def words_of(message: Message) -> str:
    """All that can be read of a message, its buttons included."""
    return "\n".join([message.plain(), *(button.label for row in message.rows for button in row)])


def stored(conversation: Conversation) -> dict[str, Any]:
    """All that is kept of a conversation, as JSON."""
    answers = {dialogue: {name: answer.to_json() for name, answer in session.answers.items()}
               for dialogue, session in conversation.sessions.items()}  # fmt: skip
    return {"state": conversation.to_json(), "answers": answers}


def restarted(conversation: Conversation) -> Conversation:
    """The conversation after it was written down as JSON text and read again: an equal one."""
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
