"""Whoever has a report in hand. A part of other rooms' actions, which write the line."""

from havre.agencies.models import Officer
from havre.intake.models import Report
from havre.plumbing import clock
from havre.triage.models import QueueItem
from havre.triage.rules.claims import CLAIM_HOLDS


def still_in_hand(report: Report, *, by: Officer) -> None:
    """Whoever has a report in hand looks at it: the claim counts anew."""
    QueueItem.objects.filter(
        report=report, claimed_by=by, claimed_at__gt=clock.now() - CLAIM_HOLDS
    ).update(claimed_at=clock.now())
