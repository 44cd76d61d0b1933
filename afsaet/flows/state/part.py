"""The messages that an answer in the citizen's own words is made of."""

from __future__ import annotations

from dataclasses import dataclass

from afsaet.flows.safety.cpr import mask

MOST_DIGITS = 12  # of a personal number, so it can reach over no more messages


@dataclass(frozen=True, slots=True)
class Part:
    """One message in the citizen's own words. `ref` is the channel's name for it, so that an edit finds it."""

    text: str
    ref: str = ""


def without_split_numbers(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts, with those that make up a personal number together put into one where it is masked.

    "Mit cpr er 010190" and "1234" hold no number each, also with "og så" between them. The new part has the first one's
    reference.
    """
    masked = [mask(part.text)[0] for part in parts]
    for wide in range(2, min(len(parts), MOST_DIGITS) + 1):
        for first in range(len(parts) - wide + 1):
            found = _together(masked[first : first + wide])
            if found is not None:
                one = Part(found, parts[first].ref)
                return without_split_numbers((*parts[:first], one, *parts[first + wide :]))
    return parts


def _together(texts: list[str]) -> str | None:
    """Some messages in a row as one, if a personal number reaches over them."""
    if not all(any(sign.isnumeric() for sign in text) for text in (texts[0], texts[-1])):
        return None
    for joint in ("\n", " ", ""):
        masked, found = mask(joint.join(texts))
        if found:
            return masked
    return None
