"""Questions about who has a report whole, and what they have seen of it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from havre.audit.models import Entry
from havre.audit.rules import Actor, Event, Station
from havre.intake.models import Incident
from havre.plumbing.context import acting_as
from havre.referrals.models import Referral
from havre.referrals.reads import came_back, sent_whole
from havre.referrals.rules.states import OVER


def standing_of(report: UUID, *, actor: Actor, is_held: bool = False) -> list[Referral]:
    """The referrals of a whole report that are not over, first sent first.

    `is_held` keeps them as they are until the act is done.
    """
    visible = Referral.objects.visible_to(actor).filter(report=report).exclude(state__in=OVER)
    standing = sent_whole(visible, actor=actor)
    if is_held:
        standing = standing.select_for_update(of=("self",))
    return list(standing.select_related("to_agency").order_by("pk"))


def is_back(report: UUID) -> bool:
    """Whether an agency sent a report back, and nobody has taken that up since."""
    return any(came_back(incident) for incident in Incident.objects.filter(report=report))


def last_seen(report: UUID, referrals: Collection[Referral]) -> datetime | None:
    """When somebody of these addressees last opened a report, by whatever door.

    The log says so, of which the desk reads its own lines alone: asked in Havre's own name.
    """
    agencies = {str(one.to_agency_id) for one in referrals}
    opened = Entry.objects.filter(event=Event.REPORT_OPENED, about=str(report))
    with acting_as(Station.PIPELINE.context):
        found = opened.filter(about_kind="report", agency__in=agencies).order_by("-id")
        return found.values_list("at", flat=True).first()
