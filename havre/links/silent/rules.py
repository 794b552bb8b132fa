"""How long a silent watch may hold, and where it stands.

SilentWatchRefusedError
├── NotToBeDecidedError   nothing is asked for, or whoever asked would answer it
└── SilentDaysError       the last day is past, or too far away
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(days=182)


class Refusal(StrEnum):
    """Why the coordinator grants no silent watch."""

    NOT_CLEAR = "not-clear"
    NOT_NEEDED = "not-needed"
    TOO_LONG = "too-long"
    WRONG_AGENCY = "wrong-agency"


class SilentState(StrEnum):
    """Where a silent watch stands."""

    ASKED = "asked"
    IN_FORCE = "in-force"
    OVER = "over"
    REFUSED = "refused"


class SilentWatchRefusedError(ValueError):
    """The silent watch cannot be so."""


class NotToBeDecidedError(SilentWatchRefusedError):
    """Nothing is asked for, or whoever asked would answer it."""


class SilentDaysError(SilentWatchRefusedError):
    """The last day is past, or further away than half a year."""


def check_days(until: date, *, today: date) -> None:
    """A silent watch ends on a day from today to half a year away. Raises SilentDaysError."""
    if not today <= until <= today + LONGEST:
        raise SilentDaysError


def state_of(
    *, until: datetime | None, is_refused: bool, is_ended: bool, now: datetime
) -> SilentState:
    """Where a silent watch stands; while it asks to hold longer it holds as it did."""
    if is_refused and until is None:
        return SilentState.REFUSED
    if is_ended or (until is not None and until <= now):
        return SilentState.OVER
    return SilentState.ASKED if until is None else SilentState.IN_FORCE
