"""Which two reports are tied strongly enough for one cluster, by what both tell and what one alone.

An e-mail address, a telephone, a device ties by itself. A name or an address ties two reports that
share something else as well, be it a name that only resembles; alone it ties while it is rare and
one of the two tells little else, for what both tell and do not share speaks against it.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeVar
from uuid import UUID

from havre.identifiers.rules.words import Kind
from havre.links.rules.facts import (
    Book,
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
K = TypeVar("K", int, UUID)
MOST_UNSHARED = 1


class Knot(NamedTuple):
    """Two reports tied by one value, by the numbers that their ids are, the older first.

    Many are made, and a number is found in a set ten times as fast as an id.
    """

    left: int
    right: int
    value: Value
    tenths: int


@dataclass
class View:
    """What a book tells, with how values stand that were just counted anew.

    It keeps what it worked out, so it is made anew for every settling.
    """

    book: Book
    now: Mapping[Value, Standing] = field(default_factory=dict)
    _told: dict[UUID, dict[Value, Standing]] = field(default_factory=dict)
    _compared: dict[UUID, frozenset[Value]] = field(default_factory=dict)

    def standings(self, values: Collection[Value]) -> dict[Value, Standing]:
        """How these values stand; one that nobody counted yet is left out."""
        return {
            **self.book.standings([v for v in values if v not in self.now]),
            **{v: self.now[v] for v in values if v in self.now},
        }

    def told(self, records: Collection[UUID]) -> dict[UUID, dict[Value, Standing]]:
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

    def compared(self, records: Collection[UUID]) -> dict[UUID, frozenset[Value]]:
        """What each of these reports tells that speaks for or against its being of one person."""
        new = self.told([record for record in records if record not in self._compared])
        for record, each in new.items():
            self._compared[record] = frozenset(v for v, s in each.items() if compares(s))
        return {record: self._compared[record] for record in records}

    def names(self, records: Collection[UUID]) -> dict[UUID, frozenset[bytes]]:
        """By what the suspects' names that these reports tell resemble others."""
        told = self.book.told_by(records)
        held = self.told(records)
        return {
            record: frozenset(near for v in each if (near := told[record][v].near))
            for record, each in held.items()
        }

    def held(self, values: Collection[Value]) -> dict[Value, dict[UUID, str]]:
        """The reports that each of these values may tie, and whose it is in each."""
        tellers = self.book.tellers_of(values)
        return {value: holders(self.book.side, each) for value, each in tellers.items()}

    def _is_held(self, told: Told, standing: Standing) -> bool:
        return is_held(self.book.side, told, standing)


def knots_at(view: View, records: Collection[UUID]) -> set[Knot]:
    """The ties between these reports and any others, themselves among them."""
    told = view.told(records)
    standings = {v: s for each in told.values() for v, s in each.items() if binds(s)}
    held = view.held(standings)
    roles = {v: {record.int: role for record, role in each.items()} for v, each in held.items()}
    pairs = _pairs({record.int: values for record, values in told.items()}, roles)
    ends = [
        UUID(int=end) for end in {end for of_one in pairs.values() for p in of_one for end in p}
    ]
    compared = {record.int: values for record, values in view.compared(ends).items()}
    names = {record.int: likes for record, likes in view.names(ends).items()}
    made = set()
    for value, of_one in pairs.items():
        kind, seen_in, whose = standings[value].kind, standings[value].reports, roles[value]
        for left, right in of_one:
            one, other = compared[left], compared[right]
            is_alike = kind != Kind.HANDLE and not names[left].isdisjoint(names[right])
            is_more = is_alike or len(one & other) > (value in one and value in other)
            unshared = min(len(one) - (value in one), len(other) - (value in other))
            is_brief = unshared <= MOST_UNSHARED
            tenths = _tenths(kind, seen_in, (whose[left], whose[right]), is_more, is_brief)
            if tenths:
                made.add(Knot(left, right, value, tenths))
    return made


def _pairs(
    told: Mapping[int, Collection[Value]], held: Mapping[Value, Collection[int]]
) -> dict[Value, set[tuple[int, int]]]:
    """For each value, the reports that are laid beside each other by it, the older first."""
    in_order = {value: sorted(each) for value, each in held.items()}
    pairs: dict[Value, set[tuple[int, int]]] = {value: set() for value in held}
    for record, values in told.items():
        for value in values:
            if record in held.get(value, ()):
                pairs[value].update(
                    (record, other) if record < other else (other, record)
                    for other in beside(record, in_order[value])
                )
    return pairs


def beside(record: K, ordered: Sequence[K]) -> list[K]:
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
