"""Questions about clocks and receipts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.audit.rules import Actor
from havre.intake.law.models import AddressReport, Deemed, IncidentNotice, Preservation
from havre.intake.law.rules.receipts import Receipt
from havre.intake.law.rules.records import kept_until, may_be_destroyed
from havre.intake.law.rules.regimes import CA_MRA, REMINDER
from havre.intake.questions.reads import all_kept_up
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.values.written import written_once

NOTICES_SHOWN = timedelta(days=90)
ROWS = 50
# No record is older than two years before so many days.
TWO_YEARS = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a provider is told about one of its reports: the end is near, or has come."""

    number: int
    kind: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeemedPage:
    """A page of a provider's records of section 9, the latest first."""

    rows: tuple[Deemed, ...]
    chosen: int
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDuties:
    """What the designated organization owes: notices of incidents, and records in their time."""

    notices: tuple[IncidentNotice, ...]
    next: str
    kept: int
    over: tuple[AddressReport, ...]
    with_agency: int
    destroyed: int


def legal_today() -> date:
    """The day that legal clocks show."""
    return clock.now().astimezone(CA_MRA.zone).date()


def to_remind(*, actor: Actor) -> list[UUID]:
    """Reports whose provider has not been reminded, and whose end is near.

    While police want an account kept up, nothing is noticed about its report.
    """
    rows = Preservation.objects.visible_to(actor).exclude(pk__in=all_kept_up(actor=actor))
    near = rows.filter(reminded_at=None, ended_at=None, until__lte=legal_today() + REMINDER)
    return list(near.values_list("pk", flat=True))


def to_end(*, actor: Actor) -> list[UUID]:
    """Reports whose last day of preservation is over, and whose account nobody wants kept up."""
    rows = Preservation.objects.visible_to(actor).exclude(pk__in=all_kept_up(actor=actor))
    over = rows.filter(ended_at=None, until__lt=legal_today())
    return list(over.values_list("pk", flat=True))


def notices_of(actor: Actor) -> tuple[Notice, ...]:
    """The notices of a provider's own reports of the last ninety days, the most pressing first."""
    with acting_as(actor.context):
        since = legal_today() - NOTICES_SHOWN
        rows = Preservation.objects.visible_to(actor).filter(until__gte=since)
        rows = rows.exclude(pk__in=all_kept_up(actor=actor))
        return tuple(
            Notice(
                number=row.number, kind="destroy" if row.ended_at else "reminder", until=row.until
            )
            for row in rows.exclude(reminded_at=None, ended_at=None)
        )


def preserved_of(report: UUID, *, actor: Actor) -> date | None:
    """The last day that the provider of a report must keep what belongs to it.

    None where no law asks, and for whoever does not see the provider's own row.
    """
    return next(iter(_until(report, actor)), None)


@written_once
def _until(report: UUID, actor: Actor) -> QuerySet[Preservation, date]:
    rows = Preservation.objects.visible_to(actor).filter(report=report)
    return rows.values_list("until", flat=True)[:1]


def preserve_until(number: int, *, actor: Actor) -> date | None:
    """Until when a provider preserves what belongs to its report; None where no law asks."""
    row = Preservation.objects.visible_to(actor).filter(number=number).first()
    return row.until if row else None


def receipt_of(row: AddressReport) -> Receipt:
    """The receipt as it was given."""
    return Receipt(
        incident_number=row.incident_number,
        provider_name=row.provider_name,
        provider_identifier=row.provider.code,
        received_at=row.received_at,
    )


def address_report(incident_number: str, *, actor: Actor) -> AddressReport:
    """A provider's own report under section 2. Raises AddressReport.DoesNotExist."""
    with acting_as(actor.context):
        rows = AddressReport.objects.visible_to(actor).select_related("provider")
        return rows.get(incident_number=incident_number)


def deemed_page(*, after: str = "", actor: Actor) -> DeemedPage:
    """A provider's records of section 9; `after` is what the page before gave as `next`."""
    own = Deemed.objects.visible_to(actor)
    behind = own.filter(pk__lt=UUID(after)) if _is_id(after) else own
    found = list(behind[: ROWS + 1])
    return DeemedPage(
        rows=tuple(found[:ROWS]),
        chosen=own.count(),
        next=str(found[ROWS - 1].pk) if len(found) > ROWS else "",
    )


def deemed_by_id(pk: UUID, *, actor: Actor) -> Deemed:
    """One record of section 9. Raises Deemed.DoesNotExist."""
    return Deemed.objects.visible_to(actor).get(pk=pk)


def incident_by_reference(reference: str, *, actor: Actor) -> IncidentNotice:
    """One notice of an incident. Raises IncidentNotice.DoesNotExist."""
    return IncidentNotice.objects.visible_to(actor).select_related("by").get(reference=reference)


def incidents_between(since: datetime, until: datetime, *, actor: Actor) -> list[IncidentNotice]:
    """The incidents that were noticed in a span of time, in order."""
    found = IncidentNotice.objects.visible_to(actor)
    return list(found.filter(noticed_at__gte=since, noticed_at__lt=until).order_by("noticed_at"))


def legal_duties(*, after: str = "", actor: Actor) -> LegalDuties:
    """The notices of incidents, the latest first, and the records whose two years are over."""
    rows = IncidentNotice.objects.visible_to(actor)
    last = rows.filter(reference=after).first()
    behind = rows
    if last is not None:
        # Moments are typed by the minute: two may be the same.
        same = Q(noticed_at=last.noticed_at, pk__lt=last.pk)
        behind = rows.filter(Q(noticed_at__lt=last.noticed_at) | same)
    found = list(behind.select_related("by").order_by("-noticed_at", "-pk")[: ROWS + 1])
    records = AddressReport.objects.visible_to(actor).select_related("provider")
    held = records.filter(destroyed_at=None)
    old = held.filter(received_at__lt=clock.now() - TWO_YEARS).order_by("received_at")
    with_agency = old.filter(report__shares__until=None, report__shares__isnull=False).distinct()
    over = old.exclude(pk__in=with_agency.order_by().values("pk"))
    today = legal_today()
    return LegalDuties(
        notices=tuple(found[:ROWS]),
        next=found[ROWS - 1].reference if len(found) > ROWS else "",
        kept=held.count(),
        over=tuple(one for one in over[:ROWS] if kept_until(one.received_at) < today),
        with_agency=with_agency.count(),
        destroyed=records.exclude(destroyed_at=None).count(),
    )


def record_to_destroy(incident_number: str, *, actor: Actor) -> AddressReport:
    """A record whose time is over. Raises AddressReport.DoesNotExist for every other."""
    rows = AddressReport.objects.visible_to(actor).filter(destroyed_at=None)
    row = rows.get(incident_number=incident_number)
    is_with_agency = row.report.shares.filter(until=None).exists()
    if not may_be_destroyed(row.received_at, today=legal_today(), is_with_agency=is_with_agency):
        raise AddressReport.DoesNotExist
    return row


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
