"""What an answer kind makes of a press or a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from afsaet.flows.language import mark as _
from afsaet.flows.state.session import Answer, Part, Value

MOST_CHARACTERS = 20_000  # of own words in one answer: thirty pages, and still a document that opens


@dataclass(frozen=True)
class Given:
    """An answer, or a change to one. `stay` keeps the question open, with a `note` of what was done."""

    value: Value = None
    text: str = ""
    parts: tuple[Part, ...] = ()
    stay: bool = False
    note: str = ""


@dataclass(frozen=True)
class Turned:
    """Another page of the same question."""

    page: int


@dataclass(frozen=True)
class Unclear:
    """Nothing was kept, and why, in words for the citizen: Danish still, with the values of its placeholders.

    offers: the days (ISO) that may be meant, which a yes or a press then answers.
    """

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    offers: tuple[str, ...] = ()


Reply = Given | Turned | Unclear


def own_words(answer: Answer | None, part: Part, note: str) -> Reply:
    """The citizen's own words beside a choice: kept at once, and the question stays open for the choice."""
    parts = (*(answer.parts if answer else ()), part)
    if too_long(parts):
        return Unclear(_("Der er ikke plads til mere i det her svar. Det sidste har jeg ikke gemt."))
    base = Given(answer.value, answer.text) if answer else Given()
    return replace(base, parts=parts, stay=True, note=note)


def too_long(parts: tuple[Part, ...]) -> bool:
    return sum(len(part.text) for part in parts) > MOST_CHARACTERS
