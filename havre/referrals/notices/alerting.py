"""Telling agencies that a report met what they watch: as it comes, and as a silence begins."""

from collections.abc import Iterable
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action
from havre.audit.rules import Actor, Event, Station
from havre.links.silent import actions as silent
from havre.links.silent.models import SilentAlert, SilentWatch
from havre.links.silent.rules import Refusal
from havre.links.watches import actions as watches
from havre.links.watches.models import Hit
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_without_referral


def meet_watches(report_id: UUID, *, by: Actor) -> int:
    """Meet the watches of agencies, and let those that were told hear of it. Safe to repeat."""
    began = clock.now()
    told = watches.meet_watches(report_id, by=by)
    if told:
        with acting_as(by.context):
            found = Hit.objects.filter(report=report_id, is_told=True, at__gte=began)
            _tell(found.values_list("agency", flat=True))
    return told


def meet_silent_watches(report_id: UUID, *, by: Actor) -> int:
    """The same of silent watches: what goes out says no more than that something waits."""
    began = clock.now()
    told = silent.meet_silent_watches(report_id, by=by)
    if told:
        with acting_as(by.context):
            found = SilentAlert.objects.filter(report=report_id, at__gte=began)
            _tell(found.values_list("agency", flat=True))
    return told


@action(Event.SILENT_WATCH_DECIDED)
def decide_silent_watch(reference: str, *, refusal: Refusal | None, by: Officer) -> SilentWatch:
    """Answer a silent watch, and let its agency hear of reports already here that meet it.

    Raises NotToBeDecidedError.
    """
    watch = silent.decide_silent_watch(reference, refusal=refusal, by=by)
    if refusal is None:
        with acting_as(Station.PIPELINE.context):
            found = SilentAlert.objects.filter(watch=watch, at__gte=watch.decided_at)
            _tell(found.values_list("agency", flat=True))
    return watch


def _tell(agencies: Iterable[UUID]) -> None:
    for agency in sorted(set(agencies)):
        tell_without_referral(agency, NewsKind.WATCH_MET)
