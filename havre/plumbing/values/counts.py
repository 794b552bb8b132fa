"""Counts for people to read: exact up to a bound, and "more than so many" above it (decision 035).

A count looks at every row that it counts. Nobody does anything else for 143,212 than for 143,211;
where somebody does, nothing is counted here.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import QuerySet

MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class MoreThan:
    """There are more than so many, and nobody looked how many more."""

    number: int


HowMany: TypeAlias = int | MoreThan


def how_many(rows: QuerySet[Any, Any]) -> HowMany:
    """How many rows these are, exactly up to MOST_COUNTED; in their order, if they have one."""
    found = rows[: MOST_COUNTED + 1].count()
    return MoreThan(MOST_COUNTED) if found > MOST_COUNTED else found
