"""Which two reports are tied strongly enough for one cluster, by what both tell and what one alone.

An e-mail address, a telephone, a device ties by itself. A name or an address ties two reports that
share something else as well, be it a name that only resembles; alone it ties while it is rare and
one of the two tells little else, for what both tell and do not share speaks against it.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from havre.identifiers.rules.words import Kind
from havre.links.rules.facts import (
    Book,
    RecordId,
    RecordPair,
    Standing,
    Told,
    Value,
    binds,
    compares,
    fades,
    holders,
    is_held,
)
from havre.links.rules.weights import may_chain, tenths_of

MOST_PAIRED = 20
"""Up to so many reports of one value are tied each to each; more, each to its nearest in age."""
NEAREST = 5
MOST_UNSHARED = 1


class Knot(NamedTuple):
    """Two reports tied by one value, the older first."""

    left: RecordId
    right: RecordId
    value: Value
    tenths: int


@dataclass
class View:
    """What a book tells, with how values stand that were just counted anew.

    It keeps what it worked out, so it is made anew for every settling.
    """

    book: Book
    now: Mapping[Value, Standing] = field(default_factory=dict)
    _told: dict[RecordId, dict[Value, Standing]] = field(default_factory=dict)
    _compared: dict[RecordId, frozenset[Value]] = field(default_factory=dict)
    _names: dict[RecordId, frozenset[bytes]] = field(default_factory=dict)
    _held: dict[Value, dict[RecordId, str]] = field(default_factory=dict)

    def standings(self, values: Collection[Value]) -> dict[Value, Standing]:
        """How these values stand; one that nobody counted yet is left out."""
        return {
            **self.book.standings([v for v in values if v not in self.now]),
            **{v: self.now[v] for v in values if v in self.now},
        }

    def told(self, records: Collection[RecordId]) -> dict[RecordId, dict[Value, Standing]]:
        """The values that these reports are among those tied by, and how each stands."""
        new = [record for record in records if record not in self._told]
        told = self.book.told_by(new)
        stood = self.standings({value for each in told.values() for value in each})
        for record in new:
            self._told[record] = {
                v: stood[v]
                for v, t in told.get(record, {}).items()
                if v in stood and self._is_held(t, stood[v])
            }
        return {record: self._told[record] for record in records}

    def compared(self, records: Collection[RecordId]) -> dict[RecordId, frozenset[Value]]:
        """What each of these reports tells that speaks for or against its being of one person."""
        new = self.told([record for record in records if record not in self._compared])
        for record, each in new.items():
            self._compared[record] = frozenset(v for v, s in each.items() if compares(s))
        return {record: self._compared[record] for record in records}

    def names(self, records: Collection[RecordId]) -> dict[RecordId, frozenset[bytes]]:
        """By what the suspects' names that these reports tell resemble others."""
        new = [record for record in records if record not in self._names]
        told, held = self.book.told_by(new), self.told(new)
        for record, each in held.items():
            self._names[record] = frozenset(near for v in each if (near := told[record][v].near))
        return {record: self._names[record] for record in records}

    def held(self, values: Collection[Value]) -> dict[Value, dict[RecordId, str]]:
        """The reports that each of these values may tie, and whose it is in each."""
        new = self.book.tellers_of([value for value in values if value not in self._held])
        self._held.update((value, holders(self.book.side, each)) for value, each in new.items())
        return {value: self._held[value] for value in values if value in self._held}

    def _is_held(self, told: Told, standing: Standing) -> bool:
        return is_held(self.book.side, told, standing)


def knots_at(view: View, records: Collection[RecordId]) -> set[Knot]:
    """The ties between these reports and any others, themselves among them."""
    told = view.told(records)
    standings = {v: s for each in told.values() for v, s in each.items() if binds(s)}
    held = view.held(standings)
    pairs = _pairs(told, held)
    ends = {end for of_one in pairs.values() for pair in of_one for end in pair}
    compared, names = view.compared(ends), view.names(ends)
    made = set()
    for value, of_one in pairs.items():
        kind, seen_in, whose = standings[value].kind, standings[value].reports, held[value]
        is_more = is_brief = not fades(kind)
        rest: dict[RecordId, frozenset[Value]] = {}
        if fades(kind):
            around = {end for pair in of_one for end in pair}
            rest = {end: compared[end] - {value} for end in around}
        for left, right in of_one:
            if rest:
                one, other = rest[left], rest[right]
                is_alike = kind != Kind.HANDLE and not names[left].isdisjoint(names[right])
                is_more = is_alike or not one.isdisjoint(other)
                is_brief = min(len(one), len(other)) <= MOST_UNSHARED
            tenths = _tenths(kind, seen_in, (whose[left], whose[right]), is_more, is_brief)
            if tenths:
                made.add(Knot(left, right, value, tenths))
    return made


def _pairs(
    told: Mapping[RecordId, Collection[Value]], held: Mapping[Value, Collection[RecordId]]
) -> dict[Value, set[RecordPair]]:
    """For each value, the reports that are laid beside each other by it, the older first."""
    in_order = {value: sorted(each) for value, each in held.items()}
    pairs: dict[Value, set[RecordPair]] = {value: set() for value in held}
    for record, values in told.items():
        for value in values:
            if record in held.get(value, ()):
                near, found = beside(record, in_order[value]), pairs[value]
                found.update([(record, other) for other in near if record < other])
                # Who is told of too is laid beside this one in its own turn.
                found.update([(o, record) for o in near if o < record and o not in told])
    return pairs


def beside(record: RecordId, ordered: Sequence[RecordId]) -> list[RecordId]:
    """The other reports of a value that one is laid beside: all of a few, the nearest of many.

    Those of the value come in their order of age.
    """
    if len(ordered) <= MOST_PAIRED:
        return [other for other in ordered if other != record]
    place = bisect_left(ordered, record)
    near = ordered[max(place - NEAREST, 0) : place + NEAREST + 1]
    return [other for other in near if other != record]


@lru_cache(maxsize=10_000)
def _tenths(
    kind: str,
    seen_in: int,
    roles: tuple[str, str],
    is_more: bool,  # noqa: FBT001 - kept by place alone
    is_brief: bool,  # noqa: FBT001
) -> int:
    """What a shared value is worth between two reports for a cluster; 0 when it makes none.

    `is_more`: they share something else; `is_brief`: one of them tells little that is not shared.
    """
    if fades(kind) and not is_more:
        chains = is_brief and may_chain(Kind(kind), seen_in=seen_in, coherent=None)
        if not chains:
            return 0
    coherent = True if fades(kind) and is_more else None
    return tenths_of(Kind(kind), seen_in=seen_in, roles=roles, coherent=coherent)
