"""What a clock shows: until when, and whether that is soon or past."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# A clock is soon in the last third of its time.
SOON_PART = 3


class Hurry(StrEnum):
    """The three states of a clock. None of them is a colour alone."""

    LATE = "late"
    PLAIN = "plain"
    SOON = "soon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """An absolute moment, because a page grows old, and how far past it is in whole minutes."""

    until: datetime
    hurry: Hurry
    minutes_over: int = 0

    @property
    def is_late(self) -> bool:
        """Whether the moment has passed."""
        return self.hurry is Hurry.LATE


def clock_of(*, since: datetime, until: datetime, now: datetime) -> Clock:
    """The clock of something that began at `since` and is due at `until`, read at `now`."""
    if now > until:
        over = int((now - until).total_seconds() // 60)
        return Clock(until=until, hurry=Hurry.LATE, minutes_over=over)
    is_soon = (until - now) * SOON_PART <= until - since
    return Clock(until=until, hurry=Hurry.SOON if is_soon else Hurry.PLAIN)
