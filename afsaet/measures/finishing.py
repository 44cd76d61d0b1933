"""Rounds made of what a citizen has finished: a round's own answers, and the numbers of a plan once it is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from afsaet.flows.effects import RoundDone
from afsaet.flows.kinds.one import WITHOUT
from afsaet.measures.followups import TEXTS, words_key
from afsaet.measures.items import ITEMS, NOT_RELEVANT, Measure
from afsaet.measures.rounds import Round, Value, is_whole
from afsaet.measures.sharing import Sharing
from afsaet.measures.wheel import Wheel

_MEASURE_OF: Mapping[str, Measure] = {item.id: measure for measure, items in ITEMS.items() for item in items}


def rounds_of(done: RoundDone, wheel: Wheel, new_id: Callable[[], str]) -> list[Round]:
    """The rounds that these answers make, none of them shared yet: one of the dialogue's measure, and one more of each
    measure whose items were asked along with it.

    What was asked beside an area, under a name such as `hjul_ro_hjalp`, is kept under the area's `words_key`. A
    dialogue of the municipality's own makes a round of its own name, of which nothing is computed.
    """
    own = cast(Measure, done.dialogue)
    values: dict[Measure, dict[str, Value]] = defaultdict(dict)
    words: dict[Measure, dict[str, str]] = defaultdict(dict)
    for item, value in done.values.items():
        if value is not None:
            values[_MEASURE_OF.get(item, own)][item] = NOT_RELEVANT if value == WITHOUT else value
    for item, text in done.words.items():
        words[_MEASURE_OF.get(item, own)][_key(item, done.values)] = text
    areas = [area.id for area in wheel.active]
    called = {area.id: area.label for area in wheel.areas}
    at = datetime.fromisoformat(done.at)
    begun = datetime.fromisoformat(done.begun) if done.begun else None
    return [
        Round(new_id(), measure, at, values[measure], words[measure],
              is_whole(measure, values[measure], areas) if measure in ITEMS else done.whole,
              labels={item: called[item] for item in values[measure] if item in called}, begun=begun)
        for measure in sorted({*values, *words})
    ]


def sent(made: Iterable[Round], done: RoundDone, sharing: Sharing) -> list[Round]:
    """The rounds made of these answers, shared where the citizen has said so and shares the round they answered. What
    was asked along with it stays with them where it stays; it goes with it unless they keep that alone."""
    made = list(made)
    own = next((each for each in made if each.measure == done.dialogue), None)
    if own is None or not done.shared or not sharing.send(own).shared:
        return made
    return [each if done.alone and each is not own else sharing.send(each) for each in made]


def _key(item: str, values: Iterable[str]) -> str:
    """Under which key of a round these words are kept."""
    for which in TEXTS:
        area = item.removesuffix(f"_{which}")
        if area != item and area in values:
            return words_key(area, which)
    return item


def round_of_plan(snapshot: Mapping[str, Any], new_id: str, at: datetime, earlier: Iterable[Round]) -> Round | None:
    """The round that a sent plan makes of the numbers in it that are followed, such as `maal_tro`; None if none is new.

    A number that was counted with an earlier version, and not given anew since, is not counted again. It counts however
    many of the others were answered: the citizen has sent it.
    """
    given = {answer["id"]: answer for section in snapshot["sections"] for answer in section["answers"]
             if answer["state"] == "answered"}
    counted: dict[str, datetime] = {}
    for each in earlier:
        if each.measure == "forberedelse":
            counted.update(dict.fromkeys(each.values, each.at))
    values: dict[str, Value] = {}
    for item in ITEMS["forberedelse"]:
        answer = given.get(item.id)
        if answer is None or not isinstance(answer["value"], int):
            continue
        since = counted.get(item.id)
        if since is None or datetime.fromisoformat(answer["answered_at"]) > since:
            values[item.id] = answer["value"]
    return Round(new_id, "forberedelse", at, values, shared=True) if values else None
