"""How clusters made by strong evidence come together by weak evidence that agrees.

What strong evidence alone makes one is a core. Two cores are one cluster when they share at least
two values, told by reports enough on either side; what a stray report or two tell within a large
core is not the core's to share. A report alone goes to a core by two values that
it shares with it, or by one whose other reports are nearly all there, if it tells little else.
Every such step is decided by cores alone, never by what another step has joined: so what a new
fact changes stays near it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import combinations

from havre.identifiers.rules.words import Kind
from havre.links.rules.clusters import Verdict, crosses, fewest_between
from havre.links.rules.facts import (
    RecordId,
    RecordPair,
    Standing,
    Value,
    compares,
    gathers,
    merges_two,
)
from havre.links.rules.matching import independent
from havre.links.rules.pairing import View
from havre.links.rules.weights import LONE_NAMES, gather_share

FEWEST_VALUES = 2
MOST_UNSHARED = 1
MOST_WITNESSES = 3
"""A report that tells something else too goes by one name to a core of which at most so many
reports tell that name: in more, one of them should share what else it tells."""
STRAY_PERCENT = 5
"""A core that tells a value in fewer of its reports, and of the value's, only holds strays that
name somebody else as well: by them few reports of that person would hold two persons together."""
HUNDRED = 100

CoresOf = Callable[[Collection[RecordId]], Mapping[RecordId, RecordId]]
Vote = tuple[int, float, int, Value]


def partners(
    view: View, records: Collection[RecordId], cores_of: CoresOf
) -> dict[RecordId, RecordId]:
    """To which report each of these goes that is in no core; the oldest of a core stands for it."""
    alone = set(records) - cores_of(records).keys()
    told = {r: _gathering(each) for r, each in view.told(alone).items()}
    compared = view.compared(alone)
    values = {v for each in told.values() for v in each}
    held = view.held(values)
    core_of = cores_of({teller for tellers in held.values() for teller in tellers})
    cored = {v: Counter(core_of[t] for t in held[v] if t in core_of) for v in held}
    found = {}
    for record, standings in told.items():
        others = {v: len(compared[record] - {v}) for v in standings}
        core = _core_for(others, standings, cored)
        if core:
            found[record] = core
    names = {v for v in held if not cored[v] and len(held[v]) <= LONE_NAMES}
    names = {v for r in alone for v, s in told[r].items() if v in names and s.kind == Kind.HANDLE}
    return {**_lone_mates(view, {v: held[v] for v in names}, alone), **found}


def _lone_mates(
    view: View, held: Mapping[Value, Collection[RecordId]], alone: Collection[RecordId]
) -> dict[RecordId, RecordId]:
    """Reports that tell one rare name and nothing else go to the oldest other of the kind.

    What tells anything else takes no part: it would bring together what it alone ties.
    """
    told = view.told({teller for tellers in held.values() for teller in tellers})
    only = {
        record
        for record, each in told.items()
        if len([v for v, s in each.items() if gathers(s) or compares(s)]) == 1
    }
    found = {}
    for tellers in held.values():
        mates = sorted(only & set(tellers))
        found.update({r: mates[0] for r in mates[1:] if r in alone})
        if len(mates) > 1 and mates[0] in alone:
            found[mates[0]] = mates[1]
    return found


def _gathering(standings: Mapping[Value, Standing]) -> dict[Value, Standing]:
    return {v: s for v, s in standings.items() if gathers(s)}


def _core_for(
    unshared: Mapping[Value, int],
    standings: Mapping[Value, Standing],
    cored: Mapping[Value, Counter[RecordId]],
) -> RecordId | None:
    votes: dict[RecordId, list[Vote]] = defaultdict(list)
    for value, others in unshared.items():
        counts = cored[value]
        for core, here in counts.items():
            votes[core].append((others, here / counts.total(), here, value))
    if all(len(each) < FEWEST_VALUES for each in votes.values()):
        votes = {core: each for core, each in votes.items() if each[0][0] <= MOST_UNSHARED}
    if not votes:
        return None
    best = min(
        votes,
        key=lambda core: (
            -len(votes[core]),
            -max(share for _, share, _, _ in votes[core]),
            -max(here for _, _, here, _ in votes[core]),
            core,
        ),
    )
    if len(votes[best]) >= FEWEST_VALUES:
        return best
    others, share, here, value = votes[best][0]
    kind = standings[value].kind
    if others:
        is_near = kind == Kind.HANDLE and share == 1 and here <= MOST_WITNESSES
    else:
        is_near = share * HUNDRED >= gather_share(kind)
    return best if is_near else None


def merges(view: View, core_of: Mapping[RecordId, RecordId]) -> set[tuple[RecordId, RecordId]]:
    """The cores that are one cluster by two or more values. All reports of each must be given."""
    size = Counter(core_of.values())
    tellers: dict[Value, dict[RecordId, list[RecordId]]] = defaultdict(lambda: defaultdict(list))
    told_in: dict[Value, int] = {}
    for record, standings in view.told(core_of).items():
        for value, standing in standings.items():
            if merges_two(standing):
                tellers[value][core_of[record]].append(record)
                told_in[value] = standing.reports
    shared: dict[tuple[RecordId, RecordId], list[Value]] = defaultdict(list)
    for value, by_core in tellers.items():
        own = [c for c, here in by_core.items() if _is_own(len(here), size[c], told_in[value])]
        for pair in combinations(sorted(own), 2):
            shared[pair].append(value)
    return {
        pair
        for pair, values in shared.items()
        if len(values) >= FEWEST_VALUES
        and _is_wide(pair, values, tellers, fewest_between(min(size[core] for core in pair)))
    }


def _is_own(here: int, in_core: int, in_all: int) -> bool:
    """Whether a core tells a value in reports enough, of its own or of all that tell it.

    A core that grows can only lose a value so: whom it was shared with is in its cluster.
    """
    return here * HUNDRED >= STRAY_PERCENT * min(in_core, in_all)


def _is_wide(
    pair: tuple[RecordId, RecordId],
    values: Iterable[Value],
    tellers: Mapping[Value, Mapping[RecordId, list[RecordId]]],
    needed: int,
) -> bool:
    ends = {
        (left, right)
        for value in values
        for left in tellers[value][pair[0]]
        for right in tellers[value][pair[1]]
    }
    return independent(ends, most=needed) == needed


def joined(
    records: Collection[RecordId],
    core_of: Mapping[RecordId, RecordId],
    pairs: Iterable[RecordPair],
    verdicts: Mapping[RecordPair, Verdict],
) -> list[frozenset[RecordId]]:
    """The clusters of some reports: cores, and what these pairs join that nobody judged apart."""
    members: dict[RecordId, set[RecordId]] = {}
    for record in sorted(records):
        group = members.setdefault(core_of.get(record, record), set())
        group.add(record)
    members = {record: group for group in members.values() for record in group}
    apart = [pair for pair, verdict in verdicts.items() if verdict is Verdict.DIFFERENT]
    for left, right in pairs:
        one, other = members[left], members[right]
        if one is other or crosses(apart, one, other):
            continue
        small, large = sorted((one, other), key=len)
        large |= small
        members.update(dict.fromkeys(small, large))
    return sorted({id(g): frozenset(g) for g in members.values()}.values(), key=min)
