"""What the rules of clusters are given: what reports tell, how values stand, what was kept.

Clusters are of one side, suspects or victims, and never reach across compartments.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.rules.clusters import Verdict
from havre.links.rules.weights import beyond, chain_limits, gather_limit, merge_limit

CROWD = 100
"""A name or an address in more reports than this says nothing of whether others belong together."""
PROTECTED = frozenset(
    {PersonRole.VICTIM, PersonRole.REPORTER, PersonRole.WITNESS, PersonRole.SERVICE}
)
SUSPECTS_ALONE = frozenset({PersonRole.SUSPECT})
UNPROTECTED = frozenset(PersonRole) - PROTECTED
ORDER = (
    PersonRole.VICTIM,
    *sorted(PROTECTED - {PersonRole.VICTIM}),
    PersonRole.UNKNOWN,
    PersonRole.SUSPECT,
)
SEALED_NAMES = Kind.HANDLE


class Side(StrEnum):
    """Of whom a cluster is."""

    SUSPECT = "suspect"
    VICTIM = "victim"


@dataclass(frozen=True, slots=True)
class Told:
    """How one report tells one value: whose it is there, and whether it is many people's.

    `near` is by what a name resembles others; None for what is no suspect's name.
    """

    kind: str
    role: str
    is_bare: bool = False
    near: bytes | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a value stands on one side: how many reports it may tie.

    `only_suspects`: of those that tell it, the ones that give it as a suspect's and no others.
    """

    kind: str
    reports: int = 0
    only_suspects: bool = False


Value = bytes
# A record's id as its sixteen bytes, in the order of ids: found in a set ten times as fast.
RecordId = bytes
Tellers = Mapping[RecordId, Told]
RecordPair = tuple[RecordId, RecordId]


class Book(Protocol):
    """Where the facts of one side and one compartment stand, and what was last made of them.

    A core is what strong evidence alone makes one cluster; it is named by its oldest report, and a
    report alone has none. Mates are the reports of a whole cluster.
    """

    @property
    def side(self) -> Side: ...

    def tellers_of(self, values: Collection[Value]) -> Mapping[Value, Tellers]: ...
    def told_by(self, records: Collection[RecordId]) -> Mapping[RecordId, Mapping[Value, Told]]: ...
    def standings(self, values: Collection[Value]) -> Mapping[Value, Standing]: ...
    def mates_of(self, records: Collection[RecordId]) -> set[RecordId]: ...
    def cores_of(self, records: Collection[RecordId]) -> Mapping[RecordId, RecordId]: ...
    def core_mates_of(self, records: Collection[RecordId]) -> set[RecordId]: ...
    def verdicts_on(self, records: Collection[RecordId]) -> Mapping[RecordPair, Verdict]: ...


def most_protected(one: Told, other: Told) -> Told:
    """How a report tells a value that it tells twice: as the child's before anybody else's."""
    return min((one, other), key=lambda told: (ORDER.index(PersonRole(told.role)), told.is_bare))


def holders(side: Side, tellers: Tellers) -> dict[RecordId, str]:
    """The reports that a value may tie on a side, and whose it is in each.

    What one report gives as a child's, a reporter's or a witness's ties no suspects elsewhere, but
    where both say that it is a suspect's.
    """
    if side is Side.VICTIM:
        return {record: told.role for record, told in tellers.items() if _is_of_a_child(told)}
    suspects = {r: t.role for r, t in tellers.items() if t.role == PersonRole.SUSPECT}
    if any(told.is_bare for told in tellers.values()):
        return {}
    if _only_suspects(tellers):
        return suspects
    return {record: told.role for record, told in tellers.items()}


def _only_suspects(tellers: Tellers) -> bool:
    roles = {told.role for told in tellers.values()}
    is_name = any(told.kind == SEALED_NAMES for told in tellers.values())
    return bool(roles & PROTECTED) or (is_name and PersonRole.SUSPECT not in roles)


def counted(side: Side, tellers: Tellers, before: Standing | None) -> Standing:
    """How a value stands by who tells it; nobody need tell it any more."""
    kind = next((told.kind for told in tellers.values()), before.kind if before else "")
    only = side is Side.SUSPECT and _only_suspects(tellers)
    return Standing(kind=kind, reports=len(holders(side, tellers)), only_suspects=only)


def most_counted(kind: str) -> int:
    """A value of a kind in more reports than this is a crowd's, of which nobody asks the number."""
    return max(CROWD, beyond(kind))


def one_more(side: Side, told: Told, before: Standing) -> Standing | None:
    """How a crowd's value stands when one more report tells it, without asking who else does.

    None where all are to be counted: it is no crowd's, or somebody's role may make it none.
    """
    if before.reports <= most_counted(before.kind) or told.is_bare:
        return None
    if side is Side.SUSPECT and told.role in PROTECTED and not before.only_suspects:
        return None
    return replace(before, reports=before.reports + is_held(side, told, before))


def concerns(side: Side, told: Told) -> bool:
    """Whether what a report tells can make any difference on a side."""
    return side is Side.SUSPECT or _is_of_a_child(told)


def is_held(side: Side, told: Told, standing: Standing) -> bool:
    """Whether a report is among those that a value may tie, by how the value stands."""
    if side is Side.VICTIM:
        return _is_of_a_child(told)
    roles = SUSPECTS_ALONE if standing.only_suspects else UNPROTECTED
    return standing.reports > 0 and told.role in roles


def _is_of_a_child(told: Told) -> bool:
    return told.role == PersonRole.VICTIM and told.kind != SEALED_NAMES


def fades(kind: str) -> bool:
    """Whether a value of this kind says less, the more reports tell it."""
    alone, together = chain_limits(kind)
    return alone < together


def compares(standing: Standing) -> bool:
    """Whether sharing this value, or not, says that two reports are of one person, or not."""
    most = CROWD if fades(standing.kind) else chain_limits(standing.kind)[1]
    return 0 < standing.reports <= most


def binds(standing: Standing) -> bool:
    """Whether two reports may be tied by this value, if perhaps with others alone."""
    return 1 < standing.reports <= chain_limits(standing.kind)[1]


def gathers(standing: Standing) -> bool:
    """Whether this value may bring a report to a cluster."""
    return 1 < standing.reports <= gather_limit(standing.kind)


def merges_two(standing: Standing) -> bool:
    """Whether this value may, with another, make two clusters one."""
    return 1 < standing.reports <= merge_limit(standing.kind)
