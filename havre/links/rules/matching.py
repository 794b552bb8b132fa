"""How many reports tie two clusters, counting no report twice."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

K = TypeVar("K", int, bytes)


def independent(pairs: Iterable[tuple[K, K]], *, most: int) -> int:
    """How many pairs of (left, right) have no end in common, counted up to `most`.

    Where one report is an end of all pairs it gives 1, however many pairs there are. Left and
    right ends are different reports.
    """
    beside: dict[K, list[K]] = defaultdict(list)
    for left, right in sorted(set(pairs)):
        beside[left].append(right)
    owner: dict[K, K] = {}
    held: dict[K, K] = {}
    for left in beside:
        if len(held) == most:
            break
        _find_an_end(left, beside, owner, held)
    return len(held)


def _find_an_end(left: K, beside: dict[K, list[K]], owner: dict[K, K], held: dict[K, K]) -> None:
    """Give one more left end a right end of its own, if the others can make room."""
    came_from: dict[K, K] = {}
    open_ = [left]
    while open_:
        at = open_.pop()
        for right in beside[at]:
            if right in came_from:
                continue
            came_from[right] = at
            if right in owner:
                open_.append(owner[right])
                continue
            end: K | None = right
            while end is not None:
                who = came_from[end]
                owner[end] = who
                held[who], end = end, held.get(who)
            return
