"""What a shift of an agency saw: what came, what waits, whose clock ran out, who was called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from havre.agencies.models import Officer
from havre.plumbing import clock
from havre.referrals.models import Alarm, Outcome, Referral
from havre.referrals.reads import WAITING_STATES
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.rules.states import Level
from havre.referrals.shifts.reads import BANDS, MOST_PAGES, shift_span
from havre.triage.duty.rules.shifts import Span
from havre.triage.paging.models import WAITS, Call, Page

MOST_CLOCKS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLane:
    """One lane of an agency: what came in the shift, and what stands there now."""

    band: str
    came: int
    waits: int
    # Since when the one that waits longest has been there.
    oldest: datetime | None
    # Of what waits, past the time to answer.
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCall:
    """A page to people of an agency: who was called for which referral, and who answered it."""

    page: Page
    calls: tuple[Call, ...]
    referral: Referral | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyShift:
    """The summary of a shift at an agency. It holds numbers, references and names of officers."""

    span: Span
    came: int
    accepted: int
    sent_back: int
    outcomes: int
    # What was taken, of which the agency has not said yet what came, past the time for it.
    unacted: int
    lanes: tuple[AgencyLane, ...]
    # Clocks that ran out in the shift, the last first.
    clocks: tuple[Alarm, ...]
    calls: tuple[AgencyCall, ...]


def agency_shift(*, hours: int = 0, actor: Officer) -> AgencyShift:
    """The summary of the last shift of an officer's agency, or of the last hours."""
    span, now = shift_span(hours, actor), clock.now()
    within = (span.starts, span.ends)
    mine = Referral.objects.visible_to(actor).filter(to_agency=actor.agency_id).order_by()
    back = mine.filter(state__in=(ReferralState.RETURNED, ReferralState.DECLINED))
    taken = mine.filter(state=ReferralState.ACCEPTED, acted_at=None, act_by__lt=now)
    said = Outcome.objects.filter(referral__in=mine, at__range=within)
    lanes = _lanes(mine, span, now)
    return AgencyShift(
        span=span,
        came=sum(lane.came for lane in lanes),
        accepted=mine.filter(accepted_at__range=within).count(),
        sent_back=back.filter(ended_at__range=within).count(),
        outcomes=said.order_by().count(),
        unacted=taken.count(),
        lanes=lanes,
        clocks=_clocks(span, actor),
        calls=_calls(span, actor),
    )


def _lanes(mine: QuerySet[Referral], span: Span, now: datetime) -> tuple[AgencyLane, ...]:
    came = mine.filter(sent_at__range=(span.starts, span.ends)).values("band")
    waiting = mine.filter(state__in=WAITING_STATES).values("band")
    of_shift = {row["band"]: row["n"] for row in came.annotate(n=Count("pk"))}
    told = waiting.annotate(
        n=Count("pk"), since=Min("sent_at"), late=Count("pk", filter=Q(answer_by__lt=now))
    )
    there = {row["band"]: row for row in told}
    return tuple(
        AgencyLane(
            band=band,
            came=of_shift.get(band, 0),
            waits=there[band]["n"] if band in there else 0,
            oldest=there[band]["since"] if band in there else None,
            late=there[band]["late"] if band in there else 0,
        )
        for band in BANDS
    )


def _clocks(span: Span, actor: Officer) -> tuple[Alarm, ...]:
    """Each clock once: from when it ran out its agency's supervisor hears of it."""
    rang = Alarm.objects.visible_to(actor).filter(agency=actor.agency_id, level=Level.SUPERVISOR)
    return tuple(
        rang.filter(raised_at__range=(span.starts, span.ends)).order_by("-raised_at", "-id")[
            :MOST_CLOCKS
        ]
    )


def _calls(span: Span, actor: Officer) -> tuple[AgencyCall, ...]:
    written = Q(written_at__range=(span.starts, span.ends))
    mine = Page.objects.visible_to(actor).filter(written | WAITS, agency=actor.agency_id)
    pages = list(mine.select_related("acknowledged_by").order_by("-id")[:MOST_PAGES])
    called = _of_pages(pages, actor)
    told = Referral.objects.visible_to(actor).filter(reference__in=[one.reference for one in pages])
    referrals = {one.reference: one for one in told.select_related("accepted_by")}
    return tuple(
        AgencyCall(
            page=page,
            calls=tuple(one for one in called if one.page_id == page.pk),
            referral=referrals.get(page.reference),
        )
        for page in pages
    )


def _of_pages(pages: Iterable[Page], actor: Officer) -> list[Call]:
    found = Call.objects.visible_to(actor).filter(page__in=[one.pk for one in pages])
    return list(found.select_related("officer").order_by("id"))
