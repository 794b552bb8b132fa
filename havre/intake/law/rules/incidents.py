"""An incident that endangers the designated organization's function: told within 24 hours.

SOR/2011-292, s. 7: the organization notifies the Ministers of Justice and of Public Safety within
24 hours of any incident that jeopardizes its ability to discharge its function.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TOLD_WITHIN = timedelta(hours=24)
SOON = timedelta(hours=6)
LONGEST_TEXT = 8_000


class IncidentKind(StrEnum):
    """What kind of thing happened."""

    ACCESS = "access"
    LOSS = "loss"
    OTHER = "other"
    OUTAGE = "outage"


class NoticeClock(StrEnum):
    """How the 24 hours stand."""

    LATE = "late"
    OVERDUE = "overdue"
    RUNNING = "running"
    SOON = "soon"
    TIMELY = "timely"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentWords:
    """What was typed of an incident; it stands sealed."""

    happened: str
    function: str
    steps: str
    contact: str


def due_at(noticed_at: datetime) -> datetime:
    """Until when the ministers are told."""
    return noticed_at + TOLD_WITHIN


def clock_at(noticed_at: datetime, *, sent_at: datetime | None, now: datetime) -> NoticeClock:
    """How the clock of a notice stands."""
    due = due_at(noticed_at)
    if sent_at is not None:
        return NoticeClock.TIMELY if sent_at <= due else NoticeClock.LATE
    if now > due:
        return NoticeClock.OVERDUE
    return NoticeClock.SOON if due - now <= SOON else NoticeClock.RUNNING


def may_be_sent(noticed_at: datetime, *, sent_at: datetime, now: datetime) -> bool:
    """Whether a notice can have been sent then: not before it was noticed, and not tomorrow."""
    return noticed_at <= sent_at <= now
