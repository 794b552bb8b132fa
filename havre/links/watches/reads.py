"""Questions about watches: an agency's own list and alerts, and what the desk is told."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Permit
from havre.audit.rules import Actor, Station
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.reads import reports_by_id
from havre.links.watches.models import Hit, Notice, Watch
from havre.links.watches.rules import REMIND, Tells, Word
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.values.written import written_once

WATCH_ROWS = 50
STANDING, ENDING, OVER = "", "ending", "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPage:
    """A page of an agency's watches, newest first, and how many there are of each sort."""

    watches: tuple[Watch, ...]
    next: str
    chosen: int
    ending: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HitPage:
    """A page of alerts, newest first; `opened` are the references of reports that were sent."""

    hits: tuple[Hit, ...]
    next: str
    chosen: int
    opened: dict[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brokered:
    """An alert of another agency that the coordinator is asked about."""

    reference: str
    agency: Agency
    at: datetime


def today() -> date:
    """The day in the zone of the law."""
    return clock.now().astimezone(clock.LEGAL_ZONE).date()


def end_of(day: date) -> datetime:
    """The first moment after a day, in the zone of the law."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.LEGAL_ZONE)


def watch_page(*, which: str, after: str, actor: Actor) -> WatchPage:
    """An agency's watches: those that stand, those that end soon, or those that are over."""
    now, seen = clock.now(), Watch.objects.visible_to(actor)
    ending = Q(ended_at=None, until__gt=now, until__lte=now + REMIND)
    over = ~Q(ended_at=None) | Q(until__lte=now)
    chosen = seen.filter({ENDING: ending, OVER: over}.get(which, ~over))
    rows = chosen.filter(behind(after)).select_related("answers")
    found = list(rows[: WATCH_ROWS + 1])
    return WatchPage(
        watches=tuple(found[:WATCH_ROWS]),
        next=str(found[WATCH_ROWS - 1].pk) if len(found) > WATCH_ROWS else "",
        chosen=chosen.count(),
        ending=seen.filter(ending).count(),
        waiting=alerts_waiting(actor=actor),
    )


def hit_page(*, which: str, after: str, actor: Actor) -> HitPage:
    """The alerts of an agency's watches: those that wait for a word, or all."""
    seen = Hit.objects.visible_to(actor)
    chosen = seen if which else seen.filter(finding="")
    rows = chosen.filter(behind(after)).select_related("watch", "found_by")
    found = list(rows[: WATCH_ROWS + 1])
    reports = reports_by_id([hit.report_id for hit in found], actor=actor)
    return HitPage(
        hits=tuple(found[:WATCH_ROWS]),
        next=str(found[WATCH_ROWS - 1].pk) if len(found) > WATCH_ROWS else "",
        chosen=chosen.count(),
        opened={report.pk: report.reference for report in reports},
    )


def watch_by_reference(reference: str, *, actor: Actor) -> Watch:
    """A watch of one's agency. Raises Watch.DoesNotExist."""
    return Watch.objects.visible_to(actor).get(reference=reference)


def standing_of(agency: Agency) -> int:
    """How many watches of an agency stand, also for cases that not everybody there sees."""
    with acting_as(Station.PIPELINE.context):
        return Watch.objects.filter(agency=agency).standing().count()


def hit_by_reference(reference: str, *, actor: Actor) -> Hit:
    """An alert of one's agency. Raises Hit.DoesNotExist."""
    return Hit.objects.visible_to(actor).select_related("watch").get(reference=reference)


def alerts_waiting(*, actor: Actor) -> int:
    """How many alerts wait for a word of the agency."""
    return Hit.objects.visible_to(actor).filter(finding="").count()


def watches_ending(*, actor: Actor) -> int:
    """How many watches of the agency run out soon."""
    soon = clock.now() + REMIND
    return Watch.objects.visible_to(actor).standing().filter(until__lte=soon).count()


def brokered_alerts(*, actor: Actor) -> list[Brokered]:
    """The alerts that only the coordinator may speak of with both sides, newest first."""
    rows = Hit.objects.filter(tells=Tells.CENTRE, hushed_at=None)
    rows = rows.exclude(agency=UUID(actor.context.agency))
    rows = rows.filter(finding="", until__gt=clock.now()).select_related("agency")
    rows = but_for_conflicts(rows, actor)
    return [
        Brokered(reference=row.reference, agency=row.agency, at=row.at) for row in rows[:WATCH_ROWS]
    ]


def notices_on(report: UUID, *, actor: Actor) -> list[Notice]:
    """What the desk is told of watches that a report meets."""
    return _notices(report, actor)


@written_once
def _notices(report: UUID, actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.visible_to(actor).filter(report=report).select_related("agency")


def asks_for_centre(report: UUID, *, actor: Actor) -> bool:
    """Whether the coordinator is to be asked before a report is referred."""
    found = Notice.objects.visible_to(actor).filter(report=report, word=Word.CENTRE)
    return found.exists()


def who_answers(agency: Agency) -> list[Officer]:
    """The officers of an agency who may answer for a watch."""
    officers = Officer.objects.filter(agency=agency, is_active=True).order_by("display_name")
    return [one for one in officers if one.may(Permit.WATCH_KEEP)]


def behind(after: str) -> Q:
    """The rows behind a place; what does not read as a place is behind everything."""
    try:
        return Q(pk__lt=UUID(after)) if after else Q()
    except ValueError:
        return Q(pk=None)
