"""What one turn needs to know of the world around it, passed in so that the dialogue stays pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from afsaet.flows.offers import OFFERS

ALL_SENSITIVITIES = frozenset({"alm", "fortrolig", "følsom"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """The citizen's own words, a part each. goal: they stand among their goals, and not in the main dialogue."""

    parts: tuple[str, ...]
    goal: bool = False


@dataclass(frozen=True)
class Setting:
    """The surroundings of one turn.

    now: local time with zone. open_to: the sensitivities this channel may carry under the present policy.
    flags: the municipality's choices that questions ask for with `only_if`. names: values for the
    placeholders in texts (`moedenavn`, `laegeattest`, …). facts: what is kept of the citizen besides the
    conversation, by the name of what it is, fetched when it is asked for. earlier: the citizen's own words in the
    main dialogue and among their goals that this channel may carry, by question. translate: Danish text to the
    citizen's language, and the language's code. offers: the words that name help the municipality gives (offers.py).
    """

    now: datetime
    open_to: frozenset[str] = ALL_SENSITIVITIES
    flags: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    earlier: Mapping[str, tuple[Earlier, ...]] = field(default_factory=dict)
    translate: Callable[[str], str] = str
    language: str = "da"
    offers: tuple[str, ...] = OFFERS

    def tr(self, text: str, **values: object) -> str:
        """The text in the citizen's language, with `{placeholders}` filled from `names` and `values`.

        Values are put in as they are: braces in what a citizen wrote mean nothing, and nothing of it is
        translated. The names are, where there is a translation: "mødet", but not a municipality's own.
        """
        translated = self.translate(text) if text else ""
        if "{" not in translated:
            return translated
        return translated.format_map(_Values(values, lambda name: self.translate(self.names[name])))

    def danish(self, text: str, **values: object) -> str:
        """The text as the dialogue has it, with its placeholders filled: what is kept with an answer."""
        return text.format_map(_Values(values, self.names.__getitem__)) if "{" in text else text


class _Values(dict[str, object]):
    """What is put in the place of placeholders; a name is fetched only when a text asks for it."""

    def __init__(self, values: Mapping[str, object], fetch: Callable[[str], str]) -> None:
        super().__init__(values)
        self._fetch = fetch

    def __missing__(self, name: str) -> str:
        return self._fetch(name)
