"""Each provider has a lane of its own: whoever floods it waits, and nobody else does.

A lane bounds two things in each process of the server: how many uploads of one provider are under
way at once, so that slow ones cannot hold every thread; and how many requests begin, by a bucket
that fills at a steady rate. Whoever is turned away has lost nothing: nothing was kept, and the
answer says when to come again.
"""

import math
from dataclasses import dataclass, field

UPLOADS_AT_ONCE = 4
WHEN_BUSY_SECONDS = 1


@dataclass
class Lane:
    """What one provider does in one process."""

    left: float
    filled_at: float
    uploads: int = 0


@dataclass
class Lanes:
    """The lanes of one process, by provider. `now` is a steady clock's, in seconds."""

    per_second: float
    burst: float
    uploads_at_once: int = UPLOADS_AT_ONCE
    by_provider: dict[object, Lane] = field(default_factory=dict)

    def seconds_to_wait(self, provider: object, now: float) -> int:
        """Begin a request and give 0, or give the whole seconds until it may be tried again."""
        lane = self.by_provider.setdefault(provider, Lane(self.burst, now))
        grown = max(0.0, now - lane.filled_at) * self.per_second
        lane.left = min(self.burst, lane.left + grown)
        lane.filled_at = max(now, lane.filled_at)
        if lane.left < 1:
            return max(1, math.ceil((1 - lane.left) / self.per_second))
        lane.left -= 1
        return 0

    def begin_upload(self, provider: object) -> int:
        """Begin an upload and give 0, or give the seconds until it may be tried again."""
        lane = self.by_provider[provider]
        if lane.uploads >= self.uploads_at_once:
            return WHEN_BUSY_SECONDS
        lane.uploads += 1
        return 0

    def end_upload(self, provider: object) -> None:
        """End an upload that was begun."""
        self.by_provider[provider].uploads -= 1
