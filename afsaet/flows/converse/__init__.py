"""One turn of the whole conversation: `converse(library, conversation, input, setting) -> Turn`.

Pure, and the same for every channel. Safety comes first: a personal number never gets further than here, and
words of self-harm bring the card with somewhere to turn, after which the citizen is simply on a pause.
"""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows import cpr
from afsaet.flows.commands import COMMANDS, alone, command_name
from afsaet.flows.conversation import Conversation, Turn
from afsaet.flows.definition import Question
from afsaet.flows.effects import CopyWanted, Effect, Lasting, RoundDone, Sent
from afsaet.flows.entering import entered, still_there
from afsaet.flows.in_words import bare, buttons_meant, command_spoken, kept_as_an_answer
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text, Unreadable, written
from afsaet.flows.kinds import WORDS_ARE_ANSWERS, names_option
from afsaet.flows.language import mark as _
from afsaet.flows.library import Library, Page, Visit
from afsaet.flows.machine import EDIT, SENT, START, SUMMARY
from afsaet.flows.message import Button, Message
from afsaet.flows.pages import PAGES
from afsaet.flows.pages.menu import menu, pause
from afsaet.flows.pages.page import go_on, to_menu
from afsaet.flows.pages.words import explained, find
from afsaet.flows.setting import Setting
from afsaet.flows.split_numbers import halves_before
from afsaet.flows.step import Step
from afsaet.flows.suggesting import written_before
from afsaet.flows.take import take
from afsaet.flows.unreadable import cannot_read, says_anything
from afsaet.flows.views import view
from afsaet.flows.walk import Walk, follow, seen
from afsaet.flows.watching import watched

STOP_WORDS = frozenset({"stop", "pause"})
GREETINGS = frozenset({"hej", "hejsa", "hey", "hallo", "goddag", "godmorgen", "godaften", "hi", "hello"})
LONGEST_EDIT = 3500  # an edit cannot become two messages, as a new one can
LONGEST_ACTION = 48  # of our own buttons (message.py); nothing of a longer one is looked at or kept


def opening(library: Library, conversation: Conversation, setting: Setting) -> Turn:
    """The first thing a citizen who has said yes is shown."""
    return _Talk(library, conversation, setting).resumed()


def converse(library: Library, conversation: Conversation, given: Input, setting: Setting) -> Turn:
    """What comes of one input. Raises nothing, whatever a citizen sends."""
    if isinstance(given, Tap):
        return _Talk(library, conversation, setting).react(given)
    words = written(given)
    masked, found = cpr.mask(words)
    talk = _Talk(library, conversation, setting)
    if isinstance(given, Text | Edited):
        alone = found and not any(sign.isalnum() for sign in masked.replace(cpr.MASK, ""))
        turn = talk.resumed() if alone else talk.react(replace(given, text=masked))
    else:
        turn = talk.react(given)
    return watched(library, turn, words, (given.ref, *halves_before(conversation, turn.conversation, masked)), setting)


