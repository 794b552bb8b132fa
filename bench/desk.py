"""A desk of analysts in time: reports come, somebody takes the first of the queue, and is busy.

All rates are assumptions, named here: 324 reports a day with a day's cycle, three times as many on
two days, six analysts round the clock, eighteen minutes each in the median (log-normal).
"""

import heapq
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

A_DAY = 324
ANALYSTS = 6
MEDIAN_MINUTES = 18
SPREAD = 0.6
BURST_DAYS = (3, 4)
BURST = 3
DAY_MINUTES = 1440
# How deep a day's quietest hour is below its mean.
CYCLE = 0.6


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a report of a class waited for its first look, in minutes."""

    kind: str
    minutes: float


def arrivals(days: int, *, chance: random.Random) -> list[float]:
    """The minutes at which reports come."""
    minutes, now = [], 0.0
    highest = A_DAY * BURST * (1 + CYCLE) / DAY_MINUTES
    while now < days * DAY_MINUTES:
        now += chance.expovariate(highest)
        if chance.random() * highest < _rate(now):
            minutes.append(now)
    return minutes


def _rate(minute: float) -> float:
    day, time = divmod(minute, DAY_MINUTES)
    wave = 1 + CYCLE * math.sin(2 * math.pi * (time / DAY_MINUTES - 0.25))
    return A_DAY * (BURST if int(day) in BURST_DAYS else 1) * wave / DAY_MINUTES


def waits(
    come: Sequence[float],
    drawn: Sequence[Any],
    *,
    order: Callable[[Any], tuple[float, ...]],
    oldest_each: int = 0,
    chance: random.Random,
) -> list[Wait]:
    """The waits of reports that came at `come`, taken in `order` (the smallest first).

    With `oldest_each` 8, every eighth look goes to the report that has waited longest. Reports
    that nobody reached when the time ends waited until then.
    """
    free = [0.0] * ANALYSTS
    ready: list[tuple[tuple[float, ...], int]] = []
    taken = [False] * len(come)
    found: list[Wait] = []
    following = oldest = looks = 0
    while len(found) < len(come):
        now = heapq.heappop(free)
        if not any_waits(ready, taken) and following < len(come):
            now = max(now, come[following])
        while following < len(come) and come[following] <= now:
            heapq.heappush(ready, (order(drawn[following]), following))
            following += 1
        looks += 1
        if oldest_each and looks % oldest_each == 0:
            while taken[oldest]:
                oldest += 1
            chosen = oldest
        else:
            while taken[ready[0][1]]:
                heapq.heappop(ready)
            chosen = heapq.heappop(ready)[1]
        taken[chosen] = True
        found.append(Wait(drawn[chosen].kind, now - come[chosen]))
        heapq.heappush(free, now + chance.lognormvariate(math.log(MEDIAN_MINUTES), SPREAD))
    return found


def any_waits(ready: list[tuple[tuple[float, ...], int]], taken: list[bool]) -> bool:
    """Whether a report is waiting; what was taken out of turn is dropped on the way."""
    while ready and taken[ready[0][1]]:
        heapq.heappop(ready)
    return bool(ready)


def percentile(found: Sequence[float], share: float) -> float:
    """The value below which so large a share of the values lie."""
    ordered = sorted(found)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else math.nan
