"""What a shift of the desk saw: what came, went, came back and waits, and who was called."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from havre.agencies.models import Officer
from havre.intake.models import Report
from havre.plumbing import clock
from havre.referrals.models import Referral
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.shifts.models import HandOver
from havre.referrals.shifts.rules import BEGUN, span_of
from havre.triage.duty.models import Shift
from havre.triage.duty.rules.shifts import Span
from havre.triage.models import Closing, QueueItem
from havre.triage.paging.models import WAITS, Page
from havre.triage.reviews.reads import late_reviews

MOST_PAGES, MOST_NOTES, SHIFTS = 50, 20, 20
# The lanes in their order; what nobody scored yet stands behind the first.
BANDS = ("A", "", "B", "C", "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRow:
    """One lane: how many wait in it and since when, how many were sent off from it."""

    band: str
    waits: int
    oldest: datetime | None
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPage:
    """The summary of a shift. It holds numbers, references and names of officers."""

    span: Span
    came: int
    sent: int
    closed: int
    came_back: int
    lanes: tuple[LaneRow, ...]
    pages: tuple[Page, ...]
    notes: tuple[HandOver, ...]
    # Drawn decisions of others that wait longer than they may, and since when.
    late_readings: int
    late_since: datetime | None


def shift_page(*, hours: int = 0, actor: Officer) -> ShiftPage:
    """The summary of the last shift of an officer's desk, or of the last hours."""
    span = shift_span(hours, actor)
    within = (span.starts, span.ends)
    sent = Referral.objects.visible_to(actor).exclude(state=ReferralState.UNDONE)
    back = sent.filter(ended_at__range=within)
    late, since = late_reviews(actor=actor)
    closings = Closing.objects.visible_to(actor).filter(closed_at__range=within)
    return ShiftPage(
        span=span,
        came=Report.objects.visible_to(actor).filter(received_at__range=within).count(),
        sent=sent.filter(sent_at__range=within).count(),
        closed=closings.count(),
        came_back=back.filter(state__in=(ReferralState.RETURNED, ReferralState.DECLINED)).count(),
        lanes=_lanes(span, actor),
        pages=_pages(span, actor),
        notes=_notes(span, actor),
        late_readings=late,
        late_since=since,
    )


def shift_span(hours: int, actor: Officer) -> Span:
    """The last shift of an officer's own rota that has not only just begun, or the last hours."""
    now = clock.now()
    begun = Shift.objects.visible_to(actor).filter(
        agency=actor.agency_id, removed_at=None, starts_at__lte=now - BEGUN
    )
    last = begun.order_by("-starts_at")[:SHIFTS]
    return span_of((one.span for one in last), now=now, hours=hours)


def _lanes(span: Span, actor: Officer) -> tuple[LaneRow, ...]:
    waiting = QueueItem.objects.visible_to(actor).order_by().values("band")
    found = {row["band"]: row for row in waiting.annotate(n=Count("pk"), since=Min("queued_at"))}
    sent = Referral.objects.visible_to(actor).filter(sent_at__range=(span.starts, span.ends))
    rows = sent.exclude(state=ReferralState.UNDONE).order_by().values("band")
    gone = {row["band"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    return tuple(
        LaneRow(
            band=band,
            waits=found[band]["n"] if band in found else 0,
            oldest=found[band]["since"] if band in found else None,
            sent=gone.get(band, 0),
        )
        for band in BANDS
    )


def _pages(span: Span, actor: Officer) -> tuple[Page, ...]:
    written = Q(written_at__range=(span.starts, span.ends))
    found = Page.objects.visible_to(actor).filter(written | WAITS)
    return tuple(found.select_related("acknowledged_by").order_by("-id")[:MOST_PAGES])


def _notes(span: Span, actor: Officer) -> tuple[HandOver, ...]:
    """The words since the shift began: those that it left, and those said of it afterwards."""
    found = HandOver.objects.visible_to(actor).filter(at__gte=span.starts)
    return tuple(found.select_related("by")[:MOST_NOTES])
