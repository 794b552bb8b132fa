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
    IDLE = "idle"
    SECOND_FACTOR_NEWER = "second-factor-newer"
    TOO_LONG = "too-long"


def session_end(signed_in_at: datetime, seen_at: datetime, now: datetime) -> SessionEnd | None:
    """Why a sign-in has run out, or None while it lasts."""
    if now - signed_in_at >= LONGEST:
        return SessionEnd.TOO_LONG
    if now - seen_at >= LONGEST_IDLE:
        return SessionEnd.IDLE
    return None
