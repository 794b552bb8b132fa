"""Who works on a file next: its job, one part after the other, so that nobody waits for it."""

from uuid import UUID

from havre.plumbing.queue import defer

TASK = "bulk"
# Behind the first step of every report's route, and among the rest of it in the order in which
# they came: nobody waits for more than one part of a file, and no file waits for ever.
PRIORITY = -10


def hand_out(upload: UUID) -> None:
    """Have somebody file the next rows of a file."""
    defer(TASK, queue=TASK, priority=PRIORITY, lock=f"bulk/{upload}", upload=str(upload))
