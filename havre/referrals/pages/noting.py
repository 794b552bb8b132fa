"""Before anything of a referral's report is given. A part of actions, which write the line."""

from havre.agencies.models import Officer
from havre.identifiers.editions.reads import are_noted
from havre.referrals.models import Referral
from havre.triage.interpreting.anew import note_before_given


def note_first(reference: str, *, by: Officer) -> None:
    """Let the present rules note the report of a referral, unless they did.

    First in an action: noting holds the report's place in the queue before the referral is held.
    """
    seen = Referral.objects.visible_to(by).filter(~are_noted("report"), reference=reference)
    for report in seen.order_by().values_list("report", flat=True):
        note_before_given(report)
