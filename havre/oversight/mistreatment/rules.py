"""The year of the report, and which of its counts may be shown.

Avoiding Complicity in Mistreatment by Foreign Entities Act, s. 7: on the calendar year before, to
the minister before 1 March. The totals are exact; what is broken down by act is shown as decision
016 says, so that nobody is singled out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from havre.oversight.annual.rules import cells_shown

MARCH = 3


@dataclass(frozen=True, slots=True, order=True)
class RiskYear:
    """A calendar year."""

    begins: int

    @property
    def due_before(self) -> date:
        """1 March after it."""
        return date(self.begins + 1, MARCH, 1)

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first moment, and the first one after it."""
        years = (self.begins, self.begins + 1)
        first, after = (datetime(year, 1, 1, tzinfo=zone) for year in years)
        return first, after


def risk_years(today: date, *, first: date | None) -> tuple[RiskYear, ...]:
    """The years there are, the latest first: from the first exchange to the one that runs."""
    begins = min(first.year if first else today.year, today.year)
    return tuple(RiskYear(year) for year in range(today.year, begins - 1, -1))


def guarded(cells: Sequence[int]) -> tuple[int | None, ...]:
    """Counts of a column whose total is known; None where one is not shown.

    Where a single one would be hidden and no larger one can go with it, a zero goes: else the
    total would give it away.
    """
    shown = list(cells_shown(cells))
    if shown.count(None) == 1 and 0 in shown:
        shown[shown.index(0)] = None
    return tuple(shown)
