"""Questions about clocks and receipts."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from havre.audit.rules import Actor
from havre.intake.law.models import AddressReport, Preservation
from havre.intake.law.rules.receipts import Receipt
from havre.intake.law.rules.regimes import CA_MRA, REMINDER
from havre.intake.questions.reads import all_kept_up
from havre.plumbing import clock
from havre.plumbing.context import acting_as

NOTICES_SHOWN = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a provider is told about one of its reports: the end is near, or has come."""

    number: int
    kind: str
    until: date


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
