"""Questions about a rota: who is on call, who comes next, where nobody is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Permit
from havre.audit.rules import Actor
from havre.plumbing import clock
from havre.triage.duty.models import Shift
from havre.triage.duty.rules.shifts import ALARMING, PLANNED, Span, gaps_in, on_call

# A desk that had a shift in this time keeps a rota, and a gap in it is somebody's alarm.
KEPT_LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskGaps:
    """A desk, and from when to when nobody is on call there."""

    agency: Agency
    gaps: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaPage:
    """The rota of one desk for the days ahead; other desks' gaps for the coordinator alone."""

    now: datetime
    until: datetime
    on_call: tuple[Officer, ...]
    shifts: tuple[Shift, ...]
    gaps: tuple[Span, ...]
    elsewhere: tuple[DeskGaps, ...]
    colleagues: tuple[Officer, ...]


def officers_for_duty(agency: UUID) -> list[Officer]:
    """Who of an agency may be put on call: whoever is let in and works the queue or the inbox."""
    found = Officer.objects.filter(agency=agency, is_active=True).order_by("display_name")
    return [one for one in found if one.may(Permit.ROTA_READ)]


def standing_shifts(agency: UUID, *, actor: Actor) -> list[Shift]:
    """The shifts of a desk that are not over, in order; whoever is let in no more has none."""
    found = Shift.objects.visible_to(actor).filter(
        agency=agency,
        removed_at=None,
        officer__is_active=True,
        ends_at__gt=clock.now(),
        starts_at__lt=clock.now() + PLANNED,
    )
    return list(found.select_related("officer", "instead_of"))


def stays_for(officer: Officer, span: Span) -> bool:
    """Whether an officer is here all that time: who comes from another agency is so for a while."""
    return not officer.person_id or (officer.begins <= span.starts and span.ends <= officer.ends)


def shifts_left_behind(*, actor: Actor) -> list[Shift]:
    """The shifts that reach beyond the time of an officer who was here from another agency."""
    standing = Shift.objects.visible_to(actor).filter(
        removed_at=None, ends_at__gt=clock.now(), officer__person__isnull=False
    )
    return [
        one for one in standing.select_related("officer") if not stays_for(one.officer, one.span)
    ]


def on_call_now(agency: UUID, *, actor: Actor) -> list[Officer]:
    """Who is on call at a desk at this moment, first to be called first."""
    return _called_first(standing_shifts(agency, actor=actor))


def keeps_rota(agency: UUID, *, actor: Actor) -> bool:
    """Whether a desk had a shift lately, or has one ahead."""
    lately = Shift.objects.visible_to(actor).filter(
        agency=agency, removed_at=None, ends_at__gt=clock.now() - KEPT_LATELY
    )
    return lately.exists()


def rota_page(*, actor: Officer) -> RotaPage:
    """The rota of one's own desk."""
    now = clock.now()
    shifts = standing_shifts(actor.agency_id, actor=actor)
    return RotaPage(
        now=now,
        until=now + PLANNED,
        on_call=tuple(_called_first(shifts)),
        shifts=tuple(shifts),
        gaps=tuple(gaps_in((one.span for one in shifts), within=Span(now, now + PLANNED))),
        elsewhere=_gaps_elsewhere(actor) if actor.may(Permit.GAPS_READ) else (),
        colleagues=tuple(officers_for_duty(actor.agency_id)),
    )


def _called_first(shifts: list[Shift]) -> list[Officer]:
    people = {one.officer_id: one.officer for one in shifts}
    turns = [one.turn for one in shifts]
    return [people[officer] for officer in on_call(turns, now=clock.now())]


def _gaps_elsewhere(actor: Officer) -> tuple[DeskGaps, ...]:
    """The gaps of the next two days at the tipline and at every other desk that keeps a rota."""
    within = Span(clock.now(), clock.now() + ALARMING)
    recent = Shift.objects.visible_to(actor).filter(
        removed_at=None, ends_at__gt=within.starts - KEPT_LATELY
    )
    spans: dict[UUID, list[Span]] = {}
    for shift in recent.filter(officer__is_active=True):
        spans.setdefault(shift.agency_id, []).append(shift.span)
    keeping = set(recent.values_list("agency_id", flat=True))
    desks = Agency.objects.filter(Q(kind="tipline") | Q(pk__in=keeping)).exclude(pk=actor.agency_id)
    found = (
        DeskGaps(agency=desk, gaps=tuple(gaps_in(spans.get(desk.pk, []), within=within)))
        for desk in desks
    )
    return tuple(one for one in found if one.gaps)
