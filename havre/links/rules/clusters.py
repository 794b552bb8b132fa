"""Which reports are of one person: clusters that grow, are judged, split, and keep their names.

The partition depends on the facts alone, never on the order in which they came: bonds are tried
from the strongest on, and each is refused that would join two reports judged different or merge two
clusters through too few reports or a single weak value. At the end no cluster hangs by one report.
A cluster's name is tied to one report of it, its anchor, so that any name ever given leads to the
cluster that holds its anchor today.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from havre.links.rules.cutting import parts_of
from havre.links.rules.matching import independent

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


@dataclass(frozen=True, slots=True, order=True)
class Bond:
    """Two reports that share a value strong enough to chain, the smaller number first."""

    tenths: int
    left: int
    right: int
    value: str


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
        if _crosses(apart, members[pair[0]], members[pair[1]]):
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
        if one is other or _crosses(apart, one, other):
            continue
        if _is_guarded(one, other, crossing):
            proposed.add(pair_of(min(one), min(other)))
        else:
            _join(members, bond.left, bond.right)
    clusters = _cut(list({id(g): frozenset(g) for g in members.values()}.values()), bonds, verdicts)
    roots = {record: min(group) for group in clusters for record in group}
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


def _crosses(apart: list[Pair], one: set[int], other: set[int]) -> bool:
    return any((a in one and b in other) or (a in other and b in one) for a, b in apart)


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


class Clusters:
    """The clusters of all reports, kept up to date one fact at a time.

    Only the reports that bonds or verdicts connect to a new fact are looked at again.
    """

    def __init__(self) -> None:
        self.verdicts: dict[Pair, Verdict] = {}
        self.bonds: dict[int, set[Bond]] = {}
        self.proposals: set[Pair] = set()
        self._cluster: dict[int, frozenset[int]] = {}
        self._anchors: dict[int, int | None] = {}
        self._names_at: dict[int, list[int]] = defaultdict(list)

    def add(self, record: int, bonds: Iterable[Bond] = ()) -> None:
        """Take a new report in, with what it shares with earlier ones."""
        self.bonds.setdefault(record, set())
        for bond in bonds:
            self.bonds[bond.left].add(bond)
            self.bonds[bond.right].add(bond)
        self._settle({record})

    def judge(self, one: int, other: int, verdict: Verdict) -> None:
        """Keep what an analyst says of two reports; "unsure" takes an earlier verdict back."""
        self.verdicts[pair_of(one, other)] = verdict
        self._settle({one, other})

    def remove(self, record: int) -> None:
        """Forget a report and all it tied; the names anchored at it go to the oldest beside it."""
        beside = self._cluster[record] - {record}
        touched = self._reachable({record}) - {record}
        for bond in self.bonds.pop(record):
            self.bonds[bond.left if bond.right == record else bond.right].discard(bond)
        self.verdicts = {pair: v for pair, v in self.verdicts.items() if record not in pair}
        heir = min(beside, default=None)
        for name in self._names_at.pop(record, []):
            self._anchors[name] = heir
            if heir is not None:
                self._names_at[heir].append(name)
        del self._cluster[record]
        self.proposals = {pair for pair in self.proposals if record not in pair}
        self._settle(touched)

    def members(self, record: int) -> frozenset[int]:
        """The reports of the cluster that a report is in. Raises KeyError for one not here."""
        return self._cluster[record]

    def name_of(self, record: int) -> int:
        """The name of a report's cluster: the oldest of the names anchored in it."""
        names = [name for member in self._cluster[record] for name in self._names_at[member]]
        return min(names)

    def resolve(self, name: int) -> int | None:
        """Where a name ever given leads today; None once all its reports are gone."""
        anchor = self._anchors[name]
        return None if anchor is None else self.name_of(anchor)

    def all(self) -> set[frozenset[int]]:
        """Every cluster."""
        return set(self._cluster.values())

    def from_scratch(self) -> tuple[set[frozenset[int]], set[Pair]]:
        """The same clusters made anew from all facts: they must equal the ones kept."""
        bonds = set().union(*self.bonds.values())
        clusters, proposals = partition(self.bonds, bonds, self.verdicts)
        return set(clusters), set(proposals)

    def _settle(self, touched: set[int]) -> None:
        region = self._reachable(touched)
        bonds = set().union(*(self.bonds[record] for record in region))
        verdicts = {p: v for p, v in self.verdicts.items() if p[0] in region and p[1] in region}
        clusters, proposals = partition(region, bonds, verdicts)
        self.proposals = {p for p in self.proposals if not region & set(p)} | proposals
        for cluster in clusters:
            for record in cluster:
                self._cluster[record] = cluster
            if not any(self._names_at[record] for record in cluster):
                name = len(self._anchors) + 1
                self._anchors[name] = min(cluster)
                self._names_at[min(cluster)].append(name)

    def _reachable(self, start: set[int]) -> set[int]:
        judged: dict[int, set[int]] = defaultdict(set)
        for a, b in self.verdicts:
            judged[a].add(b)
            judged[b].add(a)
        seen, open_ = set(start), list(start)
        while open_:
            record = open_.pop()
            near = {b.left if b.right == record else b.right for b in self.bonds[record]}
            for other in (near | judged[record]) - seen:
                seen.add(other)
                open_.append(other)
        return seen
