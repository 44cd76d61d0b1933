"""A dialogue file becomes a definition, or every mistake in it is told."""

from __future__ import annotations

from collections.abc import Sequence, Set
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from afsaet.flows.definition import Definition
from afsaet.flows.files.checks import FLAGS, NAMES, findings
from afsaet.flows.files.faults import Fault, Loc, place
from afsaet.flows.files.misfits import mended, misfits, unsure
from afsaet.flows.files.misfits import sentence as sentence_of
from afsaet.flows.files.source import Source, UnreadableError, text_of

__all__ = ["BrokenDialogue", "Fault", "read_dialogue"]


class BrokenDialogue(Exception):  # noqa: N818 - named for what the file is
    """A dialogue file with mistakes; `faults` holds all of them in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def read_dialogue(path: Path | Traversable, *, names: Set[str] = NAMES,
                  flags: Set[str] = FLAGS) -> Definition:
    """The dialogue in a YAML file.

    names: the placeholders that texts may use. flags: what `only_if` may name.
    Raises BrokenDialogue with every mistake of the file, also when it is missing or is not YAML; of a file
    that is not YAML, only the first place that cannot be read.
    """
    try:
        source = Source(text_of(path))
    except UnreadableError as error:
        raise BrokenDialogue([Fault(path.name, error.line, "", error.sentence)]) from None
    wrong: dict[Loc, ErrorDetails] = {}
    try:
        definition = Definition.model_validate(source.data)
    except ValidationError as error:
        wrong = misfits(error)
        definition = Definition.model_validate(mended(source.data, wrong))
    mistakes = [(loc, sentence_of(loc, error)) for loc, error in wrong.items() if loc not in source.withheld]
    mistakes += [(loc, sentence)
                 for loc, sentence in findings(definition, names, flags, unsure(source.data, wrong))
                 if not any(loc[:length] in wrong for length in range(len(loc) + 1))]
    told = source.told + [(source.line(loc), loc, sentence) for loc, sentence in mistakes]
    if told:
        told.sort(key=lambda mistake: mistake[0])
        raise BrokenDialogue([Fault(path.name, line, place(source.data, loc), sentence)
                              for line, loc, sentence in told])
    return definition
