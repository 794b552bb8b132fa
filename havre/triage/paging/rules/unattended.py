"""When a queue counts as one that nobody looks at. Pure: the time comes in as an argument."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from havre.triage.rules.ranks import RANKS, UNSCORED_RANK
from havre.triage.rules.words import Band

IMMEDIATE_RANKS = frozenset({RANKS[Band.A]})
# What nobody knows yet is treated as what must be read today.
TODAY_RANKS = frozenset({UNSCORED_RANK, RANKS[Band.B]})


def is_unattended(
    waits_since: datetime, *, looks: Iterable[datetime | None], patience: timedelta, now: datetime
) -> bool:
    """Whether something has waited so long, and nobody has looked at anything so long.

    A look is a report opened or claimed by anybody of the desk, or a page acknowledged.
    """
    quiet_since = max((waits_since, *(look for look in looks if look is not None)))
    return now - quiet_since >= patience
