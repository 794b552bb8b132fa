"""How a provider's reports fared over time: weeks, shares and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The reports that were opened in a week, and their mean score; None where none has one."""

    monday: date
    reports: int
    score: float | None

    @property
    def rounded(self) -> int | None:
        """The score as a whole number."""
        return None if self.score is None else round(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTold:
    """A field that police want, and how often it was named as missing."""

    field: str
    missing: int
    reports: int

    @property
    def missing_percent(self) -> int:
        """In how many of a hundred reports it was missing, rounded up: one is never none."""
        return -(-PERCENT * self.missing // self.reports) if self.reports else 0


def worst_first(fields: Sequence[FieldTold]) -> tuple[FieldTold, ...]:
    """The fields that are missing most often, first."""
    return tuple(sorted(fields, key=lambda one: (-one.missing, one.field)))
