"""Moving one session through its dialogue: which questions are open to it, and which comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from afsaet.flows.definition import Question
from afsaet.flows.dialogue import Dialogue
from afsaet.flows.machine import START, SUMMARY
from afsaet.flows.offers import is_offer
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Session, Value


class Walk:
    """A session on the move. `state` is what the machine reads and sets; everything else is derived."""

    def __init__(self, dialogue: Dialogue, session: Session, setting: Setting) -> None:
        self.dialogue = dialogue
        self.session = session
        self.setting = setting
        self.state = session.state

    def opens(self, name: str) -> bool:
        """What the machine asks of a question's branch."""
        return self.branch_open(self.dialogue.questions[name])

    def branch_open(self, question: Question) -> bool:
        """Whether the answers given, and the municipality's choices, lead to this question.

        A parent that is itself closed opens nothing, whatever was once answered to it.
        """
        if question.only_if and not self._chosen(question.only_if):
            return False
        return all(self._holds(parent, options) for parent, options in question.when.items())

    def _chosen(self, flag: str) -> bool:
        """Whether the municipality has chosen it, or it holds for this citizen: such a fact says so of the moment at
        which the walk was begun, so that nothing comes or goes half-way."""
        if flag in self.setting.flags:
            return True
        holds = self.setting.facts.get(flag)
        return holds is not None and bool(holds(self.session.begun or self.setting.now))

    def _holds(self, parent: str, options: tuple[str, ...] | str) -> bool:
        answer = self.session.answers.get(parent)
        if answer is None or answer.state != "answered" or not self.branch_open(self.dialogue.questions[parent]):
            return False
        if options == "any":
            return True
        if options == "offer":
            return is_offer(" ".join(part.text for part in answer.parts), self.setting.offers)
        if isinstance(options, str):
            return self._moved(parent, answer.value, options)
        chosen = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        return any(option in options for option in chosen)

    def _moved(self, parent: str, value: Value, way: str) -> bool:
        """Whether the number is higher, or lower, than in the round before; never without one to compare with."""
        before: int | None = self.setting.facts.get("last_round", {}).get(parent)
        if before is None or not isinstance(value, int):
            return False
        return value > before if way == "higher" else value < before

    def along(self) -> list[Question]:
        """The visible questions that are asked along with the others this time, because of something about the
        citizen."""
        return [each for each in self.visible_questions() if each.only_if and each.only_if in self.setting.facts]

    def allowed(self, question: Question) -> bool:
        """Whether this channel may carry the question under the present policy."""
        return question.sensitivity in self.setting.open_to

    def visible(self, question: Question) -> bool:
        """Whether the question is asked here: open, allowed, and in the chosen set (or answered already)."""
        chosen = not self.session.short or question.short or question.id in self.session.answers
        return chosen and self.allowed(question) and self.branch_open(question)

    def visible_questions(self) -> list[Question]:
        return [question for question in self.dialogue.questions.values() if self.visible(question)]

    def pending(self) -> list[Question]:
        """The visible questions with no answer of any kind."""
        return [question for question in self.visible_questions() if question.id not in self.session.answers]

    def fire(self, trigger: str) -> None:
        """Let the machine take one step. Raises `transitions.MachineError` where it has no such step."""
        self.dialogue.machine.events[trigger].trigger(self)

    def go(self, state: str) -> None:
        """Straight to a state."""
        self.fire(f"to_{state}")

    def forward(self) -> None:
        """On to the next visible question without an answer; past the last one, to the summary."""
        self._step("next", lambda question: self.visible(question) and question.id not in self.session.answers)

    def backward(self) -> None:
        """Back to the nearest visible question; before the first one, to the start."""
        self._step("back", self.visible)

    def _step(self, trigger: str, stop: Callable[[Question], bool]) -> None:
        while True:
            self.fire(trigger)
            question = self.dialogue.questions.get(self.state)
            if question is None or stop(question):
                return

    def opened_by(self, parents: set[str]) -> Question | None:
        """The first unanswered visible question whose branch hangs on one of these."""
        return next((question for question in self.pending() if parents & question.when.keys()), None)

    def first_pending(self) -> str:
        """The first unanswered visible question after the last answered one, else the first of all, else the
        summary. This is where a session goes on when its own question is gone."""
        order = list(self.dialogue.questions)
        answered = [order.index(name) for name in self.session.answers if name in self.dialogue.questions]
        pending = [question.id for question in self.pending()]
        after = [name for name in pending if not answered or order.index(name) > max(answered)]
        return next(iter([*after, *pending]), SUMMARY)

    def arrived(self) -> Session:
        """The session at the state the machine has come to, showing it from the top."""
        question = self.dialogue.questions.get(self.state)
        moved = replace(self.session, state=self.state, showing="question", doubt=None, offered=(), last="",
                        hushed=False, page=0, section="")
        returning = self.session.returning and question is not None
        wording = self.setting.danish(question.ask) if question else ""
        return replace(moved, returning=returning, wording=wording)


def seen(walk: Walk) -> Session:
    """The session once its place has been shown. The wording shown is what the next answer is kept under."""
    question = walk.dialogue.questions.get(walk.session.state)
    wording = walk.setting.danish(question.ask) if question else ""
    return replace(walk.session, wording=wording, hushed=False)


def follow(dialogue: Dialogue, session: Session, setting: Setting) -> Session:
    """The session under the dialogue's present revision: every answer kept, and a place that can be shown.

    A question that is gone, closed or no longer allowed is left for the first unanswered one after the last
    answered; a start that has been made is a start.
    """
    walk = Walk(dialogue, replace(session, revision=dialogue.revision), setting)
    known = session.state in dialogue.machine.states
    question = dialogue.questions.get(session.state)
    if known and (question is None or walk.visible(question)):
        return walk.session
    walk.session = replace(walk.session, state=START)
    walk.state = START
    walk.go(walk.first_pending())
    return walk.arrived()
