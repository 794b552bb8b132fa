"""What a record system's key looks like, until when one opens the door, and how fast."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

# Says what it is, wherever one is found lying about.
PREFIX = "havre_"
KEY_BYTES = 24
KEY = re.compile(PREFIX + r"[0-9a-f]{48}")
OVERLAP = timedelta(days=7)
LONGEST_OVERLAP = timedelta(days=30)
SHOWN_END = 4
# So long a request that was repeated is answered as at first.
REPEATS_KEPT = timedelta(days=7)
# So many seconds' worth of requests may come at a stretch; half a second's worth is taken at once.
AT_A_STRETCH, LEASE_SECONDS = 4, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast one key may ask: so many a second, so many at a stretch.

    A server process takes `lease` requests on account at a time: with that many it may let in fewer
    than one lease beyond the count, never more.
    """

    per_second: float
    burst: float
    lease: int

    @classmethod
    def of(cls, per_second: float) -> "Pace":
        """The pace of a rate."""
        return cls(
            per_second=per_second,
            burst=max(1.0, AT_A_STRETCH * per_second),
            lease=max(1, int(LEASE_SECONDS * per_second)),
        )


def seconds_to_wait(left: float, pace: Pace) -> int:
    """The whole seconds until there is a request to be let in again."""
    return max(1, math.ceil((1 - left) / pace.per_second))


class NotAnsweringError(ValueError):
    """Whoever answers for a key must be an officer of the agency who may answer referrals."""


def key_of_bytes(chance: bytes) -> str:
    """A key as its agency is shown it, once."""
    return PREFIX + chance.hex()


def end_of(key: str) -> str:
    """The last characters, by which people tell their keys apart."""
    return key[-SHOWN_END:]


def in_force(until: datetime | None, *, now: datetime) -> bool:
    """Whether a key opens the door."""
    return until is None or until > now
