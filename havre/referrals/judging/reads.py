"""Which reports are taken to be of one person with a report, as its page tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.intake.reads import references_of
from havre.links.reads import Names, merges_proposed, newest_of
from havre.links.rules.facts import Side

MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRow:
    """A cluster of two reports or more: the others in it by number, the newest first.

    Its name leads to it for ever, also when it is joined to another.
    """

    name: UUID | None
    is_of_child: bool
    size: int
    others: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.size - 1 - len(self.others)


def cluster_rows(report: UUID, names: Names, *, actor: Officer) -> tuple[ClusterRow, ...]:
    """The clusters that a report is in, of its suspect and of its child, by their names."""
    found = {
        side: newest_of(name, side, MOST_NAMED + 1, actor) for side, name in names.items() if name
    }
    mates = {
        side: (rows[0][1] if rows else 0, [one for one, _ in rows if one != report][:MOST_NAMED])
        for side, rows in found.items()
    }
    newest = [one for _, ids in mates.values() for one in ids]
    numbers = references_of(newest, actor=actor)
    rows = []
    for side, (size, ids) in sorted(mates.items()):
        named = tuple(numbers[one] for one in ids if one in numbers)
        if named:
            is_of_child, name = side is Side.VICTIM, names[side]
            rows.append(ClusterRow(name=name, is_of_child=is_of_child, size=size, others=named))
    return tuple(rows)


def merges_waiting(report: UUID, names: Names, *, actor: Officer) -> Sequence[str]:
    """The reports whose clusters only a person may join to this one's, by number."""
    return merges_proposed(report, names, actor=actor)[:MOST_NAMED]
