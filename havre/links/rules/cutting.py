"""Where a cluster hangs by one report: the parts that nothing else ties are clusters of their own.

Whatever order reports come in, the last one may be a stranger's who names two people at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

Ties = Mapping[int, Collection[int]]
FEWEST_APART = 2
"""A part of so many reports is a cluster of its own; one report alone stays where it hangs."""


def parts_of(
    records: Collection[int], ties: Iterable[tuple[int, int]], said: Iterable[tuple[int, int]]
) -> list[frozenset[int]]:
    """A cluster cut at every report without which two parts of two or more reports fall apart.

    What an analyst said is one stays one, and is never the place of a cut. The report itself goes
    with the largest part.
    """
    if len(records) <= 2 * FEWEST_APART:
        return [frozenset(records)]
    whole = {record: record for record in records}
    for left, right in said:
        gone, stays = whole[left], whole[right]
        whole = {r: stays if at == gone else at for r, at in whole.items()}
    weight: dict[int, int] = defaultdict(int)
    for at in whole.values():
        weight[at] += 1
    beside: dict[int, set[int]] = {at: set() for at in weight}
    for left, right in ties:
        if whole[left] != whole[right]:
            beside[whole[left]].add(whole[right])
            beside[whole[right]].add(whole[left])
    open_, found = [set(weight)], []
    while open_:
        part = open_.pop()
        within = {at: beside[at] & part for at in part}
        hinges = {at: n for at, n in _hinges(within, weight).items() if weight[at] == 1}
        place = max(hinges, key=lambda at: (hinges[at], -at), default=None)
        if place is None:
            found.append(frozenset(r for r, at in whole.items() if at in part))
            continue
        pieces = _without(place, within)
        pieces.sort(key=lambda piece: (-_weigh(piece, weight), min(piece)))
        apart = [piece for piece in pieces[1:] if _weigh(piece, weight) >= FEWEST_APART]
        open_ += [part.difference(*apart), *apart]
    return sorted(found, key=min)


def _weigh(piece: Iterable[int], weight: Mapping[int, int]) -> int:
    return sum(weight[at] for at in piece)


def _hinges(beside: Ties, weight: Mapping[int, int]) -> dict[int, int]:
    """The places without which two parts of two or more reports fall apart; of how many the second.

    A cut where that is largest takes the fewest reports from where they belong.
    """
    root = min(beside)
    seen, low = {root: 0}, {root: 0}
    below = dict(weight)
    parts: dict[int, list[int]] = defaultdict(list)
    way: list[tuple[int, int | None, Iterator[int]]] = [(root, None, iter(beside[root]))]
    while way:
        at, above, rest = way[-1]
        new = None
        for other in rest:
            if other not in seen:
                new = other
                break
            if other != above:
                low[at] = min(low[at], seen[other])
        if new is not None:
            seen[new] = low[new] = len(seen)
            way.append((new, at, iter(beside[new])))
            continue
        way.pop()
        if above is not None:
            low[above] = min(low[above], low[at])
            below[above] += below[at]
            if low[at] >= seen[above]:
                parts[above].append(below[at])
    total = _weigh(beside, weight)
    for at, sizes in parts.items():
        sizes.append(total - weight[at] - sum(sizes))
    second = {at: sorted(sizes)[-2] for at, sizes in parts.items()}
    return {at: n for at, n in second.items() if n >= FEWEST_APART}


def _without(place: int, beside: Ties) -> list[set[int]]:
    """The parts that are left when one place is taken away."""
    left, pieces = set(beside) - {place}, []
    while left:
        piece: set[int] = set()
        near = {min(left)}
        while near:
            piece |= near
            near = {other for at in near for other in beside[at]} - piece - {place}
        left -= piece
        pieces.append(piece)
    return pieces
