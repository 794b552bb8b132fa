"""Questions about who has a report whole, and what they have seen of it."""

from datetime import datetime
from uuid import UUID

from havre.audit.models import Entry
from havre.audit.rules import Actor, Event, Station
from havre.intake.models import Incident
from havre.plumbing.context import acting_as
from havre.referrals.models import Referral
from havre.referrals.reads import came_back, sent_whole
from havre.referrals.rules.states import OVER

# What shows somebody of an agency something of a report.
LOOKS = (Event.REPORT_OPENED, Event.IDENTIFIER_UNMASKED, Event.PACKAGE_FETCHED)


def standing_of(report: UUID, *, actor: Actor, is_held: bool = False) -> list[Referral]:
    """The referrals of a whole report that are not over, first sent first.

    `is_held` keeps them as they are until the act is done.
    """
    visible = Referral.objects.visible_to(actor).filter(report=report).exclude(state__in=OVER)
    standing = sent_whole(visible, actor=actor)
    if is_held:
        standing = standing.select_for_update(of=("self",))
    return list(standing.select_related("to_agency").order_by("pk"))


def ended_since(report: UUID, since: datetime, *, actor: Actor) -> list[Referral]:
    """The referrals of a whole report that are over and were not before then, kept as they are."""
    visible = Referral.objects.visible_to(actor).filter(report=report, ended_at__gte=since)
    over = sent_whole(visible.filter(state__in=OVER), actor=actor)
    return list(over.select_for_update(of=("self",)).order_by("pk"))


def is_back(report: UUID) -> bool:
    """Whether an agency sent a report back, and nobody has taken that up since."""
    return any(came_back(incident) for incident in Incident.objects.filter(report=report))


def last_seen(report: UUID) -> datetime | None:
    """When somebody of an agency that a report was ever sent to last looked, by whatever door.

    Of one whose referral is over too: it has read what it read. The log says so, of which the desk
    reads its own lines alone: asked in Havre's own name.
    """
    with acting_as(Station.PIPELINE.context):
        sent = Referral.objects.filter(report=report).values_list("to_agency", flat=True)
        looked = Entry.objects.filter(event__in=LOOKS, about=str(report), agency__in=set(sent))
        return looked.order_by("-id").values_list("at", flat=True).first()
