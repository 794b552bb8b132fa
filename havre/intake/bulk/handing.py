"""Who works on a file next: its job, one at a time, behind everybody's single reports."""

from uuid import UUID

from havre.plumbing.queue import defer

TASK = "bulk"
# Behind the first step of every report's route, so that no file delays anybody else's.
PRIORITY = -15


def hand_out(upload: UUID) -> None:
    """Have somebody file the next rows of a file."""
    defer(TASK, queue=TASK, priority=PRIORITY, lock=f"bulk/{upload}", upload=str(upload))
