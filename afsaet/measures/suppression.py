"""Which group figures may be published, so that none is about few people, and none gives such a one away.

Groups are a tree: everybody, below that each profile, below that each caseworker, say. A citizen stands in one leaf,
and so in every group on the way to it. Groups of such a tree hold one another or have nobody in common, and so all that
can be had from published figures by adding and subtracting them comes down to the *rest* of each: those in it who
are in no published group within it. When every rest is nobody or enough people, nothing about fewer can be computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set

Path = tuple[str, ...]  # the names of the groups from the top to a leaf; () is everybody


def publishable(leaves: Iterable[Path], fewest: int) -> frozenset[Path]:
    """The groups whose figure may be published. `leaves` has one path for each citizen, all of the same tree.

    Of those with enough people, as few as need be are held back: the smallest one that leaves a rest which is
    larger. 8 people with one caseworker and 4 with another: only all 12 are shown, since 12 - 8 would be the 4.
    """
    sizes: Counter[Path] = Counter()
    for leaf in leaves:
        sizes.update(leaf[:depth] for depth in range(len(leaf) + 1))
    shown: set[Path] = {group for group, size in sizes.items() if size >= fewest}
    for group in sorted(shown, key=lambda path: (-len(path), path)):  # from the leaves up
        while 0 < rest(group, sizes, shown) < fewest:
            within = _largest_within(group, shown)
            shown.discard(min(within, key=lambda path: (rest(path, sizes, shown) == 0, sizes[path], path)))
    return frozenset(shown)


def rest(group: Path, sizes: Counter[Path], shown: Set[Path]) -> int:
    """How many are in the group and in no shown group within it."""
    return sizes[group] - sum(sizes[each] for each in _largest_within(group, shown))


def _largest_within(group: Path, shown: Set[Path]) -> list[Path]:
    """The shown groups within it that lie in no other such."""
    within = {each for each in shown if len(each) > len(group) and each[:len(group)] == group}
    return [each for each in within if not any(each[:depth] in within for depth in range(len(each)))]
