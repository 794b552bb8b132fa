"""What a sender may be told of their report, and from when on.

Whoever sends may be the person that the report is about, and be trying to find out whether police
are near. So the words are few, several outcomes hide behind each, none of them tells of a step
against anybody, and none shows near the moment at which something was done.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class ReleaseWord(StrEnum):
    """A class of outcomes, as a sender may know it."""

    CHILD_HELPED = "child-helped"
    ELSEWHERE = "elsewhere"
    IN_HAND = "in-hand"
    KNOWN = "known"
    NOT_ENOUGH = "not-enough"
    NO_STEP = "no-step"


# What was chosen shows on a Monday morning, together with everything else that week.
LEAST_DELAY = timedelta(days=3)
MONDAY = 0
DAYS_OF_A_WEEK = 7
MORNING = time(9)


def shown_from(chosen_at: datetime, zone: ZoneInfo) -> datetime:
    """When a word that was chosen at a moment shows: the first Monday, three days on or later."""
    earliest = (chosen_at + LEAST_DELAY).astimezone(zone)
    days = (MONDAY - earliest.weekday()) % DAYS_OF_A_WEEK
    monday = datetime.combine(earliest.date() + timedelta(days=days), MORNING, zone)
    return monday if monday >= earliest else monday + timedelta(days=DAYS_OF_A_WEEK)
