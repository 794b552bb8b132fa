"""Looks at receipts by a provider's people."""

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.law.models import AddressReport
from havre.intake.law.reads import address_report
from havre.intake.receipts.reads import ReceiptsPage, receipts_page


@action(Event.CONSOLE_READ)
def read_receipts(*, after: str = "", by: Officer) -> ReceiptsPage:
    """Look at the receipts of the own provider."""
    page = receipts_page(after=after, actor=by)
    _note(by, page="receipts")
    return page


@action(Event.CONSOLE_READ)
def read_receipt(incident_number: str, *, by: Officer) -> AddressReport:
    """Look at one receipt, or take it along. Raises AddressReport.DoesNotExist."""
    row = address_report(incident_number, actor=by)
    _note(by, page="receipt", incident_number=row.incident_number)
    return row


def _note(by: Officer, **details: str) -> None:
    about = str(by.provider_id)
    record(Event.CONSOLE_READ, about_kind="provider", about=about, by=by, **details)
