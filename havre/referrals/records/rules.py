"""What a record system's key looks like, and until when one opens the door."""

import re
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
