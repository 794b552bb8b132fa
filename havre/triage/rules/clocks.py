"""What a clock shows: until when, and whether that is soon or past."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

# A clock is soon in the last third of its time.
SOON_PART = 3
# A last day is soon when so many days are left, as for the provider who is reminded then.
SOON_DAYS = 5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDay:
    """Until which day something is kept, and how many days are left; below none, it is over."""

    until: date
    left: int
    hurry: Hurry


def last_day(until: date | None, *, today: date) -> LastDay | None:
    """The last day until which something is kept, as it stands today."""
    if until is None:
        return None
    left = (until - today).days
    hurry = Hurry.SOON if left <= SOON_DAYS else Hurry.PLAIN
    return LastDay(until=until, left=left, hurry=Hurry.LATE if left < 0 else hurry)
