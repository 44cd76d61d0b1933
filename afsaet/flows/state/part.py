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


def without_split_numbers(parts: tuple[Part, ...], known: tuple[Part, ...] = ()) -> tuple[Part, ...]:
    """The parts, with those that make up a personal number together put into one where it is masked.

    "Mit cpr er 010190" and "1234" hold no number each, also with "og så" between them. The new part has the first one's
    reference. known: parts that have been looked through before. A row that stands in them unchanged is not looked at
    again: in a flood of messages each would take longer than the one before.
    """
    masked = [mask(part.text)[0] for part in parts]
    begins = _alike(parts, known)
    ends = len(parts) - min(_alike(parts[::-1], known[::-1]), len(parts) - begins)
    for wide in range(2, min(len(parts), MOST_DIGITS) + 1):
        for first in range(len(parts) - wide + 1):
            if first + wide <= begins or first >= ends:
                continue
            found = _together(masked[first : first + wide])
            if found is not None:
                one = Part(found, parts[first].ref)
                return without_split_numbers((*parts[:first], one, *parts[first + wide :]), known)
    return parts


def _alike(parts: tuple[Part, ...], known: tuple[Part, ...]) -> int:
    """How many parts both begin with."""
    count = 0
    for one, other in zip(parts, known, strict=False):
        if one != other:
            break
        count += 1
    return count


def _together(texts: list[str]) -> str | None:
    """Some messages in a row as one, if a personal number reaches over them."""
    if not all(any(sign.isnumeric() for sign in text) for text in (texts[0], texts[-1])):
        return None
    for joint in ("\n", " ", ""):
        masked, found = mask(joint.join(texts))
        if found:
            return masked
    return None
