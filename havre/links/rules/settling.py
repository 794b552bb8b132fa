"""How a new fact reaches the clusters that are kept: which values, which reports, and no others.

Everything here depends on the facts alone, so that what is kept must equal what is made anew from
all of them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from havre.links.rules.clusters import Bond, Pair, Verdict, partition
from havre.links.rules.facts import (
    CROWD,
    Book,
    RecordId,
    RecordPair,
    Standing,
    Told,
    Value,
    binds,
    counted,
    gathers,
    most_counted,
    one_more,
)
from havre.links.rules.gathering import joined, merges, partners
from havre.links.rules.pairing import MOST_PAIRED, Knot, View, beside, knots_at
from havre.links.rules.weights import bounds_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What the clusters of a region are now, and how the values stand that were looked at.

    `cores` are of the reports in `strong`, which is within the region, as are the proposals.
    """

    standings: Mapping[Value, Standing]
    region: frozenset[RecordId]
    clusters: tuple[frozenset[RecordId], ...]
    strong: frozenset[RecordId]
    cores: Mapping[RecordId, RecordId]
    proposals: frozenset[RecordPair]


def settle(
    book: Book,
    *,
    touched: Collection[RecordId],
    values: Collection[Value],
    fresh: Mapping[Value, Told] | None = None,
) -> Settled:
    """The clusters that a change reaches: of these reports, and of whoever tells these values.

    `fresh` are those of the values that one report tells and did not tell before, and how.
    """
    before = book.standings(values)
    known = {v: told for v, told in (fresh or {}).items() if v in before}
    more = {v: one_more(book.side, told, before[v]) for v, told in known.items()}
    tellers = book.tellers_of([v for v in values if not more.get(v)])
    now = {v: more.get(v) or counted(book.side, tellers.get(v, {}), before.get(v)) for v in values}
    view = View(book, now)
    turned = {v for v in values if _class(now[v]) != _class(before.get(v))}
    seeds = set(touched) | {teller for v in turned for teller in tellers.get(v, {})}
    held = view.held([v for v in now if now[v].reports >= MOST_PAIRED and binds(now[v])])
    # Of a common value the nearest of those around may be others, now that one came or went.
    common = [sorted(each) for each in held.values() if not seeds.issuperset(each)]
    seeds |= {near for each in common for record in touched for near in beside(record, each)}
    strong, cores, proposals = _cores(view, seeds)
    reached = _moved_values(view, seeds, strong, cores) | set(values)
    region, clusters = _gathered(view, strong, cores, reached)
    return Settled(
        standings=now,
        region=frozenset(region),
        clusters=tuple(clusters),
        strong=frozenset(strong),
        cores=cores,
        proposals=proposals,
    )


def stand_alike(kept: Standing | None, anew: Standing | None) -> bool:
    """Whether a value stands as it would if it were counted anew.

    A crowd's number may differ: whoever was counted before being linked was then counted again.
    """
    if kept == anew:
        return True
    if kept is None or anew is None or _class(kept) != _class(anew):
        return False
    return min(kept.reports, anew.reports) > most_counted(anew.kind)


def _class(standing: Standing | None) -> tuple[object, ...]:
    """What of a standing decides any tie: its place in the table, not the number itself."""
    if standing is None:
        return ()
    bounds = {1, CROWD, MOST_PAIRED, *bounds_of(standing.kind)}
    n = standing.reports
    return (n > 0, standing.only_suspects, *(n <= bound for bound in sorted(bounds)))


