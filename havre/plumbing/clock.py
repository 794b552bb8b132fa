"""The one clock. Everything that needs the time asks here, so tests can set it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
# Legal clocks are counted in this zone (decision 20).
LEGAL_ZONE = ZoneInfo("America/Toronto")

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present moment, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def nanoseconds() -> int:
    """Nanoseconds since 1970, for time-ordered ids."""
    stopped = _set_to.get()
    return int(stopped.timestamp() * 1_000_000) * 1000 if stopped else time.time_ns()


def is_stopped() -> bool:
    """Whether the clock stands at a moment that was set."""
    return _set_to.get() is not None


@contextmanager
def clock_set_to(moment: datetime) -> Iterator[None]:
    """Stop the clock at `moment` (aware). For demo worlds and tests."""
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
