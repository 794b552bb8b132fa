"""Which reports are taken to be of one person with a report, as its page tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.intake.reads import reports_by_id
from havre.links.reads import cluster_ids, merges_proposed
from havre.links.rules.settling import Side

MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRow:
    """A cluster of two reports or more: the others in it by number, the newest first."""

    is_of_child: bool
    size: int
    others: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.size - 1 - len(self.others)


def cluster_rows(report: UUID, *, actor: Officer) -> tuple[ClusterRow, ...]:
    """The clusters that a report is in, of its suspect and of its child."""
    rows = []
    for side in Side:
        _, ids = cluster_ids(report, side=side, actor=actor)
        newest = [one for one in reversed(ids) if one != report][:MOST_NAMED]
        found = {one.pk: one.reference for one in reports_by_id(newest, actor=actor)}
        named = tuple(found[one] for one in newest if one in found)
        if named:
            row = ClusterRow(is_of_child=side is Side.VICTIM, size=len(ids), others=named)
            rows.append(row)
    return tuple(rows)


def merges_waiting(report: UUID, *, actor: Officer) -> Sequence[str]:
    """The reports whose clusters only a person may join to this one's, by number."""
    found = merges_proposed(report, actor=actor)
    return tuple(dict.fromkeys(one.reference for one, _ in found))[:MOST_NAMED]
