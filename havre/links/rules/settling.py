"""How a new fact reaches the clusters that are kept: which values, which reports, and no others.

Clusters are of one side, suspects or victims, and never reach across compartments. Everything here
depends on the facts alone, so that what is kept must equal what is made anew from all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Protocol
from uuid import UUID

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.rules.clusters import Bond, Pair, Verdict, partition
from havre.links.rules.weights import (
    chain_limits,
    is_coherent,
    may_chain,
    tenths_of,
)

PAIRS_TRIED = 40
CROWD = 100
"""A name or an address in more reports than this says nothing of whether others hang together."""
MOST_PAIRED = 20
"""Up to so many reports of one value are tied each to each; more, each to its nearest in age."""
NEAREST = 5
PROTECTED = frozenset(
    {PersonRole.VICTIM, PersonRole.REPORTER, PersonRole.WITNESS, PersonRole.SERVICE}
)
SEALED_NAMES = Kind.HANDLE


class Side(StrEnum):
    """Of whom a cluster is."""

    SUSPECT = "suspect"
    VICTIM = "victim"


@dataclass(frozen=True, slots=True)
class Told:
    """How one report tells one value: whose it is there, and whether it is many people's."""

    kind: str
    role: str
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a value stands on one side: in how many reports, and whether it ties them."""

    kind: str
    reports: int = 0
    coherent: bool | None = None
    chains: bool = False


Value = bytes
Tellers = Mapping[UUID, Told]
RecordPair = tuple[UUID, UUID]


class Book(Protocol):
    """Where the facts of one side and one compartment stand."""

    @property
    def side(self) -> Side: ...

    def tellers_of(self, values: Collection[Value]) -> Mapping[Value, Tellers]: ...
    def told_by(self, records: Collection[UUID]) -> Mapping[UUID, Mapping[Value, Told]]: ...
    def standings(self, values: Collection[Value]) -> Mapping[Value, Standing]: ...
    def mates_of(self, records: Collection[UUID]) -> set[UUID]: ...
    def verdicts_on(self, records: Collection[UUID]) -> Mapping[RecordPair, Verdict]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What the clusters of a region are now, and how the values stand that were looked at."""

    standings: Mapping[Value, Standing]
    region: frozenset[UUID]
    clusters: tuple[frozenset[UUID], ...]
    proposals: frozenset[RecordPair]


def most_protected(one: Told, other: Told) -> Told:
    """How a report tells a value that it tells twice: as the child's before the suspect's."""
    order = (*sorted(PROTECTED), PersonRole.UNKNOWN, PersonRole.SUSPECT)
    return min((one, other), key=lambda told: (order.index(PersonRole(told.role)), told.is_bare))


def holders(side: Side, tellers: Tellers) -> dict[UUID, str]:
    """The reports that a value may tie on a side, and whose it is in each.

    What one report gives as a child's, a reporter's or a witness's ties no suspects elsewhere, but
    where both say that it is a suspect's.
    """
    if side is Side.VICTIM:
        return {
            record: told.role
            for record, told in tellers.items()
            if told.role == PersonRole.VICTIM and told.kind != SEALED_NAMES
        }
    suspects = {r: t.role for r, t in tellers.items() if t.role == PersonRole.SUSPECT}
    if any(told.is_bare for told in tellers.values()):
        return {}
    is_name = any(told.kind == SEALED_NAMES for told in tellers.values())
    if any(t.role in PROTECTED for t in tellers.values()) or (is_name and not suspects):
        return suspects
    return {record: told.role for record, told in tellers.items()}


def settle(book: Book, *, touched: Collection[UUID], values: Collection[Value]) -> Settled:
    """The clusters that a change reaches: of these reports, and of whoever tells these values."""
    standings, stirred = _standings(book, set(values))
    seeds = set(touched) | book.mates_of(touched)
    for tellers in book.tellers_of(stirred).values():
        seeds |= set(tellers)
    region = _region(book, seeds, standings)
    clusters, proposals = _partition(book, region, standings)
    return Settled(
        standings=standings, region=frozenset(region), clusters=clusters, proposals=proposals
    )


def _standings(book: Book, values: set[Value]) -> tuple[dict[Value, Standing], set[Value]]:
    """How values stand now, and those of them that tied reports before or do so now."""
    before, told = book.standings(values), book.tellers_of(values)
    now = {value: _counted(book.side, told.get(value, {}), before.get(value)) for value in values}
    turned = {v for v in values if _supports(now[v]) != _supports(before.get(v))}
    beside = {record for value in turned for record in told.get(value, {})}
    more = {v for each in book.told_by(beside).values() for v, t in each.items() if _fades(t.kind)}
    before = {**book.standings(more), **before}
    told = {**told, **book.tellers_of(more - values)}
    now |= {v: _counted(book.side, told.get(v, {}), before.get(v)) for v in more - values}
    held = {value: holders(book.side, tellers) for value, tellers in told.items()}
    now |= _hanging_together(book, {v: s for v, s in now.items() if held.get(v)}, held, now)
    stirred = {
        value
        for value, standing in now.items()
        if (standing.chains or (value in before and before[value].chains))
        and (value in values or standing != before.get(value))
    }
    return now, stirred


def _held(book: Book, values: Collection[Value]) -> dict[Value, dict[UUID, str]]:
    return {v: holders(book.side, tellers) for v, tellers in book.tellers_of(values).items()}


def _counted(side: Side, tellers: Tellers, before: Standing | None) -> Standing:
    kind = next((told.kind for told in tellers.values()), before.kind if before else "")
    return Standing(kind=kind, reports=len(holders(side, tellers)))


