"""What a count may be taken to say: shares with their margin, and what counts as actionable."""

from dataclasses import dataclass
from math import sqrt

from havre.referrals.rules.outcomes import Disposition

PERIODS = (30, 90, 365)
# With these answers an agency had something to act on.
ACTIONABLE = frozenset(
    {
        Disposition.ARREST,
        Disposition.CHARGED,
        Disposition.CHILD_SAFEGUARDED,
        Disposition.CONVICTED,
        Disposition.REFERRED_ONWARD,
        Disposition.UNDER_INVESTIGATION,
        Disposition.VICTIM_IDENTIFIED,
        Disposition.WARRANT_EXECUTED,
    }
)
_Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, with the range its true share lies in, 19 times in 20 (Wilson, 1927)."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """The share in whole percent; None of nothing."""
        return round(100 * self.part / self.whole) if self.whole else None

    @property
    def low(self) -> int:
        """The lower end of the range, in whole percent."""
        return round(100 * self._ends()[0])

    @property
    def high(self) -> int:
        """The upper end of the range, in whole percent."""
        return round(100 * self._ends()[1])

    def _ends(self) -> tuple[float, float]:
        if not self.whole:
            return 0.0, 1.0
        n, p, z2 = self.whole, self.part / self.whole, _Z_95**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z_95 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


def out_of_order(shares: dict[str, Share]) -> list[tuple[str, str]]:
    """Pairs of lanes in which the later one surely did better than the one ranked before it.

    `shares` has the actionable share of each lane by its letter. A pair is named only when their
    ranges do not meet, so that chance alone does not cry wolf.
    """
    lanes = sorted(shares)
    return [
        (first, later)
        for number, first in enumerate(lanes)
        for later in lanes[number + 1 :]
        if shares[first].whole and shares[later].whole and shares[later].low > shares[first].high
    ]
