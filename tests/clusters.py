"""A plain model of clusters that are kept one fact at a time, to try the rules of partition by."""

from collections import defaultdict
from collections.abc import Iterable

from havre.links.rules.clusters import Bond, Pair, Verdict, pair_of, partition


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
