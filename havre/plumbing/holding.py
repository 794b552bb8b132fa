"""What was counted of very many, held for a while: to count them, each is looked at."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from havre.plumbing import clock

T = TypeVar("T")


@dataclass
class Held(Generic[T]):
    """Counts by whom they are for. From `many` on one holds as long as `holds`, in this process."""

    size: Callable[[T], int]
    holds: timedelta
    many: int = 10_000
    _kept: dict[Hashable, tuple[T, datetime]] = field(default_factory=dict)

    def of(self, whose: Hashable, count: Callable[[], T]) -> T:
        """What `count` gives for somebody, or gave them lately if they were many."""
        kept, now = self._kept.get(whose), clock.now()
        if kept and kept[1] > now:
            return kept[0]
        counted = count()
        if self.size(counted) >= self.many:
            # What ran out goes, whoever it was for: nobody may ever ask for it again.
            held = {one: kept for one, kept in list(self._kept.items()) if kept[1] > now}
            self._kept = {**held, whose: (counted, now + self.holds)}
        return counted
