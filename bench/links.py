"""How well reports are linked and clustered in worlds whose truth is known, beside plainer ways.

The worlds are those of `bench/_worlds.py`, and `episodes`, a second grammar on which nothing was
tuned. Links are ranked by the rules of explanations; "us, clusters" puts the reports of the same
cluster first, as the desk sees them. Clusters are those of the rules of settling, made anew.

`--reports 1000000` settles a million in memory; of them, too, 300 are ranked.
`--small` makes two worlds of 1,000 reports. `--losses` says where recall goes, by cause.
"""

import argparse
import collections
import math
import random
import resource
import sys
import time
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench._batch import CHOSEN_ON, CUTS, Batch
from bench._episodes import EPISODES
from bench._worlds import WORLDS, Planted, Said
from havre.identifiers.disguises.rules.near import skeleton
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.checking.rules import MemoryBook
from havre.links.rules.explaining import Shared, Tie, explain
from havre.links.rules.facts import Side, Told
from havre.links.rules.weights import chaining_kinds, is_coherent

ALL_WORLDS = {**WORLDS, **EPISODES}
FIELDS = ("people.0", "people.0")
LARGEST_RANK = 200
MOST_FOLLOWED = 200
JUDGED = 300
OF_THE_SAME_WORTH = 1e-7
ID_BYTES = 16
Clustering = list[frozenset[int]]


class Index:
    """Who tells what."""

    def __init__(self, reports: list[Planted]) -> None:
        self.reports = reports
        self.holders: dict[tuple[Kind, str], list[int]] = collections.defaultdict(list)
        self.near: dict[str, list[int]] = collections.defaultdict(list)
        self.told: list[dict[tuple[Kind, str], PersonRole]] = []
        self.names: list[dict[str, Said]] = []
        for number, report in enumerate(reports):
            said = sorted(report.told)
            self.told.append({(s.kind, s.value): s.role for s in said})
            names = [s for s in said if s.kind is Kind.HANDLE and s.role is PersonRole.SUSPECT]
            self.names.append({near: s for s in names if (near := skeleton(s.value))})
            for value in self.told[number]:
                self.holders[value].append(number)
            for near in self.names[number]:
                self.near[near].append(number)

    @cached_property
    def clusters(self) -> Clustering:
        """What the rules of settling make of all reports."""
        book, chaining = MemoryBook(Side.SUSPECT), chaining_kinds()
        for number, report in enumerate(self.reports):
            record = number.to_bytes(ID_BYTES)
            book.told[record] = {}
            for said in sorted(report.told):
                near = skeleton(said.value) if said.kind is Kind.HANDLE else None
                told = Told(said.kind, said.role, near=near.encode() if near else None)
                if said.kind in chaining:
                    book.note(record, f"{said.kind}|{said.value}".encode(), told)
        clusters = book.anew().clusters
        return [frozenset(int.from_bytes(record) for record in c) for c in clusters]

    @cached_property
    def cluster_of(self) -> dict[int, frozenset[int]]:
        return {number: cluster for cluster in self.clusters for number in cluster}

    def candidates(self, number: int) -> set[int]:
        held = {o for value in self.told[number] for o in self.holders[value][-MOST_FOLLOWED:]}
        alike = {o for near in self.names[number] for o in self.near[near][-MOST_FOLLOWED:]}
        return (held | alike) - {number}

    def is_within_reach(self, number: int) -> bool:
        """Whether any report of the same suspect shares a value, or a name that resembles."""
        held = (self.holders[value] for value in self.told[number])
        alike = (self.near[near] for near in self.names[number])
        truth = self.reports[number].suspect
        return any(
            other != number and self.reports[other].suspect == truth
            for whose in (*held, *alike)
            for other in whose
        )

    def links(self, number: int) -> dict[int, float]:
        """What the rules of explanations make of each candidate; ties of no suspect come last."""
        mine, own = self.told[number], self.names[number]
        followed = {v: self.holders[v][-MOST_FOLLOWED:] for v in mine}
        coherent = {
            value: is_coherent(
                sum(len(mine.keys() & self.told[o].keys()) > 1 for o in held if o != number),
                len(held) - 1,
            )
            for value, held in followed.items()
        }
        found = {}
        for other in self.candidates(number):
            theirs = self.told[other]
            shared = [
                Shared(kind=kind, shown=value, roles=(mine[kind, value], theirs[kind, value]),
                       seen_in=len(followed[kind, value]), fields=FIELDS,
                       coherent=coherent[kind, value])
                for kind, value in mine.keys() & theirs.keys()
            ] + [
                Shared(kind=Kind.HANDLE, shown=said.value, roles=(said.role, said.role),
                       seen_in=max(len(self.near[near][-MOST_FOLLOWED:]), 2), fields=FIELDS,
                       near=True)
                for near, said in own.items()
                if near in self.names[other] and said.value != self.names[other][near].value
            ]  # fmt: skip
            link = explain(shared, reports_in_all=len(self.reports))
            worth = link.tenths if link.tie is Tie.SUSPECT else link.tenths / 1000
            found[other] = worth + link.rarity * OF_THE_SAME_WORTH
        return found

    def within_clusters(self, number: int) -> dict[int, float]:
        """The same, with the reports of its cluster first."""
        found: dict[int, float] = collections.defaultdict(float, self.links(number))
        for mate in self.cluster_of[number] - {number}:
            found[mate] += LARGEST_SCORE
        return found

    def capped(self, cap: int) -> Callable[[int], dict[int, float]]:
        def scores(number: int) -> dict[int, float]:
            few = [v for v in self.told[number] if len(self.holders[v]) <= cap]
            return collections.Counter(o for v in few for o in self.holders[v] if o != number)

        return scores

    def rarity(self, number: int) -> dict[int, float]:
        found: dict[int, float] = collections.defaultdict(float)
        for value in self.told[number]:
            for other in self.holders[value]:
                if other != number:
                    found[other] += math.log2(len(self.reports) / len(self.holders[value]))
        return found

    def chained(self, cap: int) -> Clustering:
        """Plain chaining for the peers: whatever shares an accepted value is one cluster."""
        groups = Groups(len(self.reports))
        for held in self.holders.values():
            if len(held) <= cap:
                for other in held[1:]:
                    groups.join(held[0], other)
        return groups.all()


