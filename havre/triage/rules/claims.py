"""How long somebody has a report in hand."""

from datetime import datetime, timedelta

# Whoever was called away keeps nobody from a child: opening the report counts it anew.
CLAIM_HOLDS = timedelta(minutes=30)


def holds(claimed_at: datetime | None, *, now: datetime) -> bool:
    """Whether a claim of this moment still keeps others away."""
    return claimed_at is not None and now < claimed_at + CLAIM_HOLDS
