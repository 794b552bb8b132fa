"""When an unfinished filing ends by itself, and how long a repeated one is the same one."""

from datetime import datetime, timedelta

AFTER_OPENING = timedelta(hours=24)
AFTER_LAST_CHANGE = timedelta(hours=1)
# Clients try again for seconds or minutes after a time-out; by then a new report is meant.
SAME_WITHIN = timedelta(minutes=15)


def ends_at(opened_at: datetime, changed_at: datetime) -> datetime:
    """When a filing that nobody finishes ends.

    A day after it was opened, or an hour after its last file or details, whichever is later.
    """
    return max(opened_at + AFTER_OPENING, changed_at + AFTER_LAST_CHANGE)
