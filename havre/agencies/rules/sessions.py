"""How long a sign-in lasts."""

from datetime import datetime, timedelta
from enum import StrEnum

# A shift, and a coffee. An open page that refreshes itself is not a person at the desk.
LONGEST = timedelta(hours=8)
LONGEST_IDLE = timedelta(minutes=30)
# Being seen is written down at most this often, so that not every click is a write.
NOTED_EVERY = timedelta(minutes=1)


class SessionEnd(StrEnum):
    """Why a sign-in ended."""

    ASKED = "asked"
    BY_KEEPER = "by-keeper"
    IDLE = "idle"
    SECOND_FACTOR_NEWER = "second-factor-newer"
    TOO_LONG = "too-long"


def session_end(
    signed_in_at: datetime, seen_at: datetime, now: datetime, *, ended_at: datetime | None = None
) -> SessionEnd | None:
    """Why a sign-in has run out, or None while it lasts.

    `ended_at` is when whoever keeps the account last ended every sign-in to it.
    """
    if ended_at is not None and signed_in_at < ended_at:
        return SessionEnd.BY_KEEPER
    if now - signed_in_at >= LONGEST:
        return SessionEnd.TOO_LONG
    if now - seen_at >= LONGEST_IDLE:
        return SessionEnd.IDLE
    return None


def one_time_holds(until: datetime | None, now: datetime) -> bool:
    """Whether a password still opens the door; one of the officer's own (None) always does."""
    return until is None or now < until
