"""The counts of the annual report. Counted by Havre itself: nobody is shown what was counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor
from havre.intake.conflicts.models import Conflict
from havre.intake.law.models import AddressReport
from havre.intake.law.reads import incidents_between, legal_today
from havre.intake.law.rules.incidents import NoticeClock, clock_at
from havre.intake.law.sealed import incident_words
from havre.oversight.annual.models import AnnualText
from havre.oversight.annual.rules import ReportingYear, YearState, cells_shown, years_until
from havre.plumbing import clock
from havre.referrals.models import Referral
from havre.referrals.rules.outcomes import ReferralState

POLICE = (AgencyKind.POLICE, AgencyKind.NATIONAL_CENTRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """A month: its reports, and those that led to police; None where too few to be shown."""

    month: date
    reports: int | None
    led: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTold:
    """An incident as the report tells of it."""

    reference: str
    kind: str
    noticed_at: datetime
    state: NoticeClock
    steps: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReport:
    """The report of one year; of the running one, as far as it has come."""

    year: ReportingYear
    state: YearState
    as_of: datetime
    # The first report there ever was, if it came within this year and after its first day.
    began_on: date | None
    reports: int
    led: int
    months: tuple[MonthCount, ...]
    incidents: tuple[IncidentTold, ...]
    conflicts: int
    measures: str
    conflicts_text: str
    other: str

    @property
    def is_preview(self) -> bool:
        """Whether the year still runs."""
        return self.state is YearState.RUNNING

    @property
    def is_empty(self) -> bool:
        """Whether nothing came and nothing happened."""
        return not (self.reports or self.incidents or self.conflicts)


def first_report_on(*, actor: Actor) -> date | None:
    """The day of the first report under section 2, by the clock of the law."""
    rows = AddressReport.objects.visible_to(actor).order_by("received_at")
    first = rows.values_list("received_at", flat=True).first()
    return first.astimezone(clock.LEGAL_ZONE).date() if first else None


def years(*, actor: Actor) -> tuple[ReportingYear, ...]:
    """The years that there is a report of, the latest first."""
    return years_until(legal_today(), first=first_report_on(actor=actor))


def annual_report(year: ReportingYear, *, actor: Actor) -> AnnualReport:
    """The report of a year. Inside an action: the steps after incidents are opened for it."""
    since, until = year.span(clock.LEGAL_ZONE)
    received = AddressReport.objects.visible_to(actor).filter(
        received_at__gte=since, received_at__lt=until
    )
    sent = Referral.objects.visible_to(actor).exclude(state=ReferralState.UNDONE)
    led = received.filter(
        report__in=sent.filter(to_agency__kind__in=POLICE).order_by().values("report")
    )
    by_month, led_by_month = _by_month(received), _by_month(led)
    first, now = first_report_on(actor=actor), clock.now()
    text = AnnualText.objects.visible_to(actor).filter(pk=year.begins).first()
    return AnnualReport(
        year=year,
        state=year.state(legal_today()),
        as_of=now,
        began_on=first if first and year.first_day < first <= year.last_day else None,
        reports=sum(by_month.values()),
        led=sum(led_by_month.values()),
        months=_months(year, by_month, led_by_month),
        incidents=tuple(_incidents(since, until, now, actor)),
        conflicts=Conflict.objects.filter(noted_at__gte=since, noted_at__lt=until).count(),
        measures=text.measures if text else "",
        conflicts_text=text.conflicts if text else "",
        other=text.other if text else "",
    )


def _by_month(rows: QuerySet[AddressReport]) -> dict[date, int]:
    """How many came in each month, by its first day."""
    month = TruncMonth("received_at", tzinfo=clock.LEGAL_ZONE)
    counted = rows.order_by().annotate(month=month).values_list("month").annotate(n=Count("pk"))
    return {moment.date(): count for moment, count in counted}


def _months(
    year: ReportingYear, reports: dict[date, int], led: dict[date, int]
) -> tuple[MonthCount, ...]:
    shown = zip(
        year.months,
        cells_shown([reports.get(month, 0) for month in year.months]),
        cells_shown([led.get(month, 0) for month in year.months]),
        strict=True,
    )
    return tuple(MonthCount(month=month, reports=all_, led=some) for month, all_, some in shown)


def _incidents(
    since: datetime, until: datetime, now: datetime, actor: Actor
) -> Iterable[IncidentTold]:
    for row in incidents_between(since, until, actor=actor):
        yield IncidentTold(
            reference=row.reference,
            kind=row.kind,
            noticed_at=row.noticed_at,
            state=clock_at(row.noticed_at, sent_at=row.sent_at, now=now),
            steps=incident_words(row, by=actor).steps,
        )
