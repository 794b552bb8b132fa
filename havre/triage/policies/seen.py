"""What the rules saw in a report, kept as codes. Parts of actions, which write the line."""

from havre.intake.models import Report
from havre.plumbing import clock
from havre.triage.policies.models import Seen
from havre.triage.rules.words import Assessment


def note_seen(report: Report, assessment: Assessment) -> None:
    """Keep the factors of a fresh score, in place of those of the one before."""
    codes = sorted({reason.factor for reason in assessment.reasons} - {*assessment.gaps})
    Seen.objects.bulk_create(
        [Seen(report=report, factors=codes, policy=assessment.policy, at=clock.now())],
        update_conflicts=True,
        unique_fields=["report"],
        update_fields=["factors", "policy", "at"],
    )