def _cores(
    view: View, seeds: set[RecordId]
) -> tuple[set[RecordId], dict[RecordId, RecordId], frozenset[RecordPair]]:
    """What strong evidence makes one, of everything that it or a verdict connects to the seeds."""
    seen: set[RecordId] = set()
    knots: set[Knot] = set()
    near = set(seeds)
    while near:
        seen |= near
        fresh = knots_at(view, near)
        knots |= fresh
        found = {end for k in fresh for end in (k.left, k.right)}
        found |= {record for pair in view.book.verdicts_on(near) for record in pair}
        near = (found | view.book.core_mates_of(near)) - seen
    order = sorted(seen)
    place = {record: n for n, record in enumerate(order)}
    bonds = [Bond(k.tenths, place[k.left], place[k.right], k.value) for k in knots]
    verdicts: dict[Pair, Verdict] = {
        (place[a], place[b]): verdict for (a, b), verdict in view.book.verdicts_on(seen).items()
    }
    clusters, proposals = partition(range(len(order)), bonds, verdicts)
    cores = {
        order[n]: oldest for c in clusters if len(c) > 1 for oldest in [order[min(c)]] for n in c
    }
    return seen, cores, frozenset((order[a], order[b]) for a, b in proposals)


def _moved_values(
    view: View, seeds: set[RecordId], strong: set[RecordId], cores: Mapping[RecordId, RecordId]
) -> set[Value]:
    """The values by which a change of cores may change what goes to them or with them.

    Those of every report that came, was read again, or is beside others than before.
    """
    before = view.book.cores_of(strong)
    ways: dict[RecordId, set[RecordId]] = defaultdict(set)
    parts: dict[RecordId, Counter[RecordId]] = defaultdict(Counter)
    for record in strong:
        old, new = before.get(record, record), cores.get(record, record)
        ways[old].add(new)
        parts[new][old] += 1
    stays = {new: min(olds, key=lambda o: (-olds[o], o)) for new, olds in parts.items()}
    moved = set(seeds)
    for record in strong:
        old, new = before.get(record, record), cores.get(record, record)
        is_in_another = stays[new] != old or (record in cores) != (record in before)
        if is_in_another or len(ways[old]) > 1:
            moved.add(record)
    return {value for told in view.told(moved).values() for value in told}


def _gathered(
    view: View, strong: set[RecordId], cores: Mapping[RecordId, RecordId], values: set[Value]
) -> tuple[set[RecordId], list[frozenset[RecordId]]]:
    """The clusters of everything that these values, weak evidence or a verdict reach."""
    book = view.book

    def cores_of(records: Collection[RecordId]) -> dict[RecordId, RecordId]:
        kept = book.cores_of([record for record in records if record not in strong])
        return {**kept, **{record: cores[record] for record in records if record in cores}}

    standings = view.standings(values)
    few = [value for value, standing in standings.items() if gathers(standing)]
    near = strong | {record for tellers in view.held(few).values() for record in tellers}
    region: set[RecordId] = set()
    goes: dict[RecordId, RecordId] = {}
    while near:
        region |= near
        fresh = partners(view, near, cores_of)
        goes |= fresh
        found = {record for pair in book.verdicts_on(near) for record in pair}
        found |= book.mates_of(near) | book.core_mates_of(near) | set(fresh.values())
        near = found - region
    core_of = cores_of(region)
    pairs = [*sorted(merges(view, core_of)), *sorted(goes.items())]
    return region, joined(region, core_of, pairs, book.verdicts_on(region))


def names_after(
    clusters: Iterable[frozenset[RecordId]], names: Mapping[RecordId, RecordId]
) -> tuple[dict[RecordId, RecordId | None], list[frozenset[RecordId]]]:
    """The name of each report's cluster by where names are anchored; and the nameless clusters.

    The oldest name anchored in a cluster is its own. One report alone needs none.
    """
    anchored: dict[RecordId, list[RecordId]] = defaultdict(list)
    for name, anchor in names.items():
        anchored[anchor].append(name)
    called: dict[RecordId, RecordId | None] = {}
    nameless: list[frozenset[RecordId]] = []
    for cluster in clusters:
        oldest = min((n for record in cluster for n in anchored[record]), default=None)
        called.update((record, oldest) for record in cluster)
        if oldest is None and len(cluster) > 1:
            nameless.append(cluster)
    return called, nameless
