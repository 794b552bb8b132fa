"""How well reports are linked and clustered in worlds whose truth is known, beside plainer ways.

A world is a list of reports; each report is (truth, values): the number of the suspect it is of, or
-1, and the (kind, value) pairs it tells. `normal` tells three values a report, `sparse` half as
many, `adversarial` adds a crowd behind one carrier's addresses, a picture that goes round and a
reply that everybody copies. Others add worlds by adding a function to WORLDS.

`--small` makes one world of 2,000 reports; without it 10,000 (three seeds) and 100,000.
"""

import argparse
import collections
import math
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from havre.identifiers.platforms.rules.near import skeleton
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.rules.clusters import Bond, pair_of, partition
from havre.links.rules.explaining import Shared, Tie, explain
from havre.links.rules.weights import is_coherent, may_chain, tenths_of

Report = tuple[int, frozenset[tuple[Kind, str]]]
BOTH = (PersonRole.SUSPECT, PersonRole.SUSPECT)
FIELDS = ("people.0", "people.0")
OURS = 0
LARGEST_RANK = 200
SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "wa", "xe",
    "zu", "bri", "cla", "dro",
)  # fmt: skip


def name(chance: random.Random) -> str:
    word = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))
    return f"{word}{chance.choice(('', '', '_', '.'))}{chance.choice(('', chance.randint(1, 99)))}"


def altered(word: str, chance: random.Random) -> str:
    """The same person's name elsewhere: another ending, a letter as a digit."""
    return chance.choice(
        (f"{word}{chance.randint(1, 99)}", word.replace("o", "0"), f"xx{word}xx", word)
    )


def suspect(chance: random.Random) -> dict[Kind, list[str]]:
    own = name(chance)
    places = chance.choices(("kik", "snapchat", "discord", "instagram"), k=3)
    return {
        Kind.EMAIL: [
            f"{altered(own, chance)}.{chance.getrandbits(20)}@example.com" for _ in range(2)
        ],
        Kind.PHONE: [f"+1204555{chance.randint(0, 9999):04}{chance.getrandbits(16)}"],
        Kind.DEVICE: [f"device-{chance.getrandbits(40)}"],
        Kind.HANDLE: [f"{place}:{altered(own, chance)}" for place in places],
        Kind.IP: [f"198.51.{chance.getrandbits(12)}.{chance.getrandbits(8)}" for _ in range(3)],
    }


