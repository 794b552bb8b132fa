"""The year of the annual report, and which counts may be shown (SOR/2011-292, s. 9).

For the twelve months from 1 April, by 30 June: (a) how many reports came under section 2, and how
many led to information being made available to police; (b) security measures; (c) incidents and
the steps taken; (d) conflicts of interest; (e) anything else. The totals are the statute's and are
exact; what is broken down further is no one's to be singled out by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

APRIL, JUNE, MONTHS = 4, 6, 12
# A smaller count of a month is not shown.
SMALLEST_SHOWN = 5


class YearState(StrEnum):
    """How far a year of the report is."""

    COMPLETE = "complete"
    RUNNING = "running"


@dataclass(frozen=True, slots=True, order=True)
class ReportingYear:
    """Twelve months from 1 April of a year."""

    begins: int

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.begins, APRIL, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.begins + 1, APRIL - 1, 31)

    @property
    def due_on(self) -> date:
        """30 June after it."""
        return date(self.begins + 1, JUNE, 30)

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its months, from April to March."""
        shifted = (APRIL - 1 + place for place in range(MONTHS))
        return tuple(
            date(self.begins + month // MONTHS, month % MONTHS + 1, 1) for month in shifted
        )

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first moment, and the first one after it."""
        return (
            datetime(self.begins, APRIL, 1, tzinfo=zone),
            datetime(self.begins + 1, APRIL, 1, tzinfo=zone),
        )

    def state(self, today: date) -> YearState:
        """Whether it is over."""
        return YearState.COMPLETE if today > self.last_day else YearState.RUNNING


def year_of(day: date) -> ReportingYear:
    """The year of the report that a day belongs to."""
    return ReportingYear(day.year if day.month >= APRIL else day.year - 1)


def years_until(today: date, *, first: date | None) -> tuple[ReportingYear, ...]:
    """The years there are, the latest first: from the first record to the one that runs."""
    running = year_of(today)
    begins = min(year_of(first).begins if first else running.begins, running.begins)
    return tuple(ReportingYear(year) for year in range(running.begins, begins - 1, -1))


def cells_shown(cells: Sequence[int]) -> tuple[int | None, ...]:
    """Counts of a column whose total is known; None where one is too small to be shown.

    If that is a single one, the next smallest goes too: else the total would give it away.
    """
    small = {place for place, count in enumerate(cells) if 0 < count < SMALLEST_SHOWN}
    if len(small) == 1:
        rest = [(count, at) for at, count in enumerate(cells) if count >= SMALLEST_SHOWN]
        small |= {min(rest)[1]} if rest else set()
    return tuple(None if place in small else count for place, count in enumerate(cells))
