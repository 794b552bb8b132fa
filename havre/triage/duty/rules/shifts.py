"""Shifts by the clock on the wall in Toronto, who is on call, and the hours that nobody takes.

The clock there is put forward in March and back in November. A shift that begins in the hour that
comes twice begins at its first coming; one that ends in it ends at its second: two people for an
hour are better than nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Toronto")
# A whole day on the wall is 25 hours long when the clock is put back.
LONGEST = timedelta(hours=25)
SHORTEST = timedelta(minutes=15)
MOST_DAYS = 31
# How far ahead the desk plans, and how far ahead a gap is an alarm for the coordinator.
PLANNED = timedelta(days=14)
ALARMING = timedelta(hours=48)


class Refusal(StrEnum):
    """Why a shift is not set."""

    ALREADY_ON = "already-on"
    AWAY = "away"
    NO_SUCH_HOUR = "no-such-hour"
    OVER = "over"
    SAME_OFFICER = "same-officer"
    TOO_LONG = "too-long"
    TOO_SHORT = "too-short"


class ShiftRefusedError(Exception):
    """A shift cannot stand like this. Nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one moment to another, which is no more part of it."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One shift of one officer, as the rules read it."""

    officer: UUID
    span: Span


def moment_on_the_wall(day: date, at: time, *, is_end: bool = False) -> datetime:
    """The moment at which the clock in Toronto shows this. Raises ShiftRefusedError in March."""
    local = datetime.combine(day, at, ZONE).replace(fold=int(is_end))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZONE).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ShiftRefusedError(Refusal.NO_SUCH_HOUR)
    return moment


def spans_of(day: date, begins: time, ends: time, *, days: int = 1) -> list[Span]:
    """The same hours on the wall, on so many days in a row. An end before the start is next day."""
    found = []
    for number in range(days):
        first = day + timedelta(days=number)
        last = first if begins < ends else first + timedelta(days=1)
        span = Span(moment_on_the_wall(first, begins), moment_on_the_wall(last, ends, is_end=True))
        found.append(span)
    return found


def refusal_to_set(span: Span, *, taken: Iterable[Span], now: datetime) -> Refusal | None:
    """Why an officer cannot have this shift; `taken` are the shifts that they have already."""
    if span.ends <= now:
        return Refusal.OVER
    if span.ends - span.starts < SHORTEST:
        return Refusal.TOO_SHORT
    if span.ends - span.starts > LONGEST:
        return Refusal.TOO_LONG
    if any(one.starts < span.ends and span.starts < one.ends for one in taken):
        return Refusal.ALREADY_ON
    return None


def gaps_in(shifts: Iterable[Span], *, within: Span) -> list[Span]:
    """From when to when nobody is on call, in order."""
    gaps, reached = [], within.starts
    for one in sorted(shifts):
        if one.starts >= within.ends:
            break
        if one.starts > reached:
            gaps.append(Span(reached, one.starts))
        reached = max(reached, one.ends)
    if reached < within.ends:
        gaps.append(Span(reached, within.ends))
    return gaps


def on_call(turns: Sequence[Turn], *, now: datetime) -> list[UUID]:
    """Who is on call at a moment: whoever began first is called first; each stands here once."""
    present = [each for each in turns if each.span.starts <= now < each.span.ends]
    present.sort(key=lambda each: (each.span.starts, str(each.officer)))
    return list(dict.fromkeys(each.officer for each in present))
