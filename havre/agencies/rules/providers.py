"""How we deal with a provider that reports by wire: words of its profile, and its keys' ends."""

from datetime import timedelta
from enum import StrEnum

KEY_BYTES = 24
# An old key and its successor both open the door for so long, unless said otherwise.
OVERLAP = timedelta(days=7)
LONGEST_OVERLAP = timedelta(days=30)


class Environment(StrEnum):
    """Where what a provider files ends: before the desk, or nowhere."""

    PRODUCTION = "production"
    TEST = "test"


class Reading(StrEnum):
    """How a provider's documents are read: by the letter, or with warnings where it can be meant.

    A lenient reading takes a time without a zone for UTC and a false flag for none.
    """

    LENIENT = "lenient"
    STRICT = "strict"


def end_of_old_key(overlap: timedelta) -> timedelta:
    """How long an old key still opens the door. Raises ValueError outside of 0 to 30 days."""
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        msg = f"an overlap is from 0 to {LONGEST_OVERLAP.days} days"
        raise ValueError(msg)
    return overlap
