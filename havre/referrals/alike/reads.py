"""Which agency has a report of a group already."""

from havre.agencies.models import Officer
from havre.intake.models import Report
from havre.referrals.models import Referral
from havre.referrals.reads import sent_whole
from havre.referrals.rules.states import OVER
from havre.triage.alike.reads import reports_alike

MOST_SHOWN = 10


def standing_referrals(report: Report, *, actor: Officer) -> list[Referral]:
    """Where reports of a group stand with an agency, the latest first: others can be added.

    Not where an agency was given one incident alone: a copy would tell it of the others.
    """
    of_group = reports_alike(report, actor=actor)
    sent = Referral.objects.visible_to(actor).filter(report__in=of_group, supplements=None)
    standing = sent.exclude(state__in=OVER).select_related("to_agency", "report")
    whole = sent_whole(standing, actor=actor)
    return list(whole.order_by("-sent_at")[:MOST_SHOWN])
