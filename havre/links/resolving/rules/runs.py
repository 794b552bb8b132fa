"""What a run proposes: nothing that stands together already or that a person has judged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """How far a run has come."""

    BROKEN = "broken"
    DONE = "done"
    RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How two suspects agree in one column; hundredths of a bit."""

    column: str
    level: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two reports whose suspects are alike, the smaller id first; hundredths of a bit."""

    left: UUID
    right: UUID
    weight: int
    prior: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What is proposed, and how many pairs are not, since they are together or judged."""

    proposed: tuple[Alike, ...]
    together: int
    judged: int


def sift(
    found: Iterable[Alike],
    *,
    clusters: Mapping[UUID, UUID],
    judged: Iterable[tuple[UUID, UUID]],
) -> Sifted:
    """The strongest pair between any two clusters, of those that nobody has judged.

    What was said of two reports holds for the clusters they are in: the next run does not ask the
    same question by another pair.
    """

    def home(record: UUID) -> UUID:
        return clusters.get(record, record)

    said = {frozenset((home(left), home(right))) for left, right in judged}
    best: dict[frozenset[UUID], Alike] = {}
    counts: dict[str, int] = defaultdict(int)
    for one in sorted(found, key=lambda one: (-one.weight, one.left, one.right)):
        between = frozenset((home(one.left), home(one.right)))
        if len(between) == 1:
            counts["together"] += 1
        elif between in said:
            counts["judged"] += 1
        else:
            best.setdefault(between, one)
    return Sifted(
        proposed=tuple(best.values()), together=counts["together"], judged=counts["judged"]
    )
