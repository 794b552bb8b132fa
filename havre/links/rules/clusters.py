"""Which reports are of one person: what bonds and judgements make of them.

The partition depends on the facts alone, never on the order in which they came: bonds are tried
from the strongest on, and each is refused that would join two reports judged different or merge two
clusters through too few reports or a single weak value. At the end no cluster hangs by one report.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

from havre.links.rules.cutting import parts_of
from havre.links.rules.matching import K, independent

FEWEST_GUARDED = 2
"""Two clusters of so many reports each are never merged through a single report, and through a
single value only when it nearly names one person (an e-mail address, a rare user name)."""
GOOD_AS_A_NAME = 45
BETWEEN_PERCENT = 20
"""Of the smaller of two clusters so many reports must each tie it to another report of the larger:
two strangers' reports may join two reports and two others, and no two large clusters."""


class Verdict(StrEnum):
    """What an analyst says of two reports: it outranks whatever the values say."""

    DIFFERENT = "different"
    SAME = "same"
    UNSURE = "unsure"


class Bond(NamedTuple):
    """Two reports that share a value strong enough to chain, the smaller number first."""

    tenths: int
    left: int
    right: int
    value: bytes


Pair = tuple[int, int]


def pair_of(one: int, other: int) -> Pair:
    """Two reports in their one order. Raises ValueError when they are the same."""
    if one == other:
        msg = "a report cannot be paired with itself"
        raise ValueError(msg)
    return (one, other) if one < other else (other, one)


def partition(
    records: Iterable[int], bonds: Collection[Bond], verdicts: dict[Pair, Verdict]
) -> tuple[list[frozenset[int]], frozenset[Pair]]:
    """The clusters of some reports, and the merges that only a person may make.

    Verdicts that contradict each other are among those merges: "different" holds until then.
    """
    members = {record: {record} for record in records}
    apart = [pair for pair, verdict in verdicts.items() if verdict is Verdict.DIFFERENT]
    proposed: set[Pair] = set()
    for pair in sorted(pair for pair, verdict in verdicts.items() if verdict is Verdict.SAME):
        if crosses(apart, members[pair[0]], members[pair[1]]):
            proposed.add(pair)
        else:
            _join(members, *pair)
    ordered = sorted(bonds, key=lambda bond: (-bond.tenths, bond.left, bond.right, bond.value))
    crossing: dict[int, list[Bond]] = defaultdict(list)
    for bond in ordered:
        crossing[bond.left].append(bond)
        crossing[bond.right].append(bond)
    for bond in ordered:
        one, other = members[bond.left], members[bond.right]
        if one is other or crosses(apart, one, other):
            continue
        if _is_guarded(one, other, crossing):
            proposed.add(pair_of(min(one), min(other)))
        else:
            _join(members, bond.left, bond.right)
    clusters = _cut(list({id(g): frozenset(g) for g in members.values()}.values()), bonds, verdicts)
    roots = {record: first for group in clusters for first in [min(group)] for record in group}
    # What was cut off may be one all the same: a person may say so.
    proposed |= {(b.left, b.right) for b in bonds if members[b.left] is members[b.right]}
    open_ = {pair_of(roots[a], roots[b]) for a, b in proposed if roots[a] != roots[b]}
    return sorted(clusters, key=min), frozenset(open_)


def _cut(
    clusters: Iterable[frozenset[int]], bonds: Iterable[Bond], verdicts: dict[Pair, Verdict]
) -> list[frozenset[int]]:
    """The clusters, each cut where it hangs by one report."""
    where = {record: group for group in clusters for record in group}
    ties: dict[frozenset[int], list[Pair]] = defaultdict(list)
    said: dict[frozenset[int], list[Pair]] = defaultdict(list)
    for bond in bonds:
        if bond.right in where[bond.left]:
            ties[where[bond.left]].append((bond.left, bond.right))
    for pair, verdict in verdicts.items():
        if verdict is Verdict.SAME and pair[1] in where[pair[0]]:
            said[where[pair[0]]].append(pair)
    return [
        part for group in set(where.values()) for part in parts_of(group, ties[group], said[group])
    ]


def _join(members: dict[int, set[int]], one: int, other: int) -> None:
    if members[one] is members[other]:
        return
    small, large = sorted((members[one], members[other]), key=len)
    large |= small
    for record in small:
        members[record] = large


def crosses(apart: list[tuple[K, K]], one: set[K], other: set[K]) -> bool:
    """Whether to join two clusters would join a pair that was judged different."""
    return bool(apart) and any(
        (a in one and b in other) or (a in other and b in one) for a, b in apart
    )


def _is_guarded(one: set[int], other: set[int], crossing: dict[int, list[Bond]]) -> bool:
    """Whether too few reports, or only one value, would merge two clusters."""
    small, large = sorted((one, other), key=len)
    if len(small) < FEWEST_GUARDED:
        return False
    between = [
        bond
        for record in small
        for bond in crossing[record]
        if bond.left in large or bond.right in large
    ]
    values = {bond.value for bond in between}
    if len(values) == 1 and max(bond.tenths for bond in between) < GOOD_AS_A_NAME:
        return True
    ends = [(b.left, b.right) if b.left in small else (b.right, b.left) for b in between]
    needed = fewest_between(len(small))
    return independent(ends, most=needed) < needed


def fewest_between(smaller: int) -> int:
    """How many reports of the smaller of two clusters must tie it, each to one of its own."""
    return max(2, -(-smaller * BETWEEN_PERCENT // 100))