class _Talk:
    """One turn in the making."""

    def __init__(self, library: Library, conversation: Conversation, setting: Setting) -> None:
        self.library = library
        self.setting = library.spoken(setting, conversation.language)
        self.before = still_there(library, conversation, setting)
        self.setting = replace(self.setting, earlier=written_before(library, self.before, self.setting))
        self.dialogue = library.dialogues[self.before.dialogue]

    def _elsewhere(self, dialogue: str) -> _Talk:
        """The same turn in another dialogue."""
        return _Talk(self.library, entered(self.library, self.before, dialogue, self.setting), self.setting)

    def react(self, given: Input) -> Turn:
        if isinstance(given, Tap):
            return self._tap(given)
        if isinstance(given, Command):
            first = given.name.split()[0] if given.name.startswith("/") and given.name.split() else given.name
            name = command_name(given.name) or command_name(first)
            return self._command(name, "") or self._unknown_command()
        if isinstance(given, Unreadable):
            return self._unread(cannot_read(given.kind, self.setting))
        if not says_anything(given.text):
            return self._unread(cannot_read("empty", self.setting))
        if isinstance(given, Edited):
            return self._not_edited() if alone(given.text) else self._edited(given)
        if given.early:
            return self._early(given)
        return self._text(given)

    def _early(self, given: Text) -> Turn:
        """Where it could not be kept while a page of the menu stood open, the question it came before is shown."""
        step = take(self.dialogue, self.before.session, given, self.setting)
        kept = step.session.answers != self.before.session.answers
        if kept or self.before.open:
            return self._walked(step)
        # The place is shown again, as the present revision and policy have it.
        return self._walked(replace(step, session=follow(self.dialogue, step.session, self.setting), show="new"))

    def _edited(self, given: Edited) -> Turn:
        """An answer is changed in the dialogue it was given in; the citizen stays where they are."""
        for name, session in self.before.sessions.items():
            given_there = any(part.ref == given.ref for answer in session.answers.values() for part in answer.parts)
            if given_there and name != self.before.dialogue and name in self.library.dialogues:
                step = take(self.library.dialogues[name], session, given, self.setting)
                changed = self.before.with_session(step.session)
                said = Message(note="\n".join(note for note in step.notes if note))
                return Turn(changed, (said,), settled=step.settled)
        return self._walked(take(self.dialogue, self.before.session, given, self.setting))

    def _not_edited(self) -> Turn:
        """A message that was made into a command does nothing, and an answer it had become stays."""
        note = _("Jeg har ikke rettet noget. Et ord med / foran virker kun i en ny besked.")
        return Turn(self.before, (Message(note=self.setting.tr(note)),))

    def resumed(self, *notes: str) -> Turn:
        """Back to the place the citizen left, in the present revision and policy."""
        session = follow(self.dialogue, self.before.session, self.setting)
        return self._walked(Step(session, notes=notes))

    def _tap(self, tap: Tap) -> Turn:
        if len(tap.action) > LONGEST_ACTION:
            return self.resumed(self._old_button())
        press = f"{tap.ask}:{tap.action}"
        if tap.action.startswith("m."):
            return self._menu_tap(tap, press) or self.resumed(self._old_button())
        if tap.ask != self.before.ask:
            return Turn(self.before) if press == self.before.done else self.resumed(self._old_button())
        step = take(self.dialogue, self.before.session, tap, self.setting)
        turn = self._walked(step, pressed=True)
        if turn.conversation.ask == self.before.ask:
            return turn
        return replace(turn, conversation=replace(turn.conversation, done=press))

    def _menu_tap(self, tap: Tap, press: str) -> Turn | None:
        """The menu's buttons do not grow old. One that does something does it once, and an old one asks again."""
        name, _dot, argument = tap.action.removeprefix("m.").partition(".")
        turn = self._command(name, argument)
        if turn is None or not turn.effects:
            return turn
        if press == self.before.done:
            return Turn(self.before)
        if tap.ask != self.before.ask and not all(isinstance(effect, Lasting) for effect in turn.effects):
            return self._asked_again(name, argument)
        return replace(turn, conversation=replace(turn.conversation, done=press))

    def _asked_again(self, name: str, argument: str) -> Turn | None:
        """The page that an old button stood on, as it is now: what was to be done may look different by now."""
        turn = None
        while turn is None or turn.effects:
            argument = argument.rpartition(".")[0]
            turn = self._command(name, argument)
            if not argument:
                break
        if turn is None or not turn.say:
            return turn
        first, *others = turn.say
        note = "\n\n".join(part for part in (self._old_button(), first.note) if part)
        return replace(turn, say=(replace(first, note=note), *others))

    def _text(self, text: Text) -> Turn:
        """A text belongs to the open question. Elsewhere it may be a command or a word; else it is not kept."""
        if self.before.open and text.asked not in (0, self.before.ask):
            note = _("Du er kommet videre et andet sted, så det er ikke gemt. Her er du nu:")
            return self.resumed(self.setting.tr(note))
        question = self.dialogue.questions.get(self.before.session.state) if self.before.open else None
        words_are_answers = question is not None and question.answer.kind in WORDS_ARE_ANSWERS
        if self.before.open and question is None and self.before.session.wording:
            words_are_answers = True  # to a question that has left the dialogue meanwhile
        if not words_are_answers and (turn := self._in_words(text.text, question)):
            return turn
        if not self.before.open:
            return self._not_kept()
        step = take(self.dialogue, self.before.session, text, self.setting)
        if words_are_answers and step.session.showing != "stop":
            walk = Walk(self.dialogue, follow(self.dialogue, self.before.session, self.setting), self.setting)
            step = replace(step, notes=(*step.notes, kept_as_an_answer(walk, step.session, text.text)))
        return self._walked(step)

    def _in_words(self, said: str, question: Question | None) -> Turn | None:
        """What a text does that is more than an answer: a button's words, a command, or a word to be explained."""
        if question is not None and names_option(question, said, self.setting):
            return None
        if bare(said) in STOP_WORDS:
            return Turn(replace(self.before, open=False, done=""), (pause(self.setting),))
        if bare(said) in GREETINGS:
            return self.resumed(self.setting.tr(_("Hej. Her er du nu:")))
        if self.before.open and (turn := self._button_in_words(said)):
            return turn
        if turn := self._command(command_name(said) or command_spoken(said, self.setting), ""):
            return turn
        word = find(self.library, said, self.setting)
        if word is None:
            return None
        message = explained(word, self.setting)
        if question is not None:
            message = replace(message, note=self.setting.tr(_("Ordet er ikke gemt som et svar.")))
        return self._page(message)

    def _button_in_words(self, said: str) -> Turn | None:
        """The words on a button under the present message, written instead of pressed."""
        session = follow(self.dialogue, self.before.session, self.setting)
        if session.state != self.before.session.state:
            return None
        for button in buttons_meant(Walk(self.dialogue, session, self.setting), said):
            tap = Tap(button.action, self.before.ask)
            return self._walked(take(self.dialogue, session, tap, self.setting))
        return None

    def _not_kept(self) -> Turn:
        page = menu(self._visit()).message
        note = _("Det har jeg ikke gemt. Vil du svare på et spørgsmål, så tryk på {button}.")
        return self._page(replace(page, note=self.setting.tr(note, button=page.rows[0][0].label)))

    def _unread(self, message: Message) -> Turn:
        """Under a question its own buttons are still there; elsewhere the ways on are shown."""
        ways = () if self.before.open else ((go_on(self.setting), to_menu(self.setting)),)
        return Turn(self.before, (replace(message, rows=ways),))

    def _command(self, name: str, argument: str) -> Turn | None:
        if name == "fortsaet":
            return self._elsewhere(argument or self._unfinished())._onward()
        if name == "pause":
            return Turn(replace(self.before, open=False, done=""), (pause(self.setting),))
        if name == "start":
            return self._page(menu(self._visit()).message)
        if name == "mine_svar":
            return self._elsewhere(argument or self.library.main)._my_answers()
        opener = self.library.pages.get(name) or PAGES.get(name)
        if opener is not None:
            return self._opened(opener(self._visit(argument)))
        if name not in COMMANDS:
            return None
        note = self.setting.tr(_("Det kan jeg ikke hjælpe med endnu. Spørg din sagsbehandler."))
        return self._page(replace(menu(self._visit()).message, note=note))

    def _opened(self, page: Page) -> Turn:
        """What a page says, or the dialogue it leads into."""
        conversation = replace(page.conversation, open=False, done="")
        if not page.enter:
            return Turn(conversation, (page.message,), effects=page.effects)
        turn = _Talk(self.library, conversation, self.setting)._elsewhere(page.enter).resumed()
        return replace(turn, effects=(*page.effects, *turn.effects))

    def _unfinished(self) -> str:
        """The dialogue to go on with: the one walked latest, or the main one where that is done or cannot be begun."""
        state, is_round = self.before.session.state, self.dialogue.definition.kind == "round"
        return self.library.main if state == SENT or (is_round and state == START) else self.before.dialogue

    def _onward(self) -> Turn:
        """Back to where the citizen left; from the summary, to the questions that wait."""
        session = follow(self.dialogue, self.before.session, self.setting)
        walk = Walk(self.dialogue, session, self.setting)
        if session.state not in (SUMMARY, EDIT) or not walk.pending():
            return self.resumed(self._welcome_back())
        walk.go(walk.first_pending())
        return self._walked(Step(walk.arrived(), notes=(self._welcome_back(),)))

    def _my_answers(self) -> Turn:
        session = follow(self.dialogue, self.before.session, self.setting)
        walk = Walk(self.dialogue, session, self.setting)
        if not session.answers:
            return self.resumed(self.setting.tr(_("Du har ikke svaret på noget endnu.")))
        walk.go(SUMMARY)
        return self._walked(Step(walk.arrived()))

    def _walked(self, step: Step, *, pressed: bool = False) -> Turn:
        """The conversation after a step, and the step's place as messages."""
        if step.completed is not None:
            return self._completed(step, step.completed)
        session, before = step.session, self.before.session
        if not step.leave and step.show != "nothing":
            session = seen(Walk(self.dialogue, session, self.setting))
        is_open = not step.leave and (self.before.open or step.show != "nothing")
        end = self.library.ends.get((session.dialogue, session.state))
        if end is not None and not step.leave and step.show != "nothing":
            conversation = replace(self.before.with_session(session), ask=self.before.ask + 1)
            return replace(self._opened(end(self._visit(conversation=conversation))), settled=step.settled)
        notes = tuple(note for note in step.notes if note)
        effects: list[Effect] = [Sent(step.sent)] if step.sent is not None else []
        effects += [CopyWanted()] if step.copy else []
        renewed = bool(effects) or (session.state, session.section) != (before.state, before.section)
        done = "" if step.leave else self.before.done  # as after a page, and after the card: no two pauses differ
        conversation = replace(
            self.before.with_session(session), open=is_open, ask=self.before.ask + renewed, done=done)
        turn = Turn(conversation, settled=step.settled, effects=tuple(effects))
        if step.leave or step.show == "nothing":
            shown = pause(self.setting) if step.leave else Message(note="\n".join(notes))
            return self._shown(turn, shown, redraw=pressed and bool(step.leave))
        shown = view(Walk(self.dialogue, session, self.setting))
        aloud = self.library.aloud.get(session.dialogue)
        if aloud and session.state in (SUMMARY, SENT):
            read = Button(self.setting.tr(_("Læs mine ord op")), f"m.{aloud}")
            shown = replace(shown, rows=(*shown.rows[:-1], (read,), shown.rows[-1]))
        shown = replace(shown, note="\n\n".join(line for line in (*notes, shown.note) if line))
        if aloud and step.sent is not None:
            words = self.library.pages[aloud](self._visit(conversation=conversation)).message
            return replace(turn, say=(replace(words, rows=()), shown))
        fits = len(shown.plain().encode("utf-16-le")) // 2 <= LONGEST_EDIT
        if pressed and step.show == "same" and fits:
            return self._shown(turn, shown, redraw=True)
        question = self.dialogue.questions.get(session.state)
        older = "" if renewed else self.setting.tr(question.ask) if question else shown.lead
        turn = self._shown(replace(turn, older=older), shown, redraw=False)
        return self._with_aside(turn) if step.settled is not None else turn

    def _with_aside(self, turn: Turn) -> Turn:
        """The turn with what another room says at once to the answer just given."""
        if self.library.aside is None:
            return turn
        aside = self.library.aside(self._visit(conversation=turn.conversation), self.before.session)
        return replace(turn, say=(replace(aside, rows=()), *turn.say)) if aside is not None else turn

    def _completed(self, step: Step, done: RoundDone) -> Turn:
        """A round is done, and the citizen is back in the main dialogue, on a pause."""
        after = entered(self.library, self.before.with_session(step.session), self.library.main, self.setting)
        shown = view(Walk(self.dialogue, step.session, self.setting))
        page = Page(shown, after)
        if self.library.after_round is not None:
            page = self.library.after_round(Visit(self.library, after, self.setting, done.dialogue), done)
        conversation = replace(page.conversation, open=False)
        return Turn(conversation, (page.message,), effects=(done, *page.effects))

    def _shown(self, turn: Turn, message: Message, *, redraw: bool) -> Turn:
        if redraw:
            return replace(turn, redraw=message)
        return replace(turn, say=(message,)) if message.plain() else turn

    def _page(self, message: Message) -> Turn:
        return Turn(replace(self.before, open=False), (message,))

    def _visit(self, argument: str = "", conversation: Conversation | None = None) -> Visit:
        return Visit(self.library, conversation or self.before, self.setting, argument)

    def _unknown_command(self) -> Turn:
        note = self.setting.tr(_("Det ord kender jeg ikke. Her er menuen:"))
        return self._page(replace(menu(self._visit()).message, note=note))

    def _old_button(self) -> str:
        return self.setting.tr(_("Den knap hører til noget tidligere. Her er du nu:"))

    def _welcome_back(self) -> str:
        if self.before.session.state == START or self.before.open:
            return ""
        return self.setting.tr(_("Velkommen tilbage. Her er du nu:"))