def _fades(kind: str) -> bool:
    alone, together = chain_limits(kind)
    return alone < together


def _supports(standing: Standing | None) -> bool:
    """Whether sharing this value shows that reports hang together."""
    return standing is not None and 1 < standing.reports <= (
        CROWD if _fades(standing.kind) else chain_limits(standing.kind)[1]
    )


def _hanging_together(
    book: Book,
    values: Mapping[Value, Standing],
    held: Mapping[Value, dict[UUID, str]],
    now: Mapping[Value, Standing],
) -> dict[Value, Standing]:
    tried = {
        value: _pairs(sorted(held[value]))
        for value, standing in values.items()
        if _fades(standing.kind) and _in_doubt(standing)
    }
    records = {record for pairs in tried.values() for pair in pairs for record in pair}
    told = {
        record: {v for v, t in values.items() if _is_of(book.side, t)}
        for record, values in book.told_by(records).items()
    }
    others = {value for values in told.values() for value in values}
    standings = {**book.standings(others), **now}
    support = {value for value in others if _supports(standings.get(value))}
    found = {}
    for value, standing in values.items():
        pairs = tried.get(value, [])
        more = sum(bool((told[a] & told[b] & support) - {value}) for a, b in pairs)
        coherent = is_coherent(more, len(pairs))
        n = standing.reports
        chains = n > 1 and may_chain(Kind(standing.kind), seen_in=n, coherent=coherent)
        found[value] = Standing(standing.kind, n, coherent, chains)
    return found


def _in_doubt(standing: Standing) -> bool:
    return 1 < standing.reports <= chain_limits(standing.kind)[1]


def _is_of(side: Side, told: Told) -> bool:
    roles = {PersonRole.VICTIM} if side is Side.VICTIM else {PersonRole.SUSPECT, PersonRole.UNKNOWN}
    return told.role in roles


def _pairs(held: list[UUID]) -> list[RecordPair]:
    """All pairs of a few reports, or a fixed choice among those of many."""
    n = len(held)
    if n * (n - 1) // 2 <= PAIRS_TRIED:
        return list(combinations(held, 2))
    firsts = [k * n // PAIRS_TRIED for k in range(PAIRS_TRIED)]
    return [(held[a], held[(a + 1 + k * k % (n - 1)) % n]) for k, a in enumerate(firsts)]


def _region(book: Book, seeds: set[UUID], now: Mapping[Value, Standing]) -> set[UUID]:
    """Everything that values, verdicts or kept clusters connect to some reports."""
    seen: set[UUID] = set()
    followed: set[Value] = set()
    near = set(seeds)
    while near:
        seen |= near
        values = {value for told in book.told_by(near).values() for value in told} - followed
        followed |= values
        standings = {**book.standings(values), **now}
        chaining = {v for v in values if v in standings and standings[v].chains}
        found = {r for tied in _held(book, chaining).values() for r in tied}
        found |= {record for pair in book.verdicts_on(near) for record in pair}
        near = (found | book.mates_of(near)) - seen
    return seen


def _partition(
    book: Book, region: set[UUID], now: Mapping[Value, Standing]
) -> tuple[tuple[frozenset[UUID], ...], frozenset[RecordPair]]:
    values = {value for told in book.told_by(region).values() for value in told}
    standings = {**book.standings(values), **now}
    chaining = {v: standings[v] for v in values if v in standings and standings[v].chains}
    order = sorted(region)
    place = {record: n for n, record in enumerate(order)}
    bonds = bonds_of(_held(book, chaining), chaining, place)
    verdicts: dict[Pair, Verdict] = {
        (place[a], place[b]): verdict for (a, b), verdict in book.verdicts_on(region).items()
    }
    clusters, proposals = partition(range(len(order)), bonds, verdicts)
    return (
        tuple(frozenset(order[n] for n in cluster) for cluster in clusters),
        frozenset((order[a], order[b]) for a, b in proposals),
    )


def bonds_of(
    held: Mapping[Value, Mapping[UUID, str]],
    standings: Mapping[Value, Standing],
    place: Mapping[UUID, int],
) -> list[Bond]:
    """The pairs of reports that share a value strong enough to tie them."""
    made = []
    for value, tied in held.items():
        standing = standings[value]
        for a, b in _near_pairs(sorted(tied)):
            tenths = tenths_of(
                Kind(standing.kind),
                seen_in=standing.reports,
                roles=(tied[a], tied[b]),
                coherent=standing.coherent,
            )
            made.append(Bond(tenths, place[a], place[b], value.hex()))
    return made


def _near_pairs(records: list[UUID]) -> Iterable[RecordPair]:
    if len(records) <= MOST_PAIRED:
        return combinations(records, 2)
    steps = range(1, NEAREST + 1)
    return (pair for step in steps for pair in zip(records, records[step:], strict=False))


def names_after(
    clusters: Iterable[frozenset[UUID]], names: Mapping[UUID, UUID]
) -> tuple[dict[UUID, UUID | None], list[frozenset[UUID]]]:
    """The name of each report's cluster by where names are anchored; and the nameless clusters.

    The oldest name anchored in a cluster is its own. One report alone needs none.
    """
    anchored: dict[UUID, list[UUID]] = defaultdict(list)
    for name, anchor in names.items():
        anchored[anchor].append(name)
    called: dict[UUID, UUID | None] = {}
    nameless: list[frozenset[UUID]] = []
    for cluster in clusters:
        oldest = min((n for record in cluster for n in anchored[record]), default=None)
        called.update((record, oldest) for record in cluster)
        if oldest is None and len(cluster) > 1:
            nameless.append(cluster)
    return called, nameless
