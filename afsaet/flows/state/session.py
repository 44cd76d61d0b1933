"""Where a citizen is in one dialogue, and what they have answered: plain values that survive a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from afsaet.flows.state.part import Part, without_split_numbers

__all__ = ["Answer", "AnswerState", "Part", "Session", "Showing", "Value"]

AnswerState = Literal["answered", "skipped", "med_sagsbehandler"]
Value = str | int | tuple[str, ...] | None
Showing = Literal["question", "help", "stop"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with the wording as it was asked, so that it can be read after the dialogue has changed.

    value: the option's id, the number, the ids chosen, the ISO date, or None where words are all there is.
    text: how the value reads: the option's words as shown, the number, the date. parts: the citizen's own
    words, also beside a choice.
    """

    state: AnswerState
    question: str
    at: str
    revision: str
    value: Value = None
    text: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def words(self) -> str:
        """The whole answer as text, a line each: what was chosen, then the citizen's own words."""
        return "\n".join(line for line in (self.text, *(part.text for part in self.parts)) if line)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back to an equal answer."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Answer:
        value = data["value"]
        return Answer(
            data["state"],
            data["question"],
            data["at"],
            data["revision"],
            tuple(value) if isinstance(value, list) else value,
            data["text"],
            tuple(Part(**part) for part in data["parts"]),
        )


@dataclass(frozen=True, slots=True)
class Session:
    """One citizen's walk through one dialogue.

    state: the state of the dialogue's machine, a question's id or one of its own (machine.py). wording: the
    question as it was last shown. showing: the question itself, its help, or "did you mean to stop?", with
    the message asked about in `doubt`. offered: the days (ISO) a written one could be, which the citizen is asked
    about. last: the question answered just before, which a text belongs to that was written before the present one
    had come. hushed: such a text, or one written before this was shown once more, has been confirmed since; the
    rest of a quick row of them is kept without a word.
    page: the page of a long list. section: the section opened in the list of answers to change. returning: the
    question is being changed and leads back to the summary. chosen: sections to send, None for all.
    versions: how many have been sent, the latest `sent_at`. about: the id of what this walk is for, such as one
    meeting; a walk for another begins anew.
    """

    dialogue: str
    revision: str
    state: str = "start"
    wording: str = ""
    showing: Showing = "question"
    doubt: Part | None = None
    offered: tuple[str, ...] = ()
    last: str = ""
    hushed: bool = False
    short: bool = False
    page: int = 0
    section: str = ""
    returning: bool = False
    chosen: tuple[str, ...] | None = None
    versions: int = 0
    sent_at: str = ""
    about: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def begun(self) -> datetime | None:
        """When the first of its answers was given; None where there is none."""
        return min((datetime.fromisoformat(answer.at) for answer in self.answers.values()), default=None)

    def with_answer(self, question: str, answer: Answer) -> Session:
        """The same session with this answer to that question in place of any earlier one.

        However it came together, a personal number written over several messages does not get further than here.
        """
        before = self.answers.get(question)
        whole = replace(answer, parts=without_split_numbers(answer.parts, before.parts if before else ()))
        return replace(self, answers={**self.answers, question: whole})

    def without_answer(self, question: str) -> Session:
        """The same session with no answer to that question."""
        return replace(self, answers={name: a for name, a in self.answers.items() if name != question})

    def to_json(self) -> dict[str, Any]:
        """Everything but the answers, which are kept a row each. `from_json` reads it back."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "answers"}
        return {**data, "doubt": asdict(self.doubt) if self.doubt else None}

    @staticmethod
    def from_json(data: Mapping[str, Any], answers: Mapping[str, Answer]) -> Session:
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in data.items()}
        doubt = values.pop("doubt", None)
        return Session(**values, doubt=Part(**doubt) if doubt else None, answers=answers)