def world(size: int, seed: int, *, told: float, hostile: bool) -> list[Report]:
    """Suspects as unequal as in life: a few are in many reports, most in one or two."""
    chance = random.Random(seed)
    suspects = [suspect(chance) for _ in range(max(size // 4, 10))]
    weights = [1 / (n + 3) ** 0.8 for n in range(len(suspects))]
    carrier = [f"203.0.113.{n}" for n in range(max(size // 500, 4))]
    likely = (
        (Kind.HANDLE, 0.75),
        (Kind.IP, 0.5),
        (Kind.EMAIL, 0.3),
        (Kind.PHONE, 0.2),
        (Kind.DEVICE, 0.12),
    )
    reports = []
    for truth in chance.choices(range(len(suspects)), weights, k=size):
        values = {
            (kind, chance.choice(suspects[truth][kind]))
            for kind, share in likely
            if chance.random() < share * told
        }
        if chance.random() < (0.5 if hostile else 0.15):
            values.add((Kind.IP, chance.choice(carrier)))
        if hostile and chance.random() < 0.2:
            values.add((Kind.FILE_HASH, "a picture that goes round"))
        if hostile and chance.random() < 0.1:
            values.add((Kind.URL, "example.com/everybody"))
        if not values:
            values.add((Kind.HANDLE, f"kik:{name(chance)}"))
        reports.append((truth, frozenset(values)))
    return reports


WORLDS = {
    "normal": {"told": 1.0, "hostile": False},
    "sparse": {"told": 0.5, "hostile": False},
    "adversarial": {"told": 1.0, "hostile": True},
}


class Index:
    """Who tells what, and how each value's reports hang together."""

    def __init__(self, reports: list[Report]) -> None:
        self.reports = reports
        self.holders: dict[tuple[Kind, str], list[int]] = collections.defaultdict(list)
        self.near: dict[str, list[int]] = collections.defaultdict(list)
        for number, (_, values) in enumerate(reports):
            for value in sorted(values):
                self.holders[value].append(number)
                letters = skeleton(value[1]) if value[0] is Kind.HANDLE else None
                if letters:
                    self.near[letters].append(number)
        chance = random.Random(5)
        self.coherent = {v: self._coherence(v, held, chance) for v, held in self.holders.items()}

    def _coherence(
        self, value: tuple[Kind, str], held: list[int], chance: random.Random
    ) -> bool | None:
        pairs = [chance.sample(held, 2) for _ in range(40)] if len(held) > 4 else []
        more = sum(bool((self.reports[a][1] & self.reports[b][1]) - {value}) for a, b in pairs)
        return is_coherent(more, len(pairs))

    def candidates(self, number: int) -> set[int]:
        held = {other for value in self.reports[number][1] for other in self.holders[value][-500:]}
        letters = {skeleton(v) for k, v in self.reports[number][1] if k is Kind.HANDLE} - {None}
        return (held | {o for one in letters for o in self.near[one][-200:]}) - {number}

    def ours(self, number: int, other: int) -> float:
        mine, theirs = self.reports[number][1], self.reports[other][1]
        shared = [
            Shared(kind=k, shown=v, roles=BOTH, seen_in=len(self.holders[k, v]), fields=FIELDS,
                   coherent=self.coherent[k, v])
            for k, v in mine & theirs
        ]  # fmt: skip
        left, right = _letters(mine - theirs), _letters(theirs - mine)
        shared += [
            Shared(kind=Kind.HANDLE, shown=left[one], roles=BOTH, fields=FIELDS, near=True,
                   seen_in=max(len(self.near[one]), 2))
            for one in set(left) & set(right) - {None}
        ]  # fmt: skip
        link = explain(shared, reports_in_all=len(self.reports))
        return link.tenths if link.tie is Tie.SUSPECT else link.tenths / 10

    def capped(self, cap: int):
        def score(number: int, other: int) -> float:
            both = self.reports[number][1] & self.reports[other][1]
            return sum(len(self.holders[value]) <= cap for value in both)

        return score

    def rarity(self, number: int, other: int) -> float:
        both = self.reports[number][1] & self.reports[other][1]
        return sum(math.log2(len(self.reports) / len(self.holders[value])) for value in both)


def _letters(values: frozenset[tuple[Kind, str]]) -> dict[str | None, str]:
    return {skeleton(value): value for kind, value in values if kind is Kind.HANDLE}


def average_precision(ranked: list[bool], true: int) -> float:
    hits, total = 0, 0.0
    for place, is_true in enumerate(ranked[:LARGEST_RANK], start=1):
        hits += is_true
        total += hits / place if is_true else 0
    return total / min(true, LARGEST_RANK) if true else 0.0


def ranking(index: Index, score, judged: list[int], truths: dict[int, int]) -> tuple[float, float]:
    """MAP@200, and the share of reports with at least one right link among the first ten."""
    precisions, reached = [], 0
    for number in judged:
        truth = index.reports[number][0]
        scored = [(score(number, other), -other) for other in index.candidates(number)]
        ranked = [
            index.reports[-other][0] == truth for s, other in sorted(scored, reverse=True) if s > 0
        ]
        precisions.append(average_precision(ranked, truths[truth] - 1))
        reached += any(ranked[:10])
    return sum(precisions) / len(judged), reached / len(judged)


def b_cubed(clusters: list[frozenset[int]], reports: list[Report]) -> tuple[float, float, float]:
    truths = collections.Counter(truth for truth, _ in reports)
    precision = recall = 0.0
    for cluster in clusters:
        for truth, n in collections.Counter(reports[r][0] for r in cluster).items():
            precision += n * n / len(cluster)
            recall += n * n / truths[truth]
    p, r = precision / len(reports), recall / len(reports)
    return p, r, 2 * p * r / (p + r)


def bonds(index: Index, *, cap: int | None) -> list[Bond]:
    """The pairs that chain: all of a rare value's, neighbours among a common one's reports."""
    made = []
    for (kind, value), held in index.holders.items():
        tenths = 60 if cap is None or len(held) <= cap else 0
        if cap == OURS:
            coherent = index.coherent[kind, value]
            chains = may_chain(kind, seen_in=len(held), coherent=coherent)
            tenths = tenths_of(kind, seen_in=len(held), roles=BOTH, coherent=coherent) * chains
        steps = len(held) if len(held) <= 20 else 5
        for step in range(1, steps if tenths else 0):
            pairs = zip(held, held[step:], strict=False)
            made += [Bond(tenths, *pair_of(a, b), value) for a, b in pairs]
    return made


def chained(index: Index, cap: int | None) -> list[frozenset[int]]:
    """Plain chaining for the peers: whatever shares an accepted value is one cluster."""
    parent = list(range(len(index.reports)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = n = parent[parent[n]]
        return n

    for bond in bonds(index, cap=cap):
        parent[root(bond.left)] = root(bond.right)
    groups = collections.defaultdict(set)
    for number in range(len(parent)):
        groups[root(number)].add(number)
    return [frozenset(group) for group in groups.values()]


def measure(size: int, kind: str, seed: int) -> None:
    reports = world(size, seed, **WORLDS[kind])
    index = Index(reports)
    truths = collections.Counter(truth for truth, _ in reports)
    chance = random.Random(seed)
    pool = [n for n, (truth, _) in enumerate(reports) if truths[truth] > 1]
    judged = chance.sample(pool, min(300, len(pool)))
    print(f"\n{kind}, {size:,} reports, seed {seed}; largest true cluster {max(truths.values()):,}")
    print("                 MAP@200  reach10    B3 P    B3 R   B3 F1  largest   s")
    ways = {
        "us": (index.ours, None),
        "exact match": (index.capped(10**9), 10**9),
        "cap 20": (index.capped(20), 20),
        "cap 100": (index.capped(100), 100),
        "rarity sum": (index.rarity, None),
    }
    for way, (score, cap) in ways.items():
        started = time.process_time()
        found, reach = ranking(index, score, judged, truths)
        cells = " " * 33
        if way == "us" or cap is not None:
            clusters = (
                partition(range(size), bonds(index, cap=OURS), {})[0]
                if way == "us"
                else chained(index, cap)
            )
            p, r, f = b_cubed(clusters, reports)
            cells = f"{p:8.3f}{r:8.3f}{f:8.3f}{max(map(len, clusters)):9,}"
        print(f"{way:15}{found:9.3f}{reach:9.3f}{cells}{time.process_time() - started:6.1f}")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--small", action="store_true")
    small = asked.parse_args().small
    for kind in WORLDS:
        for size, seeds in ((2_000, (1,)),) if small else ((10_000, (1, 2, 3)), (100_000, (1,))):
            for seed in seeds:
                measure(size, kind, seed)


if __name__ == "__main__":
    main()
