"""What a dialogue file may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=32)]
Words = Annotated[str, Field(min_length=1)]
Sensitivity = Literal["alm", "fortrolig", "følsom"]
Heading = Literal["O1", "O2", "O3", "O4", "O5", "O6", "O8", "T", "B"]


class Part(BaseModel):
    """Base of everything in a file: unknown keys are mistakes, and nothing changes after load."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Part):
    """One choice. `free` asks for the citizen's own words; `alone` cannot stand with others."""

    id: Id
    text: Words
    free: bool = False
    alone: bool = False


class Text(Part):
    kind: Literal["text"]


class One(Part):
    kind: Literal["one"]
    options: tuple[Option, ...]


class Many(Part):
    kind: Literal["many"]
    options: tuple[Option, ...]


class Scale(Part):
    """A number from 0 to 10; `low` and `high` name the ends. `without` are the words of a further button for those
    whom the question does not concern; it is no number."""

    kind: Literal["scale"]
    low: Words
    high: Words
    without: str = ""


class YesNo(Part):
    kind: Literal["yesno"]


class Date(Part):
    kind: Literal["date"]


class Points(Part):
    """One to `most` short points, one message each."""

    kind: Literal["points"]
    most: int = Field(default=3, ge=1, le=9)


AnswerKind = Annotated[Text | One | Many | Scale | YesNo | Date | Points, Field(discriminator="kind")]


class Question(Part):
    """One question. `when` maps an earlier question to the options that open this one, to "any" for any answer at
    all, to "higher" or "lower" for a number that has risen or fallen since the last round, or to "offer" for words that
    name an offer of help (offers.py); `only_if` names a choice of the municipality's (such as `laegeattest`). `label`
    is what the answer is called in a short list. `front` puts the answer on the document's first page; `remark` is
    printed beside it there (such as "Borgerens eget bud"). `suggest` names questions of the first dialogue or
    of the goals: what the citizen wrote to them is offered as the answer."""

    id: Id
    ask: Words
    help: Words
    label: str = ""
    example: str = ""
    why: str = ""
    answer: AnswerKind
    required: bool = False
    short: bool = False
    sensitivity: Sensitivity
    heading: Heading
    when: dict[str, tuple[str, ...] | Literal["any", "higher", "lower", "offer"]] = Field(default_factory=dict)
    only_if: str = ""
    front: Literal["maal", "vigtigst", ""] = ""
    remark: str = ""
    suggest: tuple[Id, ...] = ()


class Section(Part):
    """Questions that belong together; `why` answers "Hvorfor spørger du?" for those with no `why` of their own."""

    id: Id
    title: Words
    why: Words
    questions: tuple[Question, ...] = Field(min_length=1)


class Definition(Part):
    """One dialogue: `intro` opens it, `outro` stands over the summary.

    A "plan" is filled in over time and sent, as often as the citizen likes. A "round" is short, asked again and again,
    and begins empty each time; one left half-way stays open for `open_days`.
    """

    id: Id
    title: Words
    kind: Literal["plan", "round"] = "plan"
    open_days: int = Field(default=3, ge=1, le=60)
    intro: Words
    outro: Words
    sections: tuple[Section, ...] = Field(min_length=1)
