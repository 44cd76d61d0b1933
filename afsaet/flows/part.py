"""The messages that an answer in the citizen's own words is made of."""

from __future__ import annotations

from dataclasses import dataclass

from afsaet.flows.cpr import mask

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
    for wide in range(2, min(len(parts), MOST_DIGITS) + 1):
        for first in range(len(parts) - wide + 1):
            found = _together(parts[first : first + wide])
            if found is not None:
                return without_split_numbers((*parts[:first], found, *parts[first + wide :]))
    return parts


def _together(parts: tuple[Part, ...]) -> Part | None:
    """Some parts in a row as one, if a personal number reaches over them."""
    if not all(any(sign.isnumeric() for sign in part.text) for part in (parts[0], parts[-1])):
        return None
    for joint in ("\n", " ", ""):
        masked, found = mask(joint.join(mask(part.text)[0] for part in parts))
        if found:
            return Part(masked, parts[0].ref)
    return None
