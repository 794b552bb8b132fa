"""Which hours a summary of a shift is of. Pure: the time comes in as an argument."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from havre.triage.duty.rules.shifts import Span

# Whoever came on duty a moment ago wants the shift before.
BEGUN = timedelta(hours=1)
# Where nobody keeps a rota.
USUAL = timedelta(hours=12)
HOURS = (8, 12, 24, 72)


def span_of(shifts: Iterable[Span], *, now: datetime, hours: int = 0) -> Span:
    """The last shift that is not only just begun, as far as it has come; or the last hours."""
    if hours:
        return Span(now - timedelta(hours=hours), now)
    begun = [one for one in shifts if one.starts <= now - BEGUN]
    if not begun:
        return Span(now - USUAL, now)
    last = max(begun, key=lambda one: (one.starts, one.ends))
    return Span(last.starts, min(last.ends, now))
