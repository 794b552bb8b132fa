"""When a report may stand behind another in the queue, and what is decided once for several.

NothingChosenError   none of the group was chosen, or none of those chosen waits
NothingSentError     what they are to be added to does not stand with an agency
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.intake.floods.rules.likeness import Sketch, are_alike
from havre.triage.rules.ranks import RANKS
from havre.triage.rules.words import Band

# So many rows that stand in front are compared with each other row of their group.
MOST_COMPARED = 32
IMMEDIATE = RANKS[Band.A]


class NothingChosenError(ValueError):
    """None of the group was chosen, or none of those chosen waits."""


class NothingSentError(ValueError):
    """What they are to be added to does not stand with an agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A report that waits, as far as it matters for what may stand before it.

    `list` is in which lists of the queue it is found: its lane, channel, language, quarantine.
    """

    rank: int
    risk: int
    list: Hashable
    is_plain: bool
    is_alone: bool
    reasons: frozenset[str]
    words: Sketch
    holds: frozenset[bytes]


def may_stand_behind(report: Standing, first: Standing) -> bool:
    """Whether a row of the queue may be counted with another one instead of standing by itself.

    Never one that is immediate, ranks higher, is found in another list, was touched by a person or
    a fault, must be seen, or that holds, says or was scored for anything which the first does not.
    """
    same_words = are_alike(report.words, first.words) if report.words else not first.words
    return (
        report.is_plain
        and not report.is_alone
        and report.list == first.list
        and (report.rank, -report.risk) >= (first.rank, -first.risk)
        and report.rank == first.rank != IMMEDIATE
        and report.reasons <= first.reasons
        and report.holds <= first.holds
        and same_words
    )


def folded(rows: Sequence[tuple[UUID, Standing]]) -> dict[UUID, UUID]:
    """Of rows in the queue's order: which stand behind which. A row behind another has none."""
    firsts: list[tuple[UUID, Standing]] = []
    behind: dict[UUID, UUID] = {}
    for report, row in rows:
        found = next((one for one, first in firsts if may_stand_behind(row, first)), None)
        if found:
            behind[report] = found
        elif len(firsts) < MOST_COMPARED:
            firsts.append((report, row))
    return behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What came of sending several after a first: sent, left where they wait, still to do."""

    sent: tuple[str, ...]
    kept: tuple[str, ...]
    left: int