def in_batch(batch: Batch, reports: list[Planted], cut: int) -> Clustering:
    """What is connected by Splink's pairs worth so many bits."""
    groups = Groups(len(reports))
    for left, right in batch.tied(cut):
        groups.join(left, right)
    return groups.all()


def best_cut(kind: str, size: int) -> int:
    """From how many bits on Splink's clusters are best in a world that is not judged."""
    index = Index(ALL_WORLDS[kind](size, CHOSEN_ON))
    batch = Batch(index.told, index.holders)
    clusters = {cut: in_batch(batch, index.reports, cut) for cut in CUTS}
    return max(CUTS, key=lambda cut: b_cubed(clusters[cut], index.reports)[2])


LARGEST_SCORE = 10_000.0


class Groups:
    """Numbers that are joined two by two."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def root(self, n: int) -> int:
        while self.parent[n] != n:
            self.parent[n] = n = self.parent[self.parent[n]]
        return n

    def join(self, one: int, other: int) -> None:
        self.parent[self.root(one)] = self.root(other)

    def all(self) -> Clustering:
        groups = collections.defaultdict(set)
        for number in range(len(self.parent)):
            groups[self.root(number)].add(number)
        return [frozenset(group) for group in groups.values()]


def average_precision(ranked: Iterable[bool], true: int) -> float:
    hits, total = 0, 0.0
    for place, is_true in enumerate(ranked, start=1):
        hits += is_true
        total += hits / place if is_true else 0
    return total / min(true, LARGEST_RANK) if true else 0.0


def ranking(
    index: Index, scores: Callable[[int], dict[int, float]], judged: list[int]
) -> tuple[float, float]:
    """MAP@200, and the share of reports with at least one right link among the first ten."""
    truths = collections.Counter(report.suspect for report in index.reports)
    precisions, reached = [], 0
    for number in judged:
        truth = index.reports[number].suspect
        scored = sorted(((s, -o) for o, s in scores(number).items() if s > 0), reverse=True)
        right = [index.reports[-o].suspect == truth for _, o in scored[:LARGEST_RANK]]
        precisions.append(average_precision(right, truths[truth] - 1))
        reached += any(right[:10])
    return sum(precisions) / len(judged), reached / len(judged)


def b_cubed(clusters: Clustering, reports: list[Planted]) -> tuple[float, float, float]:
    truths = collections.Counter(report.suspect for report in reports)
    precision = recall = 0.0
    for cluster in clusters:
        for truth, n in collections.Counter(reports[r].suspect for r in cluster).items():
            precision += n * n / len(cluster)
            recall += n * n / truths[truth]
    p, r = precision / len(reports), recall / len(reports)
    return p, r, 2 * p * r / (p + r)


def within(index: Index) -> Clustering:
    """The most that equal values can make: every true tie and no other."""
    groups = Groups(len(index.reports))
    for held in index.holders.values():
        first: dict[int, int] = {}
        for number in held:
            groups.join(first.setdefault(index.reports[number].suspect, number), number)
    return groups.all()


def losses(index: Index) -> None:
    """For true pairs in different clusters: the best evidence that all reports of both hold."""
    truths = collections.defaultdict(list)
    for number, report in enumerate(index.reports):
        truths[report.suspect].append(number)
    lost: collections.Counter[str] = collections.Counter()
    for same in truths.values():
        parts = collections.defaultdict(list)
        for number in same:
            parts[index.cluster_of[number]].append(number)
        groups = list(parts.values())
        for n, one in enumerate(groups):
            for other in groups[:n]:
                lost[_cause(index, one, other)] += 2 * len(one) * len(other) / len(same)
    print("  recall lost, by what the two parts of one person's reports share:")
    for cause, weight in lost.most_common():
        print(f"  {cause:52}{weight / len(index.reports):7.4f}")


def _cause(index: Index, one: list[int], other: list[int]) -> str:
    mine, theirs = (
        {value for number in part for value in index.told[number]} for part in (one, other)
    )
    both = {v for v in mine & theirs if len(index.holders[v]) <= MOST_FOLLOWED}
    size = "a report alone" if 1 in (len(one), len(other)) else "two clusters"
    if len(both) > 1:
        return f"{size}: several values, told by too few reports"
    if both:
        kind = next(iter(both))[0]
        return f"{size}: one value ({kind}), and others that differ"
    near = {n for number in one for n in index.names[number]}
    if near & {n for number in other for n in index.names[number]}:
        return f"{size}: a name that resembles, which never chains"
    return f"{size}: a crowd's value only" if mine & theirs else f"{size}: nothing at all"


def measure(
    size: int, kind: str, seed: int, *, is_asked_why: bool = False, cut: int | None = None
) -> None:
    reports = ALL_WORLDS[kind](size, seed)
    index = Index(reports)
    truths = collections.Counter(report.suspect for report in reports)
    pool = [n for n, report in enumerate(reports) if truths[report.suspect] > 1]
    judged = random.Random(seed).sample(pool, min(JUDGED, len(pool)))
    print(f"\n{kind}, {size:,} reports, seed {seed}; largest true cluster {max(truths.values()):,}")
    near = sum(map(index.is_within_reach, judged)) / len(judged)
    print(f"{near:.3f} of the judged share anything with a report of their suspect")
    print("                 MAP@200  reach10    B3 P    B3 R   B3 F1  largest   s")
    ways = {
        "us, clusters": (index.within_clusters, lambda: index.clusters),
        "us, links alone": (index.links, None),
        "exact match": (index.capped(10**9), lambda: index.chained(10**9)),
        "cap 20": (index.capped(20), lambda: index.chained(20)),
        "cap 100": (index.capped(100), lambda: index.chained(100)),
        "rarity sum": (index.rarity, None),
        "true ties only": (None, lambda: within(index)),
    }
    if cut is not None:
        batch = Batch(index.told, index.holders)
        ways[f"Splink, {cut} bits"] = (batch.scores, lambda: in_batch(batch, reports, cut))
    for way, (scores, clustering) in ways.items():
        started = time.process_time()
        cells = " " * 33
        if clustering:
            clusters = clustering()
            p, r, f = b_cubed(clusters, reports)
            cells = f"{p:8.3f}{r:8.3f}{f:8.3f}{max(map(len, clusters)):9,}"
        ranks = " " * 18
        if scores:
            found, reach = ranking(index, scores, judged)
            ranks = f"{found:9.3f}{reach:9.3f}"
        print(f"{way:15}{ranks}{cells}{time.process_time() - started:6.1f}", flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{most:.1f} GiB at most", flush=True)
    if is_asked_why:
        losses(index)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--small", action="store_true")
    asked.add_argument("--losses", action="store_true")
    asked.add_argument("--splink", action="store_true", help="Splink beside us, trained anew")
    asked.add_argument("--world", choices=sorted(ALL_WORLDS))
    asked.add_argument("--reports", type=int, default=10_000)
    asked.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    told = asked.parse_args()
    worlds = [told.world] if told.world else ["measured", "episodes"] if told.small else ALL_WORLDS
    for kind in worlds:
        cut = best_cut(kind, told.reports) if told.splink else None
        for seed in told.seeds[:1] if told.small else told.seeds:
            size = 1_000 if told.small else told.reports
            measure(size, kind, seed, is_asked_why=told.losses, cut=cut)


if __name__ == "__main__":
    main()
