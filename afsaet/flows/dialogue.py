"""A loaded dialogue: what it says, the machine it became, and the revision it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from transitions import Machine

from afsaet.flows import machine
from afsaet.flows.definition import Definition, Question, Section


@dataclass(frozen=True)
class Dialogue:
    """One dialogue, shared by every citizen who walks through it."""

    definition: Definition
    revision: str
    machine: Machine

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, in the order asked."""
        return {question.id: question for question in machine.questions_of(self.definition)}

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """The section of every question, by the question's id."""
        return {question.id: section for section in self.definition.sections for question in section.questions}


def load(definition: Definition, names: Mapping[str, str] | None = None) -> Dialogue:
    """The dialogue of a checked definition, with the names its placeholders are filled from.

    The revision is a hash of both, twelve hexadecimal digits: what a citizen is asked changes with either.
    """
    resolved = json.dumps([definition.model_dump(mode="json"), dict(names or {})], sort_keys=True, ensure_ascii=False)
    revision = hashlib.sha256(resolved.encode()).hexdigest()[:12]
    return Dialogue(definition, revision, machine.build(definition))
